import * as z from 'zod';
import { defineTool } from '../tool.ts';
import { unknownExecution } from '../unknown-execution.ts';
import { cleanText } from '../untrusted-text.ts';

export const cancelExecution = defineTool({
  name: 'cancel_execution',
  title: 'Stop a workflow run',
  description:
    'Stop a run that you started. What it has done already stays done. A run that has ended is left as it is.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({
    execution_id: z.string().min(1).max(512),
    reason: z.string().max(200).optional().describe('Kept in the history of the run'),
  }),
  output: z.object({
    execution_id: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']).describe('As it stands now'),
  }),
  async run({ execution_id: executionId, reason = 'No reason given' }, { principal }, { engine }) {
    const outcome = await engine.cancel(executionId, { principal, reason: cleanText(reason, 200) });
    if (outcome.outcome === 'unknown') return { kind: 'error', error: unknownExecution() };
    const report = await engine.get(executionId, { principal });
    const output = { execution_id: executionId, status: report?.status ?? ('ABORTED' as const) };
    const subject = { workflow: `${outcome.workflow.name}@${outcome.workflow.version}`, executionId };
    return { kind: 'result', output, decision: 'stopped', subject };
  },
});
