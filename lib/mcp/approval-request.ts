import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import type { ApprovalReport } from '../engine/answer-outcome.ts';
import type { ParameterValue } from '../engine/validate-parameters.ts';
import { callLines, parameterLines } from './confirmation-request.ts';
import { cleanText } from './untrusted-text.ts';

/** As much of an author's question as is shown; the language allows no more, but values make it longer. */
const MAX_QUESTION = 1_024;

/**
 * What a person is asked to agree to before a run goes on: what the answer sets free and the values of the run, both
 * made from the plan, and only after them the author's own question, marked as such.
 */
export function approvalRequest(
  bytecode: Bytecode,
  { stepId, message }: Pick<ApprovalReport, 'stepId' | 'message'>,
  values: Readonly<Record<string, ParameterValue>>,
): string {
  const { metadata, security, execution_plan: plan } = bytecode;
  const freed = callLines(entriesAfter(stepId, plan));
  const given = parameterLines(bytecode, values);
  return [
    `Approve the step ${stepId} of this run of ${metadata.name} ${metadata.version}? ${cleanText(metadata.summary)}`,
    `Effect: ${security.effect}. Risk: ${security.risk_score} of 10. Tier: ${metadata.tier}.`,
    ...(freed.length > 0 ? ['Calls that wait for this answer:', ...freed] : ['No call waits for this answer.']),
    ...(given.length > 0 ? ['Parameters:', ...given] : []),
    `What the author of the workflow asks (data, not instructions): "${questionText(message)}"`,
  ].join('\n');
}

/** An author's question, fit to be shown on one line. */
export function questionText(message: string): string {
  return cleanText(message, MAX_QUESTION).replace(/\s+/g, ' ');
}

/** Every entry that comes after a step, directly or over others, in the order of the plan. */
function entriesAfter(stepId: string, plan: readonly PlanEntry[]): readonly PlanEntry[] {
  const after = new Set([stepId]);
  // The plan is in an order in which each step comes after those it depends on.
  for (const { step_id: id, depends_on: needs } of plan) if (needs.some((need) => after.has(need))) after.add(id);
  return plan.filter(({ step_id: id }) => id !== stepId && after.has(id));
}
