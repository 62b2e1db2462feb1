import type { Tier } from '../compiler/bytecode.ts';
import { type CallerTiers, readCallerTiers, tiersOfCaller } from '../registry/caller-tiers.ts';
import { SCOPES } from './scopes.ts';
import type { ToolCall } from './tool.ts';

/** Who calls, and of which tiers they may run workflows: those that the deployment and their access token both allow. */
export function runnerOf(
  { principal, scopes }: Pick<ToolCall, 'principal' | 'scopes'>,
  { callerTiers = ANYONE }: { readonly callerTiers?: CallerTiers },
): { readonly principal: string; readonly tiers: readonly Tier[] } {
  const tiers = tiersOfCaller(callerTiers, principal);
  const all = scopes.includes(SCOPES.execute);
  return { principal, tiers: tiers.filter((tier) => all || scopes.includes(`${SCOPES.execute}:${tier}`)) };
}

const ANYONE = readCallerTiers(undefined);
