import type { HistoryEvent } from '../../engine/execution.ts';
import type { ExecutionEnd, JournaledExecution } from './execution-journal.ts';

export const SERVER_STOPPED = 'Local.ServerStopped';

/**
 * The end of an execution whose server stopped before it ended, or had told that it did: `FAILED`, with a cause that names the steps that were
 * running. What the steps had asked for may or may not have happened. `now` is in milliseconds since the epoch.
 */
export function serverStopped(
  execution: JournaledExecution,
  now: number,
): JournaledExecution & { readonly end: ExecutionEnd } {
  const { history } = execution;
  const last = history.at(-1);
  const told = endIn(last);
  if (told !== undefined) return { ...execution, end: told };
  // The account's time may have run ahead of the real one.
  const time = last === undefined ? now : Math.max(now, Date.parse(last.timestamp));
  const stoppedAt = new Date(time).toISOString();
  const failure = { error: SERVER_STOPPED, cause: causeOf(history) };
  const event: HistoryEvent = {
    timestamp: stoppedAt,
    type: 'ExecutionFailed',
    id: (last?.id ?? 0) + 1,
    previousEventId: last?.id ?? 0,
    executionFailedEventDetails: failure,
  };
  return { ...execution, history: [...history, event], end: { status: 'FAILED', stoppedAt, ...failure } };
}

/** The end as the last event tells it: the process may die between the two. */
function endIn(event: HistoryEvent | undefined): ExecutionEnd | undefined {
  const status = STATUS_AFTER[event?.type ?? ''];
  if (event === undefined || status === undefined) return undefined;
  const key = `${event.type.charAt(0).toLowerCase()}${event.type.slice(1)}EventDetails`;
  const { output, error, cause } = (event[key] ?? {}) as Readonly<Record<string, string | undefined>>;
  return {
    status,
    stoppedAt: event.timestamp,
    ...(output === undefined ? {} : { output: JSON.parse(output) }),
    // A run that took too long has its error in the event alone.
    ...(error === undefined || status === 'TIMED_OUT' ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

const STATUS_AFTER: Readonly<Record<string, ExecutionEnd['status']>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

function causeOf(history: readonly HistoryEvent[]): string {
  const open = openStates(history);
  const undoing = open.some((state) => state.startsWith('Undo '));
  const steps = [...new Set(open.flatMap((state) => STEP.exec(state)?.[1] ?? []))];
  const [only] = steps;
  if (only === undefined) return 'The server stopped while the execution was between its steps';
  if (undoing) return `The server stopped while step ${steps.join(', ')} was being undone`;
  return steps.length === 1
    ? `The server stopped while step ${only} was running`
    : `The server stopped while the steps ${steps.join(', ')} were running`;
}

/** The states of a step begin with its id (`x`, `x pause`, `x each`), those of its inverse with `Undo`. */
const STEP = /^(?:Undo )?([a-z][a-z0-9_]*)(?![A-Za-z0-9_])/;

/**
 * States that were entered and not left. Those around others (Parallel, Map) count only where nothing in them is
 * open; where none is open, the one that was left last.
 */
function openStates(history: readonly HistoryEvent[]): readonly string[] {
  const open = new Map<string, { count: number; readonly around: boolean }>();
  let left: string | undefined;
  for (const { type, ...details } of history) {
    const entered = nameIn(details.stateEnteredEventDetails);
    const exited = nameIn(details.stateExitedEventDetails);
    const name = entered ?? exited;
    if (name === undefined) continue;
    const state = open.get(name) ?? { count: 0, around: /^(Parallel|Map)State/.test(type) };
    state.count += entered === undefined ? -1 : 1;
    open.set(name, state);
    if (exited !== undefined) left = exited;
  }
  const running = [...open].filter(([, { count }]) => count > 0);
  const inner = running.filter(([, { around }]) => !around);
  const found = (inner.length > 0 ? inner : running).map(([name]) => name);
  return found.length > 0 || left === undefined ? found : [left];
}

function nameIn(details: unknown): string | undefined {
  const { name } = (details ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
}
