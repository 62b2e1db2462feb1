import { APPROVAL_REFUSED, noAnswer } from '../compiler/approval-topic.ts';
import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import type { ExecutionStatus, HistoryEvent } from './execution.ts';
import { joinedSteps, stoppedAt } from './joined-steps.ts';

export type StepStatus = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'SKIPPED';

export interface StepReport {
  readonly id: string;
  readonly status: StepStatus;
  /** The call it makes, as IAM writes it: `rds:CreateDBSnapshot`. */
  readonly action: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly error?: string;
  readonly cause?: string;
  /** True where the step's inverse has run since. */
  readonly undone?: true;
}

interface Run {
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly failure?: { readonly error: string; readonly cause?: string };
}

/**
 * Where each step of the plan stands, in the order of the plan. Steps are states of the same name; a step that runs
 * again (a retry, a loop) counts by its last time. `status` is the execution's: once it has ended, a step that was
 * never entered was skipped, and one that was never left has failed.
 */
export function stepsFromHistory(
  bytecode: Bytecode,
  history: readonly HistoryEvent[],
  status: ExecutionStatus,
): readonly StepReport[] {
  const runs = runsByState(history);
  const end = history.at(-1);
  const ending = status === 'RUNNING' ? undefined : { at: end?.timestamp, failure: endOf(status, end) };
  const entered = history.flatMap((event) =>
    event.type.endsWith('StateEntered') ? [text(details(event, 'stateEnteredEventDetails').name) ?? ''] : [],
  );
  const standing = (entry: PlanEntry): Progress => {
    const { step_id: id } = entry;
    const shared = sharedState(id, entered);
    if (shared === undefined)
      return decided(entry, progress(answered(entry, runs.get(id)), ending), entered, ending?.failure);
    return decidedWithOthers(id, shared, progress(runs.get(shared), ending), history, entered, ending?.failure);
  };
  return bytecode.execution_plan.map((entry) => ({
    id: entry.step_id,
    action: actionOf(entry),
    ...standing(entry),
    ...failedEntry(entry, history),
    ...(wasUndone(entry, runs.get(`Undo ${entry.step_id}`), entered) ? { undone: true } : {}),
  }));
}

/**
 * A wait and an assert are decided by a Choice, which never fails itself: the state entered after it tells. A wait
 * goes on for as long as its own states follow each other.
 */
function decided(
  { type, step_id: id }: PlanEntry,
  progress: Progress,
  entered: readonly string[],
  failure: Failure | undefined,
): Progress {
  if ((type !== 'wait_for' && type !== 'assert') || progress.status !== 'SUCCEEDED') return progress;
  const own = [id, `${id} over?`, `${id} pause`];
  const last = entered.findLastIndex((name) => own.includes(name));
  const next = entered[last + 1];
  if (next === undefined && type === 'wait_for' && failure === undefined) {
    return { status: 'RUNNING', ...(progress.startedAt === undefined ? {} : { startedAt: progress.startedAt }) };
  }
  if (next !== `${id} failed` && !next?.startsWith('Undo ')) return progress;
  const error = type === 'assert' ? 'Workflow.AssertionFailed' : 'Workflow.WaitFailed';
  return { ...progress, status: 'FAILED', ...(failure ?? { error }) };
}

/** The state that a step shares with others, if it was entered: `a and b`. */
function sharedState(id: string, entered: readonly string[]): string | undefined {
  return entered.findLast((name) => name !== id && joinedSteps(name).includes(id));
}

/** Where a step stands whose state decides others too: it passed where a later one did not. */
function decidedWithOthers(
  id: string,
  state: string,
  progress: Progress,
  history: readonly HistoryEvent[],
  entered: readonly string[],
  failure: Failure | undefined,
): Progress {
  const { status, startedAt, endedAt } = progress;
  const place = joinedSteps(state).indexOf(id);
  const stopped = stoppedAt(state, entered[entered.lastIndexOf(state) + 1], history);
  if (stopped === undefined || status === 'RUNNING') return progress;
  if (place > stopped) return { status: 'SKIPPED' };
  if (place === stopped)
    return { ...progress, status: 'FAILED', ...(failure ?? { error: 'Workflow.AssertionFailed' }) };
  const times = { ...(startedAt === undefined ? {} : { startedAt }), ...(endedAt === undefined ? {} : { endedAt }) };
  return { status: 'SUCCEEDED', ...times };
}

/** Nobody answered in time: that is a refusal, and said as the state machine says it. */
function answered({ type, step_id: id, timeout_seconds: timeout }: PlanEntry, run: Run | undefined): Run | undefined {
  if (type !== 'approval' || timeout === undefined || run?.failure?.error !== 'States.Timeout') return run;
  return { ...run, failure: { error: APPROVAL_REFUSED, cause: noAnswer(id, timeout) } };
}

/**
 * A list that can be undone goes through to its end whatever fails: an entry that did goes to a state of its own,
 * which is entered with `{failed: {Error, Cause}}`. The first of them is what the step failed with.
 */
function failedEntry({ for_each: list, undo, step_id: id }: PlanEntry, history: readonly HistoryEvent[]): object {
  const first = history.find((event) => stateNamed(event) === `${id} each failed`);
  if (list === undefined || undo === undefined || first === undefined) return {};
  const input = text(details(first, 'stateEnteredEventDetails').input) ?? '{}';
  const { failed } = JSON.parse(input) as { readonly failed?: Readonly<Record<string, unknown>> };
  const cause = text(failed?.Cause);
  const error = text(failed?.Error) ?? 'States.TaskFailed';
  return { status: 'FAILED', error, ...(cause === undefined ? {} : { cause }) };
}

