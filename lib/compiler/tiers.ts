import type { Tier } from './bytecode.ts';

/** What a workflow of a tier may do at most. The numbers stand in `registry/tiers.yaml`. */
export interface TierCeiling {
  readonly maxRiskScore: number;
  readonly maxDurationSeconds: number;
  readonly destructiveCalls: boolean;
  /** Calls that change what is there; without them, a workflow can only read and add. */
  readonly changingCalls: boolean;
  readonly permissionsManagement: boolean;
}

export type TierCeilings = Readonly<Record<Tier, TierCeiling>>;
