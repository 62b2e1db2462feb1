import type { Construct } from 'constructs';
import { type CallerTiers, readCallerTiers } from '../registry/caller-tiers.ts';
import { authSettings } from './auth-settings.ts';

/** What callers may run. */
export interface CallerSettings {
  /** Whether callers need the permissions of a workflow themselves. */
  readonly checkPermissions: boolean;
  /** Of which tiers they may run workflows; of all where it is left out. */
  readonly tiers?: CallerTiers;
}

/**
 * Read from the CDK's context: `check_caller_permissions`, `true` or `false`, and `caller_tiers`, a list of tiers for
 * everyone or an object with lists by patterns of principals. Throws for anything else.
 */
export function callerSettings(scope: Construct): CallerSettings {
  const check: unknown = scope.node.tryGetContext('check_caller_permissions') ?? false;
  const tiers: unknown = scope.node.tryGetContext('caller_tiers');
  // On the command line every value is text.
  if (![true, false, 'true', 'false'].includes(check as string)) {
    throw new Error('The context check_caller_permissions is neither true nor false');
  }
  const checkPermissions = String(check) === 'true';
  if (checkPermissions && authSettings(scope).mode !== 'iam') {
    throw new Error('The context check_caller_permissions goes with auth=iam only: others have no permissions in IAM');
  }
  return { checkPermissions, ...(tiers !== undefined && { tiers: callerTiers(tiers) }) };
}

function callerTiers(given: unknown): CallerTiers {
  try {
    return readCallerTiers(given);
  } catch (error) {
    throw new Error(`The context caller_tiers is wrong. ${(error as Error).message}`, { cause: error });
  }
}
