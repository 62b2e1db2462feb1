import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import type { CaseRun, RunCase } from './run-case.ts';

/** A case that fails at one step, whatever it tries, and what has to come of it. */
export interface FaultCase extends RunCase {
  readonly name: string;
  readonly step: string;
  readonly expected: 'goes on' | 'fails';
  /** True where every change before the step has an inverse. */
  readonly restores: boolean;
}

/** More often than any retry. */
const ALWAYS = 1_000;

/** For each step that makes a call: the same run, with that call failing for good. */
export function faultCases(bytecode: Bytecode, happy: RunCase): readonly FaultCase[] {
  const plan = bytecode.execution_plan;
  return plan.flatMap((entry, index) => {
    if (entry.call === undefined) return [];
    const step = entry.for_each === undefined ? entry.step_id : `${entry.step_id} each`;
    const before = plan.slice(0, index);
    return [
      {
        ...happy,
        name: `${entry.step_id} fails`,
        step: entry.step_id,
        faults: [...(happy.faults ?? []), { step, fault: 'server-error', times: ALWAYS }],
        expected: entry.on_error === 'continue' ? 'goes on' : 'fails',
        restores: entry.on_error !== 'fail' && before.every(hasNoTrace),
      },
    ];
  });
}

function hasNoTrace({ call, undo }: PlanEntry): boolean {
  return call === undefined || call.effect === 'read' || undo !== undefined;
}

/** What is wrong with the run of a fault case; nothing where all is as it has to be. */
export function problemsOf(one: FaultCase, run: CaseRun): readonly string[] {
  const { status, error } = run.execution;
  const step = run.steps.find(({ id }) => id === one.step);
  const reached = step?.status === 'FAILED';
  if (step?.status === 'SKIPPED') return [];
  return [
    ...(error === 'Local.Fault' || error === 'States.Runtime'
      ? [`it ended with ${error}: ${run.execution.cause ?? ''}`]
      : []),
    ...(one.expected === 'fails' && status !== 'FAILED' ? [`it ended as ${status} although ${one.step} failed`] : []),
    ...(one.expected === 'goes on' && status !== 'SUCCEEDED' ? [`it ended as ${status} although it may go on`] : []),
    ...(one.expected === 'fails' && !reached ? [`${one.step} is shown as ${step?.status ?? 'missing'}`] : []),
    ...(one.expected === 'fails' && one.restores && !run.unchanged ? ['the account is not as it was before'] : []),
  ];
}
