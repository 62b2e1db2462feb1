import type { HistoryEvent } from '../engine/execution.ts';
import type { State, StateMachineDefinition } from './asl/definition.ts';
import { errorMatches } from './asl/retry.ts';
import { StateFailure } from './asl/state-failure.ts';
import { branchTaken } from './branch-taken.ts';
import { statesOf, type Way, type WayKind, waysOf } from './ways.ts';

/** How much was tried of what there is, and the names of what was not. */
export interface Share {
  readonly tried: number;
  readonly all: number;
  readonly missing: readonly string[];
}

/** Of a state machine: its states, the ways out of its Choices, its Retry and its Catch entries. */
export interface Coverage {
  readonly states: Share;
  readonly branches: Share;
  readonly retries: Share;
  readonly catches: Share;
}

/** How much of a definition its runs came through. `taken` are ids from {@link waysTaken}. */
export function coverageOf(definition: StateMachineDefinition, taken: ReadonlySet<string>): Coverage {
  const ways = waysOf(definition);
  const share = (kind: WayKind): Share => {
    const all = ways.filter((way) => way.kind === kind);
    const missing = all.filter((way) => !taken.has(idOf(way))).map(({ name }) => name);
    return { tried: all.length - missing.length, all: all.length, missing };
  };
  return { states: share('state'), branches: share('branch'), retries: share('retry'), catches: share('catch') };
}

/** The id of a way within its definition. */
export function idOf({ kind, state, index }: Omit<Way, 'name'>): string {
  return JSON.stringify([kind, state, index ?? 'Default']);
}

/** What a run has come through so far in one state. */
interface Visit {
  readonly name: string;
  readonly state: State;
  readonly input: unknown;
  /** The variables when it was entered. */
  readonly variables: Details;
  error: string | undefined;
}

/** What is known of a run up to an event of its history. */
interface Reading {
  readonly states: ReadonlyMap<string, State>;
  readonly taken: Set<string>;
  /** By the events that belong to them. */
  readonly visits: Map<number, Visit>;
  readonly exits: Map<number, { readonly visit: Visit; readonly assigned: Details }>;
  variables: Details;
  lastError: string;
}

/**
 * The ids of all that a run came through, read from its history alone: which rule of a Choice led on, which Retry
 * entry tried again, which Catch entry caught. Where a history does not tell two rules apart, it counts for both.
 */
export async function waysTaken(
  definition: StateMachineDefinition,
  history: readonly HistoryEvent[],
): Promise<ReadonlySet<string>> {
  const reading: Reading = {
    states: statesOf(definition),
    taken: new Set(),
    visits: new Map(),
    exits: new Map(),
    variables: {},
    lastError: FAILED,
  };
  for (const event of history) {
    const visit = event.type.endsWith('StateEntered') ? undefined : visitOf(event, reading.visits);
    if (event.type.endsWith('StateEntered')) await enter(event, reading);
    else if (visit !== undefined) goOn(event, visit, reading);
  }
  return reading.taken;
}

/** The error of a state that says none. */
const FAILED = 'States.TaskFailed';

function take({ taken }: Reading, kind: WayKind, state: string, index: number | undefined): void {
  taken.add(idOf(index === undefined ? { kind, state } : { kind, state, index }));
}

async function enter(event: HistoryEvent, reading: Reading): Promise<void> {
  const { name: named, input } = detailsOf(event, 'stateEnteredEventDetails');
  const name = String(named);
  const state = reading.states.get(name);
  if (state === undefined) return;
  take(reading, 'state', name, undefined);
  const exit = reading.exits.get(event.previousEventId);
  if (exit?.visit.state.Type === 'Choice') {
    const { visit, assigned } = exit;
    for (const index of await branchTaken({ ...visit, assigned }, name)) take(reading, 'branch', visit.name, index);
  }
  const { variables } = reading;
  reading.visits.set(event.id, { name, state, input: parsed(input), variables, error: undefined });
  if (state.Type === 'Fail') reading.lastError = typeof state.Error === 'string' ? state.Error : FAILED;
}

function goOn(event: HistoryEvent, visit: Visit, reading: Reading): void {
  const { id, type } = event;
  if (type.endsWith('StateExited')) {
    const index = visit.error === undefined ? -1 : matching(visit.state.Catch, visit.error);
    if (index >= 0) take(reading, 'catch', visit.name, index);
    const assigned = assignedOf(event);
    reading.exits.set(id, { visit, assigned });
    reading.variables = { ...reading.variables, ...assigned };
    return;
  }
  reading.visits.set(id, visit);
  if (/(Failed|TimedOut)$/.test(type)) {
    // A Map or a Parallel fails with the error of what failed in it.
    reading.lastError = errorOf(event) ?? reading.lastError;
    visit.error = reading.lastError;
  } else if (/(Scheduled|ParallelStateStarted|MapStateStarted)$/.test(type) && visit.error !== undefined) {
    const index = matching(visit.state.Retry, visit.error);
    if (index >= 0) take(reading, 'retry', visit.name, index);
    visit.error = undefined;
  }
}

type Details = Readonly<Record<string, unknown>>;

/** Exits name their state; everything else belongs to the state of the event before it. */
function visitOf(event: HistoryEvent, visits: ReadonlyMap<number, Visit>): Visit | undefined {
  const { name } = detailsOf(event, 'stateExitedEventDetails');
  const { state } = detailsOf(event, 'evaluationFailedEventDetails');
  const own = typeof name === 'string' ? name : typeof state === 'string' ? state : undefined;
  const kind = /^(Map|Parallel)State(Started|Succeeded|Failed)$/.exec(event.type)?.[1];
  const near = visits.get(event.previousEventId);
  if (kind === undefined && (own === undefined || own === near?.name)) return near;
  // These come after events of states within, and a failed evaluation can hang on the event before its state.
  return [...visits.values()].findLast((visit) => (own === undefined ? visit.state.Type === kind : visit.name === own));
}

function matching(entries: State['Catch'] | State['Retry'] = [], error: string): number {
  const failure = new StateFailure(error, undefined);
  return entries.findIndex(({ ErrorEquals: names }) => errorMatches(names, failure));
}

function assignedOf(event: HistoryEvent): Details {
  const { assignedVariables: texts = {} } = detailsOf(event, 'stateExitedEventDetails');
  return Object.fromEntries(Object.entries(texts as Details).map(([name, value]) => [name, parsed(value)]));
}

function errorOf(event: HistoryEvent): string | undefined {
  const key = `${event.type.charAt(0).toLowerCase()}${event.type.slice(1)}EventDetails`;
  const { error } = detailsOf(event, key);
  if (typeof error === 'string') return error;
  return event.type.endsWith('TimedOut') ? 'States.Timeout' : undefined;
}

function detailsOf(event: HistoryEvent, key: string): Details {
  const details = event[key];
  return typeof details === 'object' && details !== null ? (details as Details) : {};
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
