import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { planScope } from '../compiler/plan-scope.ts';
import { type Place, type PolicyDocument, toPolicy } from './to-policy.ts';

/** The policy of the role that makes a plan: what the reading steps of the plan need, and nothing that changes. */
export function toPlanPolicy(bytecode: Bytecode, place: Place): PolicyDocument {
  return toPolicy({ ...bytecode, execution_plan: planReads(bytecode) }, place);
}

/** The steps that a plan makes, without what would undo them. */
export function planReads(bytecode: Bytecode): readonly PlanEntry[] {
  const { reads } = planScope(bytecode);
  return bytecode.execution_plan
    .filter(({ step_id: id }) => reads.has(id))
    .map(({ undo: _, ...entry }): PlanEntry => entry);
}
