import type { Span } from '../diagnostics/diagnostic.ts';

/** The YAML format as plain data, exactly as written; `workflow-schema.ts` says what is allowed. */
export interface ParameterSource {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'string_list';
  readonly required?: boolean;
  readonly default?: string | number | boolean | readonly string[];
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

/** What any step can say besides what it does. */
export interface StepCommon {
  readonly id: string;
  readonly depends_on?: readonly string[];
  /** An expression; the step is skipped unless it is true. */
  readonly when?: string;
  /** An expression that gives a list; the step runs once for each, as `item`. Its result is the list of results. */
  readonly for_each?: string;
  /** How many of them at once; one after the other where it is left out. */
  readonly max_concurrency?: number;
  readonly retry?: RetrySource;
  /** Seconds for one attempt. */
  readonly timeout?: number;
  /** `rollback`, the default, undoes what the run has done; `fail` leaves it; `continue` goes on without a result. */
  readonly on_error?: 'fail' | 'continue' | 'rollback';
  /** What to keep of the result, by name; the whole result where it is left out. `result` is the root of its expressions. */
  readonly output?: Readonly<Record<string, string>>;
}

export interface RetrySource {
  /** Error names as the API documents them (`SnapshotQuotaExceeded`), `throttling`, `timeout` or `any`. */
  readonly errors: readonly string[];
  readonly max_attempts?: number;
  readonly interval?: number;
  readonly backoff_rate?: number;
  readonly max_interval?: number;
  readonly jitter?: boolean;
}

/** One AWS call. */
export interface CallSource {
  /** In words, resolved by the build … */
  readonly intent?: string;
  /** … from `service` and the keys beside it … */
  readonly context?: Readonly<Record<string, unknown>> & { readonly service: string };
  /** … or pinned: `rds:CreateDBSnapshot` with AWS's own member names. */
  readonly action?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** For a pinned call whose IAM actions are not known: what it needs, on the author's word. */
  readonly iam_actions?: readonly string[];
}

export interface CommandStepSource extends StepCommon, CallSource {
  readonly type: 'command';
  /** The inverse call; it may read `result`. */
  readonly undo?: CallSource;
  /** There is no inverse: an approval has to stand before the step. */
  readonly irreversible?: boolean;
}

/** Polls until a state holds: an SDK waiter, or a call of its own with `until`. */
export interface WaitForStepSource extends StepCommon, CallSource {
  readonly type: 'wait_for';
  /** `rds:DBSnapshotAvailable`, with `parameters` for its call. */
  readonly waiter?: string;
  /** An expression over `result` that is true when the wait is over. */
  readonly until?: string;
  /** An expression over `result` that is true when there is nothing left to wait for; the step fails. */
  readonly fail_when?: string;
  /** Seconds between two looks. */
  readonly interval?: number;
  readonly max_attempts?: number;
}

export interface SleepStepSource extends StepCommon {
  readonly type: 'sleep';
  /** A number, or an expression that gives one. */
  readonly seconds: number | string;
}

export interface ApprovalStepSource extends StepCommon {
  readonly type: 'approval';
  /** What is asked of the person. */
  readonly message: string;
}

export interface AssertStepSource extends StepCommon {
  readonly type: 'assert';
  /** An expression; the run stops unless it is true. */
  readonly that: string;
  readonly message: string;
}

/** Another workflow, put in place of the step at build time. */
export interface WorkflowStepSource extends StepCommon {
  readonly type: 'workflow';
  readonly workflow: string;
  readonly version?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export type StepSource =
  | CommandStepSource
  | WaitForStepSource
  | SleepStepSource
  | ApprovalStepSource
  | AssertStepSource
  | WorkflowStepSource;

export interface WorkflowSource {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly tags?: readonly string[];
  readonly use_cases?: readonly string[];
  readonly parameters?: readonly ParameterSource[];
  readonly steps: readonly StepSource[];
  /** What a run returns, by name. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly security: {
    readonly required_permissions: readonly string[];
    /** Seconds. */
    readonly max_duration: number;
  };
}

export type Path = readonly (string | number)[];

/** A workflow that has the right form, and the way from any part of it back to the text. */
export interface ParsedWorkflow {
  readonly file: string;
  readonly text: string;
  readonly workflow: WorkflowSource;
  /**
   * Where the value at `path` stands; the nearest enclosing part where the path does not exist.
   * `within` narrows a scalar to a part of its value, by offsets into the value; the whole scalar where the
   * value is not written as it stands (escapes, folded blocks).
   */
  locate(path: Path, within?: { readonly from: number; readonly to: number }): Span;
  /** Where the key of the entry at `path` stands. */
  locateKey(path: Path): Span;
}
