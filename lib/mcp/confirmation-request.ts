import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import { showValue } from '../diagnostics/show-value.ts';
import type { ParameterValue } from '../engine/validate-parameters.ts';
import { cleanText } from './untrusted-text.ts';

/** What a person is asked to agree to, made from the plan and the values alone: nothing the author wrote in words. */
export function confirmationRequest(bytecode: Bytecode, values: Readonly<Record<string, ParameterValue>>): string {
  const { metadata, security, execution_plan: plan } = bytecode;
  const given = parameterLines(bytecode, values);
  return [
    `Run ${metadata.name} ${metadata.version} in AWS? ${cleanText(metadata.summary)}`,
    `Effect: ${security.effect}. Risk: ${security.risk_score} of 10. Tier: ${metadata.tier}.`,
    'Calls:',
    ...callLines(plan),
    ...(given.length > 0 ? ['Parameters:', ...given] : []),
  ].join('\n');
}

/** One line for each call that the entries make, and for what undoes it. */
export function callLines(plan: readonly PlanEntry[]): readonly string[] {
  return plan.flatMap((entry) => [
    ...(entry.call ? [`- ${entry.step_id}: ${actionOf(entry)} (${entry.call.effect})`] : []),
    ...(entry.undo ? [`- ${entry.step_id}, if undone: ${entry.undo.service}:${entry.undo.operation}`] : []),
  ]);
}

/** One line for each value; of a secret, only that there is one. */
export function parameterLines(
  { parameters }: Bytecode,
  values: Readonly<Record<string, ParameterValue>>,
): readonly string[] {
  const secret = new Set(parameters.filter(({ sensitive }) => sensitive).map(({ name }) => name));
  return Object.entries(values).map(
    ([name, value]) => `- ${name} = ${secret.has(name) ? '(a secret)' : showValue(value)}`,
  );
}
