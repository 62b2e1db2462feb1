import type { QueryLanguageName, State } from './definition.ts';
import { eventData, type History } from './history.ts';
import type { QueryLanguage, Scope, Transition } from './query-language.ts';
import { Aborted, StateFailure } from './state-failure.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { Turns } from './turns.ts';

export interface TaskRequest {
  readonly resource: string;
  readonly arguments: unknown;
  readonly credentials?: unknown;
  /** The context object at the time of the call. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export type TaskAnswer =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error?: string; readonly cause?: string };

/**
 * What calling a service came to. A call that waits (`.sync`, `.waitForTaskToken`) may be answered with `submitted`:
 * the service's response, and later, if the service itself knows it, the end of the job.
 */
export type TaskOutcome =
  | TaskAnswer
  | { readonly kind: 'submitted'; readonly output: unknown; readonly completed?: Promise<TaskAnswer> };

/** What all branches of one execution share. */
export interface Machine {
  readonly history: History;
  readonly turns: Turns;
  readonly tokens: TaskTokens;
  readonly languages: Readonly<Partial<Record<QueryLanguageName, QueryLanguage>>>;
  readonly queryLanguage: QueryLanguageName;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly region: string;
  /** Why Step Functions would not even start the task with these arguments; nothing where it would. */
  readonly checkTask: (resource: string, argument: unknown) => readonly string[];
  readonly callTask: (request: TaskRequest) => Promise<TaskOutcome>;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A line of states that run one after the other: the execution itself, a branch of a Parallel, an iteration of a Map. */
export interface Branch {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  /** `Map` in an iteration. */
  readonly context: Readonly<Record<string, unknown>>;
  variables: Readonly<Record<string, unknown>>;
  /** Id of the event that the next one follows; 0 at the beginning. */
  last: number;
  /** The state that has been entered and not left, if any. */
  open: OpenState | undefined;
  /** What the state before has left with, beside its JSON text, which the next state's entry has again. */
  left: { readonly output: unknown; readonly text: string } | undefined;
  /** True once its flow has come to its end. */
  ended: boolean;
}

export interface OpenState {
  readonly name: string;
  readonly type: State['Type'];
  readonly state: State;
  readonly language: QueryLanguage;
  readonly input: unknown;
  readonly enteredEventId: number;
  readonly enteredTime: string;
  /** The event before the state was entered. */
  readonly before: number;
  retryCount: number;
}

/** Adds an event that carries the branch on. */
export function emit(branch: Branch, type: string, details?: Readonly<Record<string, unknown>>): number {
  branch.last = branch.machine.history.append(type, branch.last, details);
  return branch.last;
}

export function enterState(branch: Branch, name: string, state: State, input: unknown): OpenState {
  const { machine } = branch;
  const before = branch.last;
  const language = machine.languages[state.QueryLanguage ?? machine.queryLanguage];
  if (language === undefined) throw new Error(`No query language for the state ${name}`);
  const text = branch.left !== undefined && branch.left.output === input ? branch.left.text : JSON.stringify(input);
  branch.left = undefined;
  const details = { stateEnteredEventDetails: { name, ...eventData('input', input, text) } };
  const enteredEventId = emit(branch, `${state.Type}StateEntered`, details);
  const enteredTime = new Date(machine.now()).toISOString();
  const open = { name, type: state.Type, state, language, input, enteredEventId, enteredTime, before, retryCount: 0 };
  branch.open = open;
  return open;
}

/** Leaves the state: its variables are set from here on, and its output is the next state's input. */
export function exitState(branch: Branch, open: OpenState, transition: Transition): void {
  const { output, assigned } = transition;
  const text = JSON.stringify(output);
  checkSize(open.name, output, text);
  const { machine } = branch;
  const texts = Object.entries(assigned ?? {}).map(([name, value]) => [name, JSON.stringify(value)]);
  const details = {
    name: open.name,
    ...eventData('output', output, text),
    ...(texts.length === 0
      ? {}
      : { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } }),
  };
  branch.last = machine.history.append(`${open.type}StateExited`, branch.last, { stateExitedEventDetails: details });
  branch.variables = { ...branch.variables, ...assigned };
  branch.open = undefined;
  branch.left = { output, text };
}

/** What expressions of the state see now, with `more` of it: a result, an error. */
export function scopeOf(branch: Branch, open: OpenState, more: Partial<Scope> = {}): Scope {
  const retries = open.type === 'Task' ? { RetryCount: open.retryCount } : {};
  const state = { Name: open.name, EnteredTime: open.enteredTime, ...retries };
  return {
    state: open,
    input: open.input,
    context: { ...branch.machine.context, State: state, ...branch.context },
    variables: branch.variables,
    ...more,
  };
}

/** Lets the other branches run while `work` is waited for; throws {@link Aborted} if this one is cut meanwhile. */
export async function waitFor<T>(branch: Branch, work: () => Promise<T>): Promise<T> {
  const value = await branch.machine.turns.outside(work);
  if (branch.signal.aborted) throw new Aborted();
  return value;
}

/** Quota of Step Functions on inputs and outputs. */
const MAX_BYTES = 262_144;

/** Throws `States.DataLimitExceeded` for data over 256 KiB; `what` is the state, or the service of the task. */
export function checkSize(what: string, data: unknown, text: string = JSON.stringify(data)): void {
  if (text.length * 3 <= MAX_BYTES || Buffer.byteLength(text, 'utf8') <= MAX_BYTES) return;
  throw new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
