import type { Bytecode } from '../compiler/bytecode.ts';
import type { WorkflowExecutor } from '../engine/execution.ts';
import { planWorkflow } from '../engine/plan-workflow.ts';
import type { ParameterValue } from '../engine/validate-parameters.ts';

/** Why a run may not start under a plan: it would do something else by now. Undefined where it would do just that. */
export async function planProblem(
  bytecode: Bytecode,
  values: Readonly<Record<string, ParameterValue>>,
  planId: string | undefined,
  executor: WorkflowExecutor,
): Promise<{ readonly code: string; readonly message: string; readonly plan_id?: string } | undefined> {
  if (planId === undefined) return undefined;
  const planning = await planWorkflow(bytecode, values, executor);
  if (planning.outcome === 'failed') {
    return { code: 'PLAN_FAILED', message: `The plan could not be made: ${planning.error}: ${planning.cause}` };
  }
  const { planId: now } = planning.plan;
  if (now === planId) return undefined;
  const message = `The workflow would do something else than ${planId}; look at the plan again, it is ${now} now`;
  return { code: 'PLAN_CHANGED', message, plan_id: now };
}
