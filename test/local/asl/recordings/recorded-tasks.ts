import type { TaskAnswer, TaskOutcome, TaskRequest } from '../../../../lib/local/asl/branch.ts';
import type { Flow, ItemReader, State } from '../../../../lib/local/asl/definition.ts';
import type { Clock } from '../../../../lib/local/clock.ts';
import { detailsOf, nameIn, type RecordedEvent, type Recording, recordedData } from './recording.ts';

interface RecordedTask {
  readonly state: string;
  submitted?: unknown;
  answer?: TaskAnswer;
  /** The place of its last event, by which tasks that run side by side end in the order that was recorded. */
  at: number;
}

/** Answers every task as it was answered when the execution was recorded. */
export function recordedTasks(recording: Recording, clock: Clock): (request: TaskRequest) => Promise<TaskOutcome> {
  const tasks = readTasks(recording.events);
  const definition = JSON.parse(recording.definition) as Flow;
  return async (request) => {
    const { Name: state } = request.context.State as { readonly Name: string };
    if (request.resource.includes(':s3:putObject')) return { kind: 'succeeded', output: {} };
    const reader = findState(definition, state)?.ItemReader;
    if (reader !== undefined && reader.Resource === request.resource) {
      const items = recordedItems(recording, state);
      const output = { Body: textOf(items, reader), Contents: items };
      return readingFailed(recording) ?? { kind: 'succeeded', output };
    }
    const index = tasks.findIndex((task) => task.state === state);
    const [task] = index < 0 ? [] : tasks.splice(index, 1);
    // Child executions of a distributed Map have histories of their own, which were not recorded.
    if (task === undefined) return mapRunFailed(recording) ? { kind: 'failed' } : echo(request);
    const answer = clock.sleep(task.at).then(() => task.answer ?? new Promise<never>(() => {}));
    return task.submitted === undefined
      ? answer
      : { kind: 'submitted', output: recordedData(task.submitted), completed: answer };
  };
}

/** The tasks of a history in the order in which they were scheduled. */
function readTasks(events: readonly RecordedEvent[]): RecordedTask[] {
  const tasks = new Map<number, RecordedTask>();
  const taskOf = (place: number): RecordedTask | undefined => {
    const scheduled = backTo(events, place, (type) => type.endsWith('Scheduled'));
    return scheduled === undefined ? undefined : tasks.get(scheduled);
  };
  for (const [place, event] of events.entries()) {
    const phase = /^(?:Task|LambdaFunction|Activity)(Scheduled|Submitted|Succeeded|Failed|TimedOut)$/.exec(
      event.type,
    )?.[1];
    const details = detailsOf(event);
    if (phase === 'Scheduled') {
      const entered = backTo(events, place, (type) => type === 'TaskStateEntered');
      const state = entered === undefined ? undefined : nameIn(events[entered] ?? {});
      if (state !== undefined) tasks.set(place, { state, at: place });
      continue;
    }
    const task = phase === undefined ? undefined : taskOf(place);
    if (task === undefined) continue;
    task.at = place;
    if (phase === 'Submitted') task.submitted = details.output;
    if (phase === 'Succeeded') task.answer = { kind: 'succeeded', output: recordedData(details.output) };
    if (phase === 'Failed') task.answer = { kind: 'failed', ...texts(details) };
  }
  return [...tasks.values()];
}

function texts({ error, cause }: Readonly<Record<string, unknown>>): { error?: string; cause?: string } {
  return {
    ...(error === undefined ? {} : { error: String(error) }),
    ...(cause === undefined ? {} : { cause: typeof cause === 'string' ? cause : JSON.stringify(cause) }),
  };
}

/** The place of the event that `place` follows from and whose type passes; where ids are masked, the nearest before. */
function backTo(
  events: readonly RecordedEvent[],
  place: number,
  passes: (type: string) => boolean,
): number | undefined {
  const before = events[place]?.previousEventId;
  const chained = typeof before === 'number' && before > 0 ? before - 1 : place - 1;
  const at = events[chained]?.id === chained + 1 ? chained : place - 1;
  if (at < 0) return undefined;
  return passes(events[at]?.type ?? '') ? at : backTo(events, at, passes);
}

function echo({ resource, arguments: given }: TaskRequest): TaskOutcome {
  const { Payload: payload } = (given ?? {}) as { readonly Payload?: unknown };
  return { kind: 'succeeded', output: resource.includes(':states:') ? { Payload: payload ?? {} } : given };
}

function mapRunFailure({ events }: Recording): Readonly<Record<string, unknown>> {
  return detailsOf(events.find(({ type }) => type === 'MapRunFailed') ?? {});
}

/** The failure of an ItemReader that its object or its permissions brought about, not its own configuration. */
function readingFailed(recording: Recording): TaskOutcome | undefined {
  const details = mapRunFailure(recording);
  if (details.error !== 'States.ItemReaderFailed' || String(details.cause).startsWith('field ')) return undefined;
  return { kind: 'failed', ...texts(details) };
}

function mapRunFailed(recording: Recording): boolean {
  return mapRunFailure(recording).error === 'States.ExceedToleratedFailureThreshold';
}

function findState({ States: states }: Flow, name: string): State | undefined {
  for (const [key, state] of Object.entries(states)) {
    if (key === name) return state;
    const flows = [...(state.Branches ?? []), state.ItemProcessor, state.Iterator];
    for (const flow of flows) {
      const found = flow === undefined ? undefined : findState(flow, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The items that a distributed Map read, taken from its output: what it read was not recorded. */
function recordedItems({ events }: Recording, name: string): readonly Readonly<Record<string, unknown>>[] {
  const exit = events.find((event) => event.type === 'MapStateExited' && nameIn(event) === name);
  const output = recordedData(detailsOf(exit ?? {}).output);
  return Array.isArray(output) ? output : [];
}

/** The object that holds these items in the reader's format. */
function textOf(items: readonly Readonly<Record<string, unknown>>[], reader: ItemReader): string {
  const { InputType: format, CSVHeaders: given } = reader.ReaderConfig ?? {};
  if (format === 'JSONL') return items.map((item) => JSON.stringify(item)).join('\n');
  if (format !== 'CSV') return JSON.stringify(items);
  const headers = Array.isArray(given) ? given.map(String) : Object.keys(items[0] ?? {});
  const quoted = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const rows = items.map((item) => headers.map((header) => quoted(item[header])).join(','));
  return [...(Array.isArray(given) ? [] : [headers.map(quoted).join(',')]), ...rows].join('\n');
}
