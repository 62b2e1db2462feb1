import { inputRequired } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { AnswerOptions, AnswerOutcome } from '../engine/answer-outcome.ts';
import { approvalRequest } from './approval-request.ts';
import { LIMITS } from './limits.ts';
import type { Engine, Subject, ToolCall, ToolError, ToolOutcome } from './tool.ts';

/** The argument of execute_workflow that answers an approval in place of starting a run. */
export const approvalArgument = z.strictObject({
  execution_id: z.string().min(1).max(512),
  step: z.string().min(1).max(100).describe('As get_execution names it in approvals'),
  decision: z.enum(['approve', 'refuse']).describe("The person's own decision, never yours"),
});

export interface AnswerArguments {
  readonly name: string;
  readonly version?: string | undefined;
  readonly expected_checksum?: string | undefined;
  readonly confirmation_token?: string | undefined;
  readonly dry_run?: boolean | undefined;
  readonly approval: z.infer<typeof approvalArgument>;
}

export interface AnswerOutput {
  readonly status: 'APPROVED' | 'REFUSED' | 'CONFIRMATION_REQUIRED';
  readonly workflow: string;
  readonly version: string;
  readonly checksum: string;
  readonly execution_id: string;
  readonly poll_after_ms?: number;
  readonly summary?: string;
  readonly confirmation_token?: string;
  readonly expires_at?: string;
  readonly next: string;
}

/** Answers an approval for a person. To approve is confirmed as a start is; to refuse needs no confirmation. */
export async function answerApproval(
  args: AnswerArguments,
  call: ToolCall,
  engine: Engine,
): Promise<ToolOutcome<AnswerOutput>> {
  const { execution_id: executionId, step, decision } = args.approval;
  if (args.dry_run) return { kind: 'error', error: NO_DRY_RUN };
  if (decision === 'approve' && call.answer && !call.answer.agreed) return { kind: 'error', error: DECLINED };
  const outcome = await engine.answer({ executionId, step, decision }, optionsOf(args, call));
  return toolOutcome(outcome, args.approval, call);
}

const NO_DRY_RUN: ToolError = {
  code: 'INVALID_ARGUMENTS',
  message: 'dry_run goes with a start; an approval is answered or it is not',
  hint: 'get_execution shows what the run waits for',
};

const DECLINED: ToolError = {
  code: 'DECLINED',
  message: 'The person did not agree. Nothing was answered: the run still waits',
  hint: 'To refuse the approval, which ends the run, the person has to say so: call again with the decision refuse',
};

function optionsOf(args: AnswerArguments, { principal, answer }: ToolCall): AnswerOptions {
  const token = args.confirmation_token ?? answer?.token;
  return {
    principal,
    workflow: args.name,
    ...(args.version !== undefined && { version: args.version }),
    ...(args.expected_checksum !== undefined && { expectedChecksum: args.expected_checksum }),
    ...(token !== undefined && { confirmation: { token } }),
  };
}

function toolOutcome(
  outcome: AnswerOutcome,
  { execution_id: executionId, step }: AnswerArguments['approval'],
  call: ToolCall,
): ToolOutcome<AnswerOutput> {
  const subject = subjectOf(outcome, executionId, step);
  if (outcome.outcome === 'refused') {
    const { code, message, hint } = outcome;
    return { kind: 'error', error: { code, message, hint }, ...(subject && { subject }) };
  }
  const { metadata, checksum } = outcome.bytecode;
  const run = { workflow: metadata.name, version: metadata.version, checksum, execution_id: executionId };
  if (outcome.outcome !== 'confirmation-required') {
    const status = outcome.outcome === 'approved' ? 'APPROVED' : 'REFUSED';
    const next = 'Call get_execution with execution_id to see how the run goes on';
    const output: AnswerOutput = { status, ...run, poll_after_ms: LIMITS.pollAfterMs, next };
    return { kind: 'result', output, decision: outcome.outcome, ...(subject && { subject }) };
  }
  const summary = approvalRequest(outcome.bytecode, outcome.approval, outcome.parameters);
  if (call.canAsk) return { kind: 'ask', question: questionFor(summary, outcome.token), ...(subject && { subject }) };
  const output: AnswerOutput = {
    status: 'CONFIRMATION_REQUIRED',
    ...run,
    summary,
    confirmation_token: outcome.token,
    expires_at: new Date(outcome.expiresAt).toISOString(),
    next: 'Show the summary to the person. If they approve, call again with the same approval and confirmation_token',
  };
  return { kind: 'result', output, decision: 'confirmation-required', ...(subject && { subject }) };
}

/** The token goes along as the opaque state of the question, and comes back with the answer. */
function questionFor(summary: string, token: string) {
  const confirm = inputRequired.elicit({
    message: summary,
    requestedSchema: {
      type: 'object',
      properties: { confirm: { type: 'boolean', title: 'Approve', description: 'Let this run go on in AWS now' } },
      required: ['confirm'],
    },
  });
  return inputRequired({ inputRequests: { confirm }, requestState: token });
}

/** Nothing of what the caller only claims: the execution is named only where it is theirs. */
function subjectOf(outcome: AnswerOutcome, executionId: string, step: string): Subject | undefined {
  if (outcome.bytecode === undefined) return undefined;
  const { metadata, checksum } = outcome.bytecode;
  return { workflow: `${metadata.name}@${metadata.version}`, checksum, executionId, step: shownStep(outcome, step) };
}

/** A step of the plan, whatever the caller wrote. */
function shownStep({ bytecode }: AnswerOutcome, step: string): string {
  return bytecode?.execution_plan.some(({ step_id: id }) => id === step) ? step : 'unknown';
}