/** Of a list, where all that was done of it was. */
function wasUndone({ step_id: id }: PlanEntry, run: Run | undefined, entered: readonly string[]): boolean {
  return run?.endedAt !== undefined && run.failure === undefined && !entered.includes(`Undo ${id} each failed`);
}

type Progress = Omit<StepReport, 'id' | 'action'>;
type Failure = NonNullable<Run['failure']>;

function progress(
  run: Run | undefined,
  ending: { readonly at: string | undefined; readonly failure: Failure } | undefined,
): Progress {
  if (!run) return { status: ending ? 'SKIPPED' : 'PENDING' };
  const { startedAt, endedAt, failure } = run;
  if (endedAt !== undefined) return { status: failure ? 'FAILED' : 'SUCCEEDED', startedAt, endedAt, ...failure };
  if (!ending) return { status: 'RUNNING', startedAt };
  return {
    status: 'FAILED',
    startedAt,
    ...(ending.at === undefined ? {} : { endedAt: ending.at }),
    ...(failure ?? ending.failure),
  };
}

function runsByState(history: readonly HistoryEvent[]): ReadonlyMap<string, Run> {
  const runs = new Map<string, Run>();
  const stateOf = new Map<number, string>();
  // A list or a fork that fails says so in an event that names neither itself nor the error: its exit follows on it.
  const failedWithin = new Map<number, Failure>();
  let latest: Failure = { error: 'States.TaskFailed' };
  for (const event of history) {
    if (/^(Map|Parallel)StateFailed$/.test(event.type)) failedWithin.set(event.id, latest);
    else if (isFailure(event) && !isWrapper(event)) latest = failureOf(event, 'States.TaskFailed');
    const state = stateNamed(event) ?? (isWrapper(event) ? undefined : stateOf.get(event.previousEventId));
    if (state === undefined) continue;
    // What follows an exit belongs to no step until the next state is entered.
    if (!event.type.endsWith('StateExited')) stateOf.set(event.id, state);
    const run = runs.get(state);
    if (event.type.endsWith('StateEntered')) runs.set(state, { startedAt: event.timestamp });
    else if (run) runs.set(state, { ...afterEvent(run, event), ...exitFailure(event, failedWithin) });
  }
  return runs;
}

function exitFailure(event: HistoryEvent, failedWithin: ReadonlyMap<number, Failure>): { readonly failure?: Failure } {
  const failure = event.type.endsWith('StateExited') ? failedWithin.get(event.previousEventId) : undefined;
  return failure === undefined ? {} : { failure };
}

function afterEvent(run: Run, event: HistoryEvent): Run {
  if (event.type.endsWith('StateExited')) return { ...run, endedAt: event.timestamp };
  if (isFailure(event)) return { ...run, failure: failureOf(event, 'States.TaskFailed') };
  // A retry: what went wrong before does not count any more.
  if (/(Scheduled|Started|Succeeded)$/.test(event.type)) return { startedAt: run.startedAt };
  return run;
}

/** Enter, exit and evaluation events name their state; the others belong to the state of the event before them. */
function stateNamed(event: HistoryEvent): string | undefined {
  if (event.type.endsWith('StateEntered')) return text(details(event, 'stateEnteredEventDetails').name);
  if (event.type.endsWith('StateExited')) return text(details(event, 'stateExitedEventDetails').name);
  if (event.type === 'EvaluationFailed') return text(details(event, 'evaluationFailedEventDetails').state);
  return undefined;
}

/** Events of what surrounds steps (`ParallelStateFailed`, `MapIterationAborted`, `ExecutionFailed`) say nothing of the step before them. */
function isWrapper(event: HistoryEvent): boolean {
  return /^(Execution|Parallel|Map)/.test(event.type);
}

/** `TaskFailed`, `TaskTimedOut`, `TaskStartFailed`, `TaskSubmitFailed`, `LambdaFunctionFailed`, `EvaluationFailed` … */
function isFailure(event: HistoryEvent): boolean {
  return /(Failed|TimedOut)$/.test(event.type);
}

function failureOf(event: HistoryEvent, unnamed: string): Failure {
  const found = details(event, `${event.type.charAt(0).toLowerCase()}${event.type.slice(1)}EventDetails`);
  const cause = text(found.cause);
  return { error: text(found.error) ?? unnamed, ...(cause === undefined ? {} : { cause }) };
}

const UNNAMED: Readonly<Record<ExecutionStatus, string>> = {
  RUNNING: 'States.TaskFailed',
  SUCCEEDED: 'States.TaskFailed',
  FAILED: 'States.TaskFailed',
  TIMED_OUT: 'States.Timeout',
  ABORTED: 'Aborted',
};

/** Why a step that was still running when the execution ended did not finish. */
function endOf(status: ExecutionStatus, end: HistoryEvent | undefined): Failure {
  return end === undefined ? { error: UNNAMED[status] } : failureOf(end, UNNAMED[status]);
}

function details(event: HistoryEvent, key: string): Readonly<Record<string, unknown>> {
  const value = event[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
