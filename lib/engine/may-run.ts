import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import type { CallerPermissions } from './caller-permissions.ts';

/** Who wants to run a workflow. */
export interface Runner {
  readonly principal: string;
  /** Of which tiers this caller may run workflows; of all where left out. */
  readonly tiers?: readonly Tier[];
}

export interface RunBarrier {
  readonly code: 'TIER_NOT_ALLOWED' | 'MISSING_PERMISSIONS' | 'PERMISSIONS_UNKNOWN';
  readonly message: string;
  readonly hint: string;
  /** The IAM actions that the caller lacks, as far as they are known. */
  readonly missingPermissions: readonly string[];
}

/** Why this caller may not run a workflow of this tier; `undefined` where the tier is no obstacle. */
export function tierBarrier(tier: Tier, { tiers }: Runner): RunBarrier | undefined {
  if (tiers === undefined || tiers.includes(tier)) return undefined;
  const may =
    tiers.length === 0 ? 'You may run no workflows' : `You may run workflows of the tier ${tiers.join(' or ')}`;
  return {
    code: 'TIER_NOT_ALLOWED',
    message: `${may}; this one is of the tier ${tier}`,
    hint: 'suggest_workflows says of each workflow whether you may run it',
    missingPermissions: [],
  };
}

/**
 * Why this caller may not run a workflow; `undefined` where nothing stands in the way. A caller cannot have done what
 * they could not do themselves; where that cannot be told, they cannot run it.
 * @param permissions left out where callers' own permissions are not asked for
 */
export async function runBarrier(
  bytecode: Bytecode,
  runner: Runner,
  permissions: CallerPermissions | undefined,
): Promise<RunBarrier | undefined> {
  const barrier = tierBarrier(bytecode.metadata.tier, runner);
  if (barrier !== undefined || permissions === undefined) return barrier;
  const missing = await permissions.missingPermissions(runner.principal, bytecode);
  if (missing === undefined) return UNKNOWN;
  if (missing.length === 0) return undefined;
  return {
    code: 'MISSING_PERMISSIONS',
    message: `The workflow needs permissions that you do not have: ${missing.join(', ')}`,
    hint: 'required_permissions of describe_workflow says for which resources; whoever manages your IAM policies can grant them',
    missingPermissions: missing,
  };
}

const UNKNOWN: RunBarrier = {
  code: 'PERMISSIONS_UNKNOWN',
  message: 'Whether you have the permissions that the workflow needs cannot be told, so it does not run',
  hint: 'Only IAM users and roles of the account of this server can be checked, not its root user or federated users; if you are one of them, try again later',
  missingPermissions: [],
};
