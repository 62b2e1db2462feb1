/**
 * Bytecode 1.0: what the compiler emits and everything else reads. Canonical JSON (RFC 8785); `checksum` is
 * sha256 over the canonical form of everything but itself. No clock, no machine, no randomness goes in.
 */

export type ParameterType = 'string' | 'integer' | 'number' | 'boolean' | 'string_list';

export interface BytecodeParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly default?: string | number | boolean | readonly string[];
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  /** Anchored ECMAScript regular expressions; the value must match every one. */
  readonly patterns?: readonly { readonly pattern: string; readonly description: string }[];
  readonly min?: number;
  readonly max?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  /** Where it is a secret: it is shown nowhere. */
  readonly sensitive?: true;
}

/**
 * The value of an argument. `jsonata` is complete: Step Functions evaluates it as it stands, in the scope
 * `$params`, `$timestamp`, `$states` and one variable per step whose result is used.
 */
export type Argument =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | {
      readonly kind: 'expression';
      readonly source: string;
      readonly jsonata: string;
      /** A parameter that need not be given; where it was not, the argument is left out. */
      readonly optional?: true;
    }
  | { readonly kind: 'list'; readonly items: readonly Argument[] }
  | { readonly kind: 'structure'; readonly members: Readonly<Record<string, Argument>> };

/** One reason for a permission, with the narrowest resources that can be known before a run. */
export interface Permission {
  readonly action: string;
  /**
   * ARN patterns with `${Partition}`, `${Region}` and `${Account}` left to be filled in at deployment;
   * `["*"]` only where IAM has no resource type for the action.
   */
  readonly resources: readonly string[];
  /** Why the workflow needs it, in one sentence. */
  readonly reason: string;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  /** As Step Functions spells them: `rds`, `createDBSnapshot`. */
  readonly state_machine_service: string;
  readonly state_machine_action: string;
  /** Keyed by AWS's own member names (`DBInstanceIdentifier`). */
  readonly arguments: Readonly<Record<string, Argument>>;
  /** The same, keyed as Step Functions wants them (`DbInstanceIdentifier`), nested structures included. */
  readonly state_machine_arguments: Readonly<Record<string, Argument>>;
  readonly permissions: readonly Permission[];
  readonly effect: Effect;
  /** The AWS CLI command this equals, parameters as `${params.x}`. */
  readonly cli: string;
}

export type Effect = 'read' | 'write' | 'destructive';

export type HowResolved =
  | { readonly how: 'pinned' }
  | { readonly how: 'matched'; readonly score: number; readonly margin: number; readonly runner_up: string | null };

/** An expression, as its author wrote it and as Step Functions evaluates it. */
export interface Expression {
  readonly source: string;
  readonly jsonata: string;
}

export interface Retry {
  /** As Step Functions names them: `Rds.SnapshotQuotaExceededException`, `States.Timeout`. */
  readonly error_equals: readonly string[];
  readonly max_attempts: number;
  readonly interval_seconds: number;
  readonly backoff_rate: number;
  readonly max_interval_seconds?: number;
  readonly jitter: boolean;
}

/** How a wait goes on: expressions over the poll's result; errors that are an answer. */
export interface Wait {
  readonly interval_seconds: number;
  readonly max_attempts: number;
  /** True when the wait is over. */
  readonly done: string;
  /** True when there is nothing left to wait for. */
  readonly failed?: string;
  readonly errors: readonly { readonly error_equals: string; readonly means: 'done' | 'failed' | 'again' }[];
}

/** The workflow that a step was written in, pinned. */
export interface Origin {
  readonly workflow: string;
  readonly version: string;
  readonly checksum: string;
}

export interface PlanEntry {
  readonly step_id: string;
  /** Where a `workflow` step put it in place: the workflow that step names. */
  readonly from?: Origin;
  readonly type: 'aws_command' | 'wait_for' | 'sleep' | 'assert' | 'approval';
  readonly intent: string | null;
  readonly context: Readonly<Record<string, unknown>>;
  readonly depends_on: readonly string[];
  readonly next_step: string | null;
  /** Of an `aws_command` and a `wait_for`. */
  readonly call?: AwsCall;
  readonly resolution?: HowResolved;
  /** True where something later reads this step's result. */
  readonly result_used: boolean;
  readonly when?: Expression;
  readonly for_each?: Expression & {
    readonly max_concurrency: number;
    /** Where the step has an undo: JSONata that gives of an entry what its inverse reads, as `{item, result}`. */
    readonly undo_reads?: string;
  };
  readonly retry?: Retry;
  /** For one attempt; of an `approval`, which always has one, for the answer. */
  readonly timeout_seconds?: number;
  /** Left out where a failure ends the run, after what was done is undone. */
  readonly on_error?: 'continue' | 'fail';
  /** What is kept of the result; all of it where this is left out. */
  readonly output?: Readonly<Record<string, Argument>>;
  readonly undo?: AwsCall;
  readonly wait?: Wait;
  /** Of a `sleep`. */
  readonly seconds?: Argument;
  /** Of an `assert`: what has to be true. */
  readonly that?: Expression;
  /** Of an `assert`: what is said where it is not; of an `approval`: what the person is asked. */
  readonly message?: Argument;
}

export type Tier = 'community' | 'verified' | 'enterprise';

export interface Bytecode {
  readonly version: '1.0';
  readonly format: 'aws-mcp-bytecode';
  readonly workflow_id: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly checksum: string;
  readonly metadata: {
    readonly name: string;
    readonly version: string;
    readonly description: string;
    readonly author: string;
    readonly tier: Tier;
    readonly tags: readonly string[];
    readonly use_cases: readonly string[];
    /** Made from the plan, never from the author's text. */
    readonly summary: string;
    readonly services: readonly string[];
  };
  readonly parameters: readonly BytecodeParameter[];
  readonly execution_plan: readonly PlanEntry[];
  /** What a run returns, by name; the last step's result where it is left out. */
  readonly outputs?: Readonly<Record<string, Argument>>;
  readonly required_permissions: readonly string[];
  readonly security: {
    readonly risk_score: number;
    readonly risk_reasons: readonly string[];
    readonly max_duration: number;
    readonly effect: Effect;
  };
}
