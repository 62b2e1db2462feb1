import type { ExecutionStatus, HistoryEvent } from '../../engine/execution.ts';
import type { Clock } from '../clock.ts';
import type { Branch, Machine, TaskAnswer, TaskOutcome, TaskRequest } from './branch.ts';
import { checkDefinition } from './check-definition.ts';
import type { StateMachineDefinition } from './definition.ts';
import { createHistory, errorDetails, eventData } from './history.ts';
import { createJsonataLanguage } from './jsonata-language.ts';
import { createJsonPathLanguage } from './jsonpath-language.ts';
import type { QueryLanguage } from './query-language.ts';
import { runFlow } from './run-flow.ts';
import { Aborted, StateFailure } from './state-failure.ts';
import { createTaskTokens, type WaitingTask } from './task-tokens.ts';
import { createTurns } from './turns.ts';

export interface RunOptions {
  readonly input: unknown;
  /** Names for the context object and the history. */
  readonly execution: { readonly id: string; readonly name: string; readonly roleArn: string };
  readonly stateMachine: { readonly id: string; readonly name: string };
  readonly region?: string;
  readonly callTask: (request: TaskRequest) => Promise<TaskOutcome>;
  /** Why Step Functions would not start a task with these arguments; by default it always would. */
  readonly checkTask?: (resource: string, argument: unknown) => readonly string[];
  readonly clock: Clock;
  /** From 0 up to, not including, 1; `Math.random` by default. */
  readonly random?: () => number;
  /** Shared between runs, its compiled expressions are kept. */
  readonly jsonata?: QueryLanguage;
  /** Called after each event of the history. */
  readonly onEvent?: () => void;
}

export interface RunResult {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
}

export interface StateMachineRun {
  /** Grows while the execution runs. */
  readonly history: readonly HistoryEvent[];
  /** Rejects only for a fault of the interpreter or of `callTask`. */
  readonly done: Promise<RunResult>;
  /** Ends the execution as `ABORTED`, if it has not ended. */
  abort(error?: string, cause?: string): void;
  /** Answers the task that waits with this token, as SendTaskSuccess and SendTaskFailure do; false where none does. */
  answerTask(token: string, answer: TaskAnswer): boolean;
  /** Starts the heartbeat time of the task anew, as SendTaskHeartbeat does; false where none waits with this token. */
  heartbeat(token: string): boolean;
  /** The tasks that wait for an answer to their token. */
  waitingTasks(): readonly WaitingTask[];
}

/** Runs a state machine to its end. See {@link startStateMachine}. */
export function runStateMachine(definition: StateMachineDefinition, options: RunOptions): Promise<RunResult> {
  return startStateMachine(definition, options).done;
}

/**
 * Interprets a state machine as Step Functions runs a Standard execution: same states, same events in the same
 * order, same errors. Throws `InvalidDefinition` for what Step Functions would not create or this interpreter cannot run.
 */
export function startStateMachine(definition: StateMachineDefinition, options: RunOptions): StateMachineRun {
  const { clock, random = Math.random } = options;
  const jsonata = options.jsonata ?? createJsonataLanguage({ now: clock.now, random });
  const languages = { JSONata: jsonata, JSONPath: jsonPathLanguage(random) };
  const tokens = createTaskTokens(random);
  checkDefinition(definition, Object.keys(languages));
  const history = createHistory(clock.now, options.onEvent);
  const startTime = new Date(clock.now()).toISOString();
  const stop = new AbortController();
  const machine: Machine = {
    history,
    turns: createTurns(),
    tokens,
    languages,
    queryLanguage: definition.QueryLanguage ?? 'JSONPath',
    now: clock.now,
    random,
    sleep: clock.sleep,
    region: options.region ?? 'us-east-1',
    checkTask: options.checkTask ?? (() => []),
    callTask: options.callTask,
    context: contextOf(options, startTime),
  };
  const { roleArn } = options.execution;
  history.append('ExecutionStarted', 0, {
    executionStartedEventDetails: { ...eventData('input', options.input), roleArn },
  });

  let finish: (result: RunResult) => void = () => {};
  const cut = new Promise<RunResult>((resolve) => {
    finish = resolve;
  });
  /** Ends the execution from outside of its states: AWS hangs such an event on nothing. */
  const end = (type: 'ExecutionAborted' | 'ExecutionTimedOut', failure: { error?: string; cause?: string }): void => {
    if (stop.signal.aborted) return;
    const timedOut = type === 'ExecutionTimedOut';
    history.end(type, 0, { [timedOut ? 'executionTimedOutEventDetails' : 'executionAbortedEventDetails']: failure });
    stop.abort();
    finish({ status: timedOut ? 'TIMED_OUT' : 'ABORTED', ...(timedOut ? {} : failure), history: history.events });
  };
  if (definition.TimeoutSeconds !== undefined) {
    void clock
      .sleep(definition.TimeoutSeconds * 1000, stop.signal)
      .then(() => end('ExecutionTimedOut', { error: 'States.Timeout' }));
  }
  const run = runToEnd(definition, options.input, machine, stop.signal).then((result) => result ?? cut);
  const done = Promise.race([cut, run]).finally(() => stop.abort());
  return {
    history: history.events,
    done,
    answerTask: tokens.answer,
    heartbeat: tokens.heartbeat,
    waitingTasks: tokens.waiting,
    abort: (error, cause) =>
      end('ExecutionAborted', { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) }),
  };
}

const jsonPathLanguages = new WeakMap<() => number, QueryLanguage>();

/** Runs with the same source of chance share a language: it remembers nothing of them. */
function jsonPathLanguage(random: () => number): QueryLanguage {
  const made = jsonPathLanguages.get(random) ?? createJsonPathLanguage(random);
  jsonPathLanguages.set(random, made);
  return made;
}

/** Undefined where the execution was cut. */
async function runToEnd(
  definition: StateMachineDefinition,
  input: unknown,
  machine: Machine,
  signal: AbortSignal,
): Promise<RunResult | undefined> {
  const started = { context: {}, variables: {}, last: 0, open: undefined, left: undefined, ended: false };
  const branch: Branch = { machine, signal, ...started };
  const { history } = machine;
  await machine.turns.take();
  try {
    const output = await runFlow(branch, definition, input);
    history.end('ExecutionSucceeded', branch.last, { executionSucceededEventDetails: eventData('output', output) });
    return { status: 'SUCCEEDED', output, history: history.events };
  } catch (cause) {
    if (cause instanceof Aborted || signal.aborted) return undefined;
    if (!(cause instanceof StateFailure)) throw cause;
    const details = errorDetails(cause);
    history.end('ExecutionFailed', branch.last, { executionFailedEventDetails: details });
    return { status: 'FAILED', ...details, history: history.events };
  }
}

function contextOf(options: RunOptions, startTime: string): Readonly<Record<string, unknown>> {
  const { id, name, roleArn } = options.execution;
  return {
    Execution: { Id: id, Input: options.input, StartTime: startTime, Name: name, RoleArn: roleArn, RedriveCount: 0 },
    StateMachine: { Id: options.stateMachine.id, Name: options.stateMachine.name },
  };
}
