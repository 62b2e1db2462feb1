import { inputRequired } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { StartOptions, StartOutcome } from '../../engine/start-outcome.ts';
import { confirmationRequest } from '../confirmation-request.ts';
import { LIMITS } from '../limits.ts';
import { defineTool, type Subject, type ToolCall, type ToolError, type ToolOutcome } from '../tool.ts';

const input = z.strictObject({
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(32).optional().describe('The newest version where left out'),
  params: z
    .looseObject({})
    .meta({ additionalProperties: true })
    .default({})
    .describe('Values for the parameters, as params_schema of describe_workflow says'),
  expected_checksum: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional()
    .describe('The checksum that describe_workflow gave: the call is refused if the workflow has changed since'),
  idempotency_key: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .optional()
    .describe('Calls with the same key start one execution'),
  confirmation_token: z
    .string()
    .max(512)
    .optional()
    .describe('From an earlier CONFIRMATION_REQUIRED, once the person has agreed to its summary'),
  dry_run: z.boolean().optional().describe('Check everything, start nothing'),
});

const output = z.object({
  status: z.enum(['RUNNING', 'CONFIRMATION_REQUIRED', 'VALID']),
  workflow: z.string(),
  version: z.string(),
  checksum: z.string(),
  execution_id: z.string().optional().describe('For get_execution and cancel_execution; only you can use it'),
  poll_after_ms: z.int().min(0).max(60_000).optional(),
  console_url: z.string().optional(),
  summary: z.string().optional().describe('What would run, for a person to agree to'),
  confirmation_token: z.string().optional(),
  expires_at: z.string().optional(),
  next: z.string().describe('What to do next'),
});

export const executeWorkflow = defineTool({
  name: 'execute_workflow',
  title: 'Run an AWS workflow',
  description:
    'Start a workflow in AWS. One that only reads starts at once; any other is confirmed by a person first: either the client asks, or the answer is CONFIRMATION_REQUIRED with a summary to show and a confirmation_token to send with the same arguments once the person agrees.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input,
  output,
  async run(args, call, { engine }) {
    if (Buffer.byteLength(JSON.stringify(args.params)) > LIMITS.parametersBytes)
      return { kind: 'error', error: TOO_LARGE };
    if (call.answer && !call.answer.agreed) return { kind: 'error', error: DECLINED };
    const outcome = await engine.start(args.name, args.version, args.params, optionsOf(args, call));
    return answerTo(outcome, call);
  },
});

const TOO_LARGE: ToolError = {
  code: 'PARAMS_TOO_LARGE',
  message: `params may have ${LIMITS.parametersBytes} bytes of JSON`,
};

const DECLINED: ToolError = {
  code: 'DECLINED',
  message: 'The person did not agree. Nothing was started',
  hint: 'Do not try again unless the person asks for it',
};

function optionsOf(args: z.infer<typeof input>, { principal, answer }: ToolCall): StartOptions {
  const token = args.confirmation_token ?? answer?.token;
  return {
    principal,
    ...(args.expected_checksum !== undefined && { expectedChecksum: args.expected_checksum }),
    ...(args.idempotency_key !== undefined && { idempotencyKey: args.idempotency_key }),
    ...(args.dry_run !== undefined && { dryRun: args.dry_run }),
    ...(token !== undefined && { confirmation: { token } }),
  };
}

function answerTo(outcome: StartOutcome, call: ToolCall): ToolOutcome<z.infer<typeof output>> {
  const subject = subjectOf(outcome);
  if (outcome.outcome === 'refused') return { kind: 'error', error: errorOf(outcome), ...(subject && { subject }) };
  const { metadata, checksum } = outcome.bytecode;
  const workflow = { workflow: metadata.name, version: metadata.version, checksum };
  if (outcome.outcome === 'started') {
    const { executionId, consoleUrl } = outcome;
    const started = {
      execution_id: executionId,
      poll_after_ms: LIMITS.pollAfterMs,
      ...(consoleUrl && { console_url: consoleUrl }),
    };
    const result = {
      status: 'RUNNING' as const,
      ...workflow,
      ...started,
      next: 'Call get_execution with execution_id',
    };
    return { kind: 'result', output: result, decision: 'started', subject: { ...subject, executionId } };
  }
  const summary = confirmationRequest(outcome.bytecode, outcome.parameters);
  if (outcome.outcome === 'valid') {
    const result = { status: 'VALID' as const, ...workflow, summary, next: 'Call again without dry_run to start it' };
    return { kind: 'result', output: result, decision: 'dry-run', ...(subject && { subject }) };
  }
  if (call.canAsk) return { kind: 'ask', question: questionFor(summary, outcome.token), ...(subject && { subject }) };
  const result = {
    status: 'CONFIRMATION_REQUIRED' as const,
    ...workflow,
    summary,
    confirmation_token: outcome.token,
    expires_at: new Date(outcome.expiresAt).toISOString(),
    next: 'Show the summary to the person. If they agree, call again with the same arguments and confirmation_token',
  };
  return { kind: 'result', output: result, decision: 'confirmation-required', ...(subject && { subject }) };
}

/** The token goes along as the opaque state of the question, and comes back with the answer. */
function questionFor(summary: string, token: string) {
  const confirm = inputRequired.elicit({
    message: summary,
    requestedSchema: {
      type: 'object',
      properties: { confirm: { type: 'boolean', title: 'Run it', description: 'Start this workflow in AWS now' } },
      required: ['confirm'],
    },
  });
  return inputRequired({ inputRequests: { confirm }, requestState: token });
}

function errorOf({ code, message, hint, problems }: Extract<StartOutcome, { outcome: 'refused' }>): ToolError {
  return { code, message, hint, ...(problems && { problems: problems.map((problem) => ({ ...problem })) }) };
}

function subjectOf({ bytecode }: StartOutcome): Subject | undefined {
  return (
    bytecode && { workflow: `${bytecode.metadata.name}@${bytecode.metadata.version}`, checksum: bytecode.checksum }
  );
}
