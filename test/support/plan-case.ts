import { toAsl } from '../../lib/asl/to-asl.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import type { WorkflowExecutor } from '../../lib/engine/execution.ts';
import { type Planning, planWorkflow, type WorkflowPlan } from '../../lib/engine/plan-workflow.ts';
import { validateParameters } from '../../lib/engine/validate-parameters.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createSimulatedAccount, type SimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock, type VirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor } from '../../lib/local/local-executor.ts';
import type { RunCase } from '../../lib/local/run-case.ts';
import { catalog } from './compile.ts';

export interface PlanBench {
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly executor: WorkflowExecutor;
}

/** An account of its own, in virtual time, and the executor over it. */
export function planBench({ world, faults }: Omit<RunCase, 'parameters'> = {}): PlanBench {
  const clock = createVirtualClock();
  const account = createSimulatedAccount({
    catalog: catalog(),
    clock,
    random: () => 0.5,
    ...(world === undefined ? {} : { seed: world }),
    ...(faults === undefined ? {} : { faults }),
  });
  const executor = createLocalExecutor({
    account,
    clock,
    random: () => 0.5,
    definitionOf: (bytecode) => toAsl(bytecode, account.place.partition),
    policyOf: (bytecode) => toPolicy(bytecode, account.place),
  });
  return { account, clock, executor };
}

/** Plans a run with these parameters. Fails where they are refused. */
export async function planningOf(
  bytecode: Bytecode,
  parameters: Readonly<Record<string, unknown>>,
  { executor }: PlanBench,
): Promise<Planning> {
  const checked = validateParameters(bytecode.parameters, parameters);
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('. '));
  return planWorkflow(bytecode, checked.values, executor);
}

/** The plan of a run that can be planned. */
export async function planOf(
  bytecode: Bytecode,
  parameters: Readonly<Record<string, unknown>>,
  bench: PlanBench = planBench(),
): Promise<WorkflowPlan> {
  const planning = await planningOf(bytecode, parameters, bench);
  if (planning.outcome === 'failed') throw new Error(`${planning.error}: ${planning.cause}`);
  return planning.plan;
}
