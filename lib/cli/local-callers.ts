import type { CallerPermissions } from '../engine/caller-permissions.ts';
import type { AccountPlace } from '../engine/needed-permissions.ts';
import { createPolicyPermissions } from '../local/policy-permissions.ts';
import { type CallerTiers, readCallerTiers } from '../registry/caller-tiers.ts';
import { readPolicy } from './read-policy.ts';

/** What who calls the local server may run; everything where both are left out. */
export interface LocalCallers {
  readonly permissions?: CallerPermissions;
  readonly tiers?: CallerTiers;
}

export interface CallerOptions {
  /** A file with the IAM policy of whoever calls. */
  readonly as?: string;
  /** The tiers of which they may run workflows, as a list with commas. */
  readonly tiers?: string;
}

/** The callers that a command line describes, or what is wrong with it. */
export function localCallers({ as, tiers }: CallerOptions, place: AccountPlace): LocalCallers | string {
  const policy = as === undefined ? undefined : readPolicy(as);
  if (typeof policy === 'string') return policy;
  try {
    return {
      ...(policy && { permissions: createPolicyPermissions(policy, place) }),
      ...(tiers !== undefined && { tiers: readCallerTiers(tiers) }),
    };
  } catch (error) {
    return `--tiers is wrong. ${(error as Error).message}`;
  }
}
