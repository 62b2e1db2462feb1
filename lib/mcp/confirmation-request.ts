import type { Bytecode } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import { showValue } from '../diagnostics/show-value.ts';
import type { ParameterValue } from '../engine/validate-parameters.ts';
import { cleanText } from './untrusted-text.ts';

/** What a person is asked to agree to, made from the plan and the values alone: nothing the author wrote in words. */
export function confirmationRequest(bytecode: Bytecode, values: Readonly<Record<string, ParameterValue>>): string {
  const { metadata, security, execution_plan: plan } = bytecode;
  const calls = plan.flatMap((entry) => [
    ...(entry.call ? [`- ${entry.step_id}: ${actionOf(entry)} (${entry.call.effect})`] : []),
    ...(entry.undo ? [`- ${entry.step_id}, if undone: ${entry.undo.service}:${entry.undo.operation}`] : []),
  ]);
  const secret = new Set(bytecode.parameters.filter(({ sensitive }) => sensitive).map(({ name }) => name));
  const given = Object.entries(values).map(
    ([name, value]) => `- ${name} = ${secret.has(name) ? '(a secret)' : showValue(value)}`,
  );
  return [
    `Run ${metadata.name} ${metadata.version} in AWS? ${cleanText(metadata.summary)}`,
    `Effect: ${security.effect}. Risk: ${security.risk_score} of 10. Tier: ${metadata.tier}.`,
    'Calls:',
    ...calls,
    ...(given.length > 0 ? ['Parameters:', ...given] : []),
  ].join('\n');
}
