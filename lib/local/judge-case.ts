import { INVALID_PARAMETER_ERROR } from '../asl/to-asl.ts';
import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import type { AutomaticCase } from './automatic-cases.ts';
import type { CaseRun } from './run-case.ts';

/** Errors that no workflow means: of the interpreter, of an expression that finds something missing, of a dead end. */
const UNDECLARED: ReadonlySet<string> = new Set([
  'Local.Fault',
  'States.Runtime',
  'States.QueryEvaluationError',
  'States.NoChoiceMatched',
]);

/**
 * What is wrong with the run of an automatic case, by what the workflow declares: a step with `on_error: continue` is
 * passed over, one with `fail` ends the run, any other has all undone that was done. Nothing where all is as it has to be.
 */
export function problemsOf(bytecode: Bytecode, one: AutomaticCase, run: CaseRun): readonly string[] {
  const { status, error, cause = '' } = run.execution;
  const { expected } = one;
  const shown = `it ended as ${status}${error === undefined ? '' : ` with ${error}: ${cause}`}`;
  if (UNDECLARED.has(error ?? '')) return [shown];
  if (status === 'TIMED_OUT') return [`it was still running after max_duration (${bytecode.security.max_duration} s)`];
  if (expected.kind === 'input is refused') {
    const refused = error === INVALID_PARAMETER_ERROR && run.unchanged;
    return refused ? [] : [`${shown}, although its input breaks a rule`];
  }
  if (expected.kind === 'recovers') return status === 'SUCCEEDED' ? [] : [`${shown}, although it may try again`];
  return [...expectedEnd(bytecode, one, run, shown), ...restoreProblems(bytecode, one, run)];
}

function expectedEnd(
  { execution_plan: plan }: Bytecode,
  { expected }: AutomaticCase,
  run: CaseRun,
  shown: string,
): readonly string[] {
  if (!('step' in expected)) return [];
  const { step } = expected;
  const { status } = run.execution;
  if (expected.kind === 'inverse fails') {
    const lacking = expected.undone.filter((id) => !run.steps.some((one) => one.id === id && one.undone));
    return [
      ...(notUndone(run).includes(step) ? [] : [`${shown}, which does not say that ${step} is not undone`]),
      ...(lacking.length === 0 ? [] : [`${lacking.join(', ')} not undone, because another inverse failed`]),
    ];
  }
  const report = run.steps.find(({ id }) => id === step);
  if (report?.status === 'SKIPPED') return [];
  if (report?.status !== 'FAILED') return [`${step} is shown as ${report?.status ?? 'missing'}`];
  const goesOn = plan.some(({ step_id: id, on_error }) => id === step && on_error === 'continue');
  if (!goesOn) return status === 'FAILED' ? [] : [`${shown}, although ${step} failed`];
  const endedBy = run.steps.filter((one) => one.status === 'FAILED' && !continues(plan, one.id));
  return status === 'SUCCEEDED' || endedBy.length > 0 ? [] : [`${shown}, although ${step} may fail`];
}

/** A run that failed has all undone that was done, or says what is not; what an unanswered call did is not known to it. */
function restoreProblems(
  { execution_plan: plan }: Bytecode,
  { faults = [] }: AutomaticCase,
  run: CaseRun,
): readonly string[] {
  if (run.execution.status !== 'FAILED' || endsWithoutUndo(plan, run)) return [];
  const statusOf = (id: string): string | undefined => run.steps.find((step) => step.id === id)?.status;
  const done = plan.filter(({ step_id: id, call }) => changes(call) && statusOf(id) === 'SUCCEEDED');
  // Nothing takes back what a list without an inverse came to before it failed.
  const isPart = ({ step_id: id, call, for_each: list, undo }: PlanEntry): boolean =>
    list !== undefined && undo === undefined && changes(call) && statusOf(id) === 'FAILED';
  if (plan.some(isPart)) return [];
  const told = notUndone(run);
  const isUndone = ({ step_id: id }: PlanEntry): boolean => run.steps.some((step) => step.id === id && step.undone);
  const silent = done.filter((entry) => entry.undo !== undefined && !isUndone(entry) && !told.includes(entry.step_id));
  if (silent.length > 0) {
    const names = silent.map(({ step_id: id }) => id).join(', ');
    return [`${names} not undone, and the cause does not say so`];
  }
  if (!done.every(isUndone) || told.length > 0) return [];
  const excused = faults.flatMap(({ step = '' }) => run.changedBy[step] ?? []);
  const left = run.changed.filter((name) => !excused.includes(name));
  return left.length === 0 ? [] : [`the account is not as it was before: ${left.join(', ')}`];
}

function changes(call: PlanEntry['call']): boolean {
  return call !== undefined && call.effect !== 'read';
}

function continues(plan: readonly PlanEntry[], id: string): boolean {
  return plan.some((entry) => entry.step_id === id && entry.on_error === 'continue');
}

function endsWithoutUndo(plan: readonly PlanEntry[], run: CaseRun): boolean {
  return plan.some(
    ({ step_id: id, on_error }) =>
      on_error === 'fail' && run.steps.some((step) => step.id === id && step.status === 'FAILED'),
  );
}

/** The steps that the cause tells were not undone. */
function notUndone({ execution }: CaseRun): readonly string[] {
  const [, list = ''] = /Not undone: (.+?)\.(?= |$)/s.exec(execution.cause ?? '') ?? [];
  // Of a list it says how much: `tag_all (1 of 3)`.
  return list === '' ? [] : list.split(', ').map((name) => name.replace(/ \(.*\)$/, ''));
}
