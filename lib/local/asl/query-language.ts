import type { ChoiceRule, State, TransitionFields } from './definition.ts';

/** What expressions in a state can see. */
export interface Scope {
  /** The state they stand in, and the id of the event of its entering, for messages. */
  readonly state: { readonly name: string; readonly enteredEventId: number };
  readonly input: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  /** The context object: `Execution`, `State`, `StateMachine`, and within a Map `Map`. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Every variable that can be read here, those of enclosing branches included. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Transition {
  readonly output: unknown;
  /** Undefined where nothing is assigned. */
  readonly assigned: Readonly<Record<string, unknown>> | undefined;
}

/**
 * How a state reads its data: what differs between JSONata and JSONPath states. Every function throws a
 * `StateFailure` where the expression or its value is bad.
 */
export interface QueryLanguage {
  /** What the state hands on to its task or branches: the evaluated `Arguments` or `Parameters`, or else the input. */
  payload(state: State, scope: Scope): Promise<unknown>;
  /** Output and variables at the end of `source`, which is the state itself or one of its choice rules or catchers. */
  transition(
    state: State,
    source: TransitionFields,
    location: string,
    scope: Scope,
    otherwise: unknown,
  ): Promise<Transition>;
  /** The number in a field of the state, or of `holder` within it. */
  integer(state: State, field: string, scope: Scope, holder?: object): Promise<number | undefined>;
  /** As {@link integer}, for a number that may have a fraction. */
  number(state: State, field: string, scope: Scope): Promise<number | undefined>;
  text(state: State, field: 'Timestamp' | 'Error' | 'Cause', scope: Scope): Promise<string | undefined>;
  credentials(state: State, scope: Scope): Promise<unknown>;
  /** The value of any other template of the state. */
  fill(state: State, template: unknown, location: string, scope: Scope): Promise<unknown>;
  holds(state: State, rule: ChoiceRule, index: number, scope: Scope): Promise<boolean>;
  items(state: State, scope: Scope): Promise<readonly unknown[]>;
  /** The input of one iteration; `scope.context` has the item in it. */
  itemInput(state: State, item: unknown, scope: Scope): Promise<unknown>;
}
