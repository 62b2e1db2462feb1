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
  // JSONPath, beside one comparison operator such as StringEquals or NumericLessThanPath
  readonly Variable?: string;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
}

export interface Catcher extends TransitionFields {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
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
  // JSONPath: what a state takes of its input and what it makes of its result
  readonly InputPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
  // Pass
  readonly Result?: unknown;
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
  readonly ItemsPath?: string;
  readonly ItemProcessor?: ItemProcessor;
  /** The name of ItemProcessor before there were distributed Maps. */
  readonly Iterator?: ItemProcessor;
  readonly MaxConcurrency?: unknown;
  // Distributed Map
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: Readonly<Record<string, unknown>>;
  readonly ResultWriter?: ServiceCall;
  readonly ToleratedFailureCount?: unknown;
  readonly ToleratedFailurePercentage?: unknown;
}

export type ItemProcessor = Flow & { readonly ProcessorConfig?: { readonly Mode?: string } };

/** A call that a distributed Map makes for its items or its results. */
export interface ServiceCall {
  readonly Resource?: string;
  readonly Parameters?: unknown;
  readonly Arguments?: unknown;
}

export interface ItemReader extends ServiceCall {
  readonly ReaderConfig?: Readonly<Record<string, unknown>>;
}

/** The states that a Map runs for each item. */
export function itemProcessorOf(state: State): ItemProcessor | undefined {
  return state.ItemProcessor ?? state.Iterator;
}

export function isDistributed(state: State): boolean {
  return itemProcessorOf(state)?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}
