/**
 * An Amazon States Language definition as the interpreter reads it. A field that may hold an expression is
 * `unknown` here: the state's query language gives it its type.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

export type QueryLanguageName = 'JSONata' | 'JSONPath';

/** States and where they start: a state machine, a branch of a Parallel, or the item processor of a Map. */
export interface Flow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface StateMachineDefinition extends Flow {
  readonly QueryLanguage?: QueryLanguageName;
  readonly TimeoutSeconds?: number;
  readonly Comment?: string;
}

/** What may stand beside `Next` wherever a transition is made: on a state, a choice rule, a catcher. */
export interface TransitionFields {
  readonly Next?: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
}

export interface ChoiceRule extends TransitionFields {
  readonly Condition?: unknown;
}

export interface Catcher extends TransitionFields {
  readonly ErrorEquals: readonly string[];
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface State extends TransitionFields {
  readonly Type: StateType;
  readonly QueryLanguage?: QueryLanguageName;
  readonly End?: boolean;
  readonly Arguments?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  // Task
  readonly Resource?: string;
  readonly Credentials?: unknown;
  readonly TimeoutSeconds?: unknown;
  readonly HeartbeatSeconds?: unknown;
  // Choice
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  // Wait
  readonly Seconds?: unknown;
  readonly Timestamp?: unknown;
  // Fail
  readonly Error?: unknown;
  readonly Cause?: unknown;
  // Parallel and Map
  readonly Branches?: readonly Flow[];
  readonly Items?: unknown;
  readonly ItemSelector?: unknown;
  readonly ItemProcessor?: Flow & { readonly ProcessorConfig?: { readonly Mode?: string } };
  readonly MaxConcurrency?: unknown;
}
