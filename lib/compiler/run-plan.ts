/**
 * What a plan says of one step. `runs` and `skipped` are known; `unknown` is what only a run can decide; `not_reached`
 * is behind something that stops the run. An assert `holds` or `stops`; so does a reading step that fails.
 */
export type PlannedStatus = 'runs' | 'skipped' | 'unknown' | 'not_reached' | 'holds' | 'stops';

export type PlannedKind = 'read' | 'change' | 'wait' | 'sleep' | 'assert' | 'approval';

type Values = Readonly<Record<string, unknown>>;

export interface PlannedStep {
  readonly step: string;
  readonly kind: PlannedKind;
  /** `service:Operation`, where it makes a call. */
  readonly call?: string;
  readonly status: PlannedStatus;
  /** Why it is skipped, or what it depends on that is not known yet. */
  readonly reason?: string;
  /** Of a change, in AWS's names; what only a run can know stands as `<timestamp>`, `<result of other_step>`. */
  readonly arguments?: Values;
  /** Of a change that runs once for each entry of a list. */
  readonly entries?: PlannedEntries;
  /** What an approval asks, what an assert that is not known yet would say; for a step that stops the run, why. */
  readonly message?: string;
  /** The longest that a wait, a pause or an approval takes, for one entry. */
  readonly seconds?: number;
}

export interface PlannedEntries {
  /** `null` where the list itself is not known; `arguments` then holds one pattern with `<item>`. */
  readonly count: number | null;
  /** Of the first entries; `truncated` where there are more. */
  readonly arguments: readonly Values[];
  readonly truncated: boolean;
  /** SHA-256 over all of them in any order, the ones not shown included; `null` where the list is not known. */
  readonly digest: string | null;
}

/** What the state machine of a plan gives back. */
export interface PlanOutput {
  /** Of the bytecode that the machine was made from. */
  readonly checksum: string;
  /** What would end the run; `null` where nothing that can be known would. */
  readonly stopped: { readonly step: string; readonly error: string; readonly cause: string } | null;
  readonly steps: readonly PlannedStep[];
}

/** As many entries of a list as a plan shows. */
export const SHOWN_ENTRIES = 20;
