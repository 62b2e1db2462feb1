import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import type { FaultRule } from './account/faults.ts';
import type { State, StateMachineDefinition } from './asl/definition.ts';
import type { CaseRun, RunCase } from './run-case.ts';
import { statesOf } from './ways.ts';

/** What has to come of a case that nobody wrote. */
export type Expected =
  /** The step fails for good, and the run goes the way that the workflow declares for it. */
  | { readonly kind: 'step fails'; readonly step: string }
  /** The run gets over it. */
  | { readonly kind: 'recovers' }
  /** Whatever it comes to, it ends in a way that the workflow declares. */
  | { readonly kind: 'ends' }
  /** The inverse of the step fails: the run says so, and what it undoes otherwise is undone all the same. */
  | { readonly kind: 'inverse fails'; readonly step: string; readonly undone: readonly string[] }
  | { readonly kind: 'input is refused' }
  | { readonly kind: 'approval is refused'; readonly step: string };

/** A case that follows from the workflow itself. */
export interface AutomaticCase extends RunCase {
  readonly name: string;
  readonly expected: Expected;
}

export interface FailedRun {
  readonly case: AutomaticCase;
  readonly run: CaseRun;
}

/** More often than any retry. */
const ALWAYS = 1_000;

/**
 * What can go wrong in a run that succeeds, read off its state machine: each call fails, or has its effect and its
 * answer is lost; each Retry and each named Catch gets the error it is for; what a wait waits for comes late or never;
 * each approval is refused or not answered.
 */
export function faultCases(
  { execution_plan: plan }: Bytecode,
  definition: StateMachineDefinition,
  happy: RunCase,
  { execution, states: reached }: CaseRun,
): readonly AutomaticCase[] {
  return [...statesOf(definition)].flatMap(([name, state]) => {
    const entry = entryOf(plan, name);
    if (state.Type !== 'Task' || entry === undefined || !reached.has(name)) return [];
    const withFault = (title: string, expected: Expected, fault: Omit<FaultRule, 'step'>): AutomaticCase => ({
      ...happy,
      name: title,
      faults: [...(happy.faults ?? []), { ...fault, step: name }],
      expected,
    });
    return waitsForAnswer(state)
      ? approvalCases(entry.step_id, happy)
      : callCases(entry, state, timesEntered(execution, name), (title, expected, fault) =>
          withFault(`${entry.step_id} ${title}`, expected, fault),
        );
  });
}

/** The step that a state does the work of; the inverse of one is no work of it. */
function entryOf(plan: readonly PlanEntry[], state: string): PlanEntry | undefined {
  return plan.find(({ step_id: id }) => state === id || state.startsWith(`${id} each`));
}

function waitsForAnswer({ Resource: resource }: State): boolean {
  return resource?.endsWith('.waitForTaskToken') === true;
}

function timesEntered({ history }: CaseRun['execution'], state: string): number {
  return history.filter(
    ({ stateEnteredEventDetails: details }) => (details as { readonly name?: string } | undefined)?.name === state,
  ).length;
}

type MakeCase = (title: string, expected: Expected, fault: Omit<FaultRule, 'step'>) => AutomaticCase;

function callCases(entry: PlanEntry, state: State, times: number, make: MakeCase): readonly AutomaticCase[] {
  const fails: Expected = { kind: 'step fails', step: entry.step_id };
  const lost = 'has its effect and its answer is lost';
  return [
    make('fails', fails, { fault: 'server-error', times: ALWAYS }),
    ...(entry.for_each === undefined || entry.type === 'wait_for' || times < 2
      ? []
      : [make('fails after its first entry', fails, { fault: 'server-error', times: ALWAYS, after: 1 })]),
    ...(entry.call === undefined || entry.call.effect === 'read'
      ? []
      : [make(lost, fails, { fault: 'timeout', times: ALWAYS, done: true })]),
    ...(state.Retry ?? []).map(({ ErrorEquals: errors }) =>
      make(
        `is tried again after ${transient(errors).label}`,
        { kind: 'recovers' },
        { ...transient(errors).fault, times: 1 },
      ),
    ),
    ...(state.Catch ?? [])
      .flatMap(({ ErrorEquals: errors }) => errors.filter((error) => !/^States\.(ALL|TaskFailed)$/.test(error)))
      .map((error) => make(`ends with ${error}`, { kind: 'ends' }, { ...named(error), times: ALWAYS })),
    ...(entry.type !== 'wait_for'
      ? []
      : [
          make('sees the change late', { kind: 'ends' }, { fault: 'stale', times: 1 }),
          make('never sees the change', { kind: 'ends' }, { fault: 'stale', times: ALWAYS }),
        ]),
  ];
}

/** An error that a Retry entry is for: throttling where it is among them, as that is what happens most. */
function transient(errors: readonly string[]): { readonly fault: Omit<FaultRule, 'step'>; readonly label: string } {
  if (errors.some((error) => /^States\.(ALL|TaskFailed)$/.test(error)))
    return { fault: { fault: 'throttling' }, label: 'throttling' };
  const error = errors.find((name) => /throttl|TooManyRequests|SlowDown|LimitExceeded/i.test(name)) ?? errors[0] ?? '';
  return { fault: named(error), label: error };
}

function named(error: string): Omit<FaultRule, 'step'> {
  return { fault: 'throttling', error: { name: error, message: `${error}, as it is simulated` } };
}

function approvalCases(step: string, happy: RunCase): readonly AutomaticCase[] {
  const expected = { kind: 'approval is refused', step } as const;
  const answered = (decision: 'refuse' | 'none'): RunCase => ({
    ...happy,
    approvals: { ...happy.approvals, [step]: decision },
  });
  return [
    { ...answered('refuse'), name: `${step} is refused`, expected },
    { ...answered('none'), name: `${step} is not answered`, expected },
  ];
}

const UNDO = 'Undo ';

/** For each inverse that a failed run made: the same run, with that inverse failing, and with it throttled once. */
export function inverseCases(
  definition: StateMachineDefinition,
  failures: readonly FailedRun[],
): readonly AutomaticCase[] {
  return [...statesOf(definition)].flatMap(([name, state]) => {
    // The last one, as it undoes most.
    const failure = failures.findLast(({ run }) => run.states.has(name));
    if (state.Type !== 'Task' || !name.startsWith(UNDO) || failure === undefined) return [];
    const step = name.slice(UNDO.length).replace(/ each$/, '');
    const undone = failure.run.steps.filter((one) => one.undone && one.id !== step).map(({ id }) => id);
    const expected = { kind: 'inverse fails', step, undone } as const;
    const withFault = (title: string, fault: FaultRule, all: Expected): AutomaticCase => ({
      ...failure.case,
      name: `${failure.case.name}, and the inverse of ${step} ${title}`,
      faults: [...(failure.case.faults ?? []), fault],
      expected: all,
    });
    return [
      withFault('fails', { step: name, fault: 'access-denied', times: ALWAYS }, expected),
      ...(state.Retry ?? []).map(({ ErrorEquals: errors }) =>
        withFault(
          `is tried again after ${transient(errors).label}`,
          { ...transient(errors).fault, step: name, times: 1 },
          failure.case.expected,
        ),
      ),
    ];
  });
}
