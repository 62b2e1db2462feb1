import type { HistoryEvent } from '../../../../lib/engine/execution.ts';
import type { Flow, State, StateMachineDefinition } from '../../../../lib/local/asl/definition.ts';
import { type RunResult, startStateMachine } from '../../../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock } from '../../../../lib/local/clock.ts';
import { masksOfInput, matchesRecorded } from './masks.ts';
import { recordedTasks } from './recorded-tasks.ts';
import { detailsOf, nameIn, type RecordedEvent, type Recording, recordedData } from './recording.ts';

/** When the recordings' input was written, some of which tells times from then. */
const START = '2026-11-22T12:00:00.000Z';
const ACCOUNT = 'arn:aws:states:us-east-1:111111111111';
const EXECUTION = { id: `${ACCOUNT}:execution:m:e`, name: 'e', roleArn: 'arn:aws:iam::111111111111:role/r' };

/** Runs the recorded definition on the recorded input; says how history or result differ, or nothing where they do not. */
export async function replayRecording(recording: Recording): Promise<string | undefined> {
  const { events } = recording;
  const ending = events.at(-1);
  const ends = Object.hasOwn(STATUS, ending?.type ?? '');
  // What was recorded as still running, or was stopped by hand, is not to get on.
  const clock = createVirtualClock(START, { automatic: ends });
  const run = startStateMachine(withActivities(recording), {
    input: recording.input,
    clock,
    random: () => 0.5,
    execution: EXECUTION,
    stateMachine: { id: `${ACCOUNT}:stateMachine:m`, name: 'm' },
    callTask: recordedTasks(recording, clock),
  });
  if (!ends) {
    await clock.advance(0);
    if (ending?.type === 'ExecutionAborted') run.abort();
    const different = compareHistories(events, run.history);
    run.abort();
    return different;
  }
  const result = await within(run.done);
  if (result === undefined) return `did not end, last ${run.history.at(-1)?.type}`;
  return compareHistories(events, result.history) ?? compareResults(recording, result);
}

/** The run's result, or undefined where it hangs, which it does only if it waits for what was not recorded. */
async function within(done: Promise<RunResult>): Promise<RunResult | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 5_000);
  });
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** In the recordings' definitions every ARN of a Lambda function or an activity gave way to the same one. */
function withActivities({ definition, events }: Recording): StateMachineDefinition {
  const parsed = JSON.parse(definition) as StateMachineDefinition;
  if (!events.some(({ type }) => type === 'ActivityScheduled')) return parsed;
  const states = Object.entries(parsed.States).map(([name, state]): [string, State] =>
    state.Resource?.startsWith('arn:aws:lambda:')
      ? [name, { ...state, Resource: `${ACCOUNT}:activity:a` }]
      : [name, state],
  );
  return { ...parsed, States: Object.fromEntries(states) as Flow['States'] };
}

function signature(event: object & { readonly type: string }): string {
  const { index } = detailsOf(event);
  return [event.type, nameIn(event), index].filter((part) => part !== undefined).join(' ');
}

function compareHistories(recorded: readonly RecordedEvent[], actual: readonly HistoryEvent[]): string | undefined {
  const [expected, found] = [recorded.map(signature), actual.map(signature)];
  if (recorded.some(({ id }) => typeof id !== 'number')) return compareUnordered(recorded, found);
  const place = expected.findIndex((text, index) => text !== found[index]);
  if (place >= 0) return `event ${place + 1}: ${expected[place]} was recorded, not ${found[place] ?? 'nothing'}`;
  if (found.length > expected.length)
    return `event ${expected.length + 1}: nothing was recorded, not ${found[expected.length]}`;
  return undefined;
}

/** Where the order of parallel branches is masked, so are the events that tell that a Parallel has come to its end. */
const LEFT_OUT = /^(ParallelStateSucceeded|ParallelStateExited .*)$/;

/** The events whose order was recorded come in that order, and every other one comes. */
function compareUnordered(recorded: readonly RecordedEvent[], found: readonly string[]): string | undefined {
  const rest = [...found];
  let from = 0;
  for (const event of recorded) {
    const text = signature(event);
    if (typeof event.id === 'number') {
      const place = found.indexOf(text, from);
      if (place < 0) return `${text} was recorded, but does not come where it should`;
      from = place + 1;
    }
    const place = rest.indexOf(text);
    if (place < 0) return `${text} was recorded, but does not come`;
    rest.splice(place, 1);
  }
  const surplus = rest.find((text) => !LEFT_OUT.test(text));
  return surplus === undefined ? undefined : `${surplus} was not recorded`;
}

const STATUS: Readonly<Record<string, RunResult['status']>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
};

function compareResults({ events, input }: Recording, result: RunResult): string | undefined {
  const started = detailsOf(events[0] ?? {});
  const masks = new Set([...masksOfInput(recordedData(started.input), input), String(started.roleArn)]);
  const { output, error, cause } = detailsOf(events.at(-1) ?? {});
  const status = STATUS[events.at(-1)?.type ?? ''];
  if (result.status !== status) return `status: ${status} was recorded, not ${result.status}`;
  if (status === 'TIMED_OUT') return undefined;
  const pairs =
    status === 'SUCCEEDED'
      ? { output: [recordedData(output), result.output] }
      : { error: [error, result.error], cause: [cause, result.cause] };
  for (const [name, [recorded, actual]] of Object.entries(pairs))
    if (!matchesRecorded(recorded, actual, masks, name))
      return `${name}: ${JSON.stringify(recorded)} was recorded, not ${JSON.stringify(actual)}`;
  return undefined;
}
