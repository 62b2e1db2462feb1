import { createHash } from 'node:crypto';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalJson } from '../compiler/checksum.ts';
import { showValue } from '../diagnostics/show-value.ts';
import type { WorkflowStorage } from '../registry/workflow-storage.ts';
import type { AnswerOptions, AnswerOutcome, AnswerProblemCode, ApprovalAnswer } from './answer-outcome.ts';
import { type WaitingApproval, waitingApprovals } from './approvals.ts';
import { type Confirmable, checkWithKeys, issueConfirmation } from './confirmation.ts';
import type { EngineSecurity } from './engine-security.ts';
import type { Execution, WorkflowExecutor } from './execution.ts';
import { type ExecutionHandle, openHandle } from './execution-handle.ts';
import type { ParameterValue } from './validate-parameters.ts';

interface Services {
  readonly storage: WorkflowStorage;
  readonly security: EngineSecurity;
  readonly executor: WorkflowExecutor;
}

type Problem = Extract<AnswerOutcome, { outcome: 'refused' }>;

/** A question that this caller may answer, with all that the answer is bound to. */
interface Question {
  readonly handle: ExecutionHandle;
  readonly bytecode: Bytecode;
  readonly execution: Execution;
  readonly approval: WaitingApproval;
}

/**
 * Answers an approval that a run of this caller waits for, or says what stands in the way. An approval needs a
 * confirmation, as a start does; a refusal does not, because it never lets anything happen. An answer counts once.
 */
export async function answerApproval(
  answer: ApprovalAnswer,
  options: AnswerOptions,
  services: Services,
): Promise<AnswerOutcome> {
  const question = await questionOf(answer, options, services);
  if ('outcome' in question) return question;
  const { bytecode, approval } = question;
  const approve = answer.decision === 'approve';
  const barrier = approve ? notConfirmed(question, answer, options, services.security) : undefined;
  if (barrier !== undefined) return barrier;
  const { principal: by, reason } = options;
  const said = approve
    ? { approved: true as const, by }
    : { approved: false as const, by, ...(reason !== undefined && { reason }) };
  const arrived = await services.executor.answerTask(approval.token, said);
  if (!arrived) return noSuchApproval(answer.step, bytecode);
  return { outcome: approve ? 'approved' : 'refused-by-person', bytecode };
}

async function questionOf(
  { executionId, step }: ApprovalAnswer,
  { principal, workflow, version, expectedChecksum }: AnswerOptions,
  { storage, security, executor }: Services,
): Promise<Question | Problem> {
  const handle = openHandle(security, principal, executionId);
  const execution = handle && (await executor.get(handle.workflowId, handle.executionName));
  if (!handle || !execution) {
    const hint = 'Use the execution_id that execute_workflow gave; ids work only for the caller who started the run';
    return refuse('UNKNOWN_EXECUTION', 'There is no such execution', hint);
  }
  if ((workflow ?? handle.name) !== handle.name || (version ?? handle.version) !== handle.version) {
    const message = `The execution is one of ${handle.name} ${handle.version}`;
    return refuse('ANOTHER_WORKFLOW', message, 'Name the workflow whose execution it is');
  }
  const bytecode = await storage.load(handle.name, handle.version);
  if (bytecode === undefined) return noSuchApproval(step);
  if (expectedChecksum !== undefined && expectedChecksum !== bytecode.checksum) {
    const message = `The workflow is not the one that was described: its checksum is ${bytecode.checksum}`;
    return refuse('CHECKSUM_MISMATCH', message, 'Read describe_workflow again before answering', bytecode);
  }
  const waiting = execution.status === 'RUNNING' ? waitingApprovals(bytecode, execution.history) : [];
  const approval = waiting.find(({ stepId }) => stepId === step);
  return approval ? { handle, bytecode, execution, approval } : noSuchApproval(step, bytecode);
}

/** What an approval still lacks: a confirmation that fits it. */
function notConfirmed(
  { handle, bytecode, execution, approval }: Question,
  { executionId }: ApprovalAnswer,
  { principal, confirmation }: AnswerOptions,
  security: EngineSecurity,
): AnswerOutcome | undefined {
  if (confirmation === 'given') return undefined;
  const { name, version } = bytecode.metadata;
  const what: Confirmable = {
    principal,
    name,
    version,
    checksum: bytecode.checksum,
    parametersDigest: sha256(canonicalJson(execution.input ?? null)),
    approval: { executionId, step: approval.stepId, questionDigest: sha256(approval.token) },
  };
  if (confirmation === undefined) {
    const issued = issueConfirmation(security.hmacKey, what, handle.executionName, security.now());
    const { token: _, ...shown } = approval;
    const parameters = execution.input as Readonly<Record<string, ParameterValue>>;
    return { outcome: 'confirmation-required', bytecode, approval: shown, parameters, ...issued };
  }
  const check = checkWithKeys(security, what, confirmation.token);
  if (check.outcome === 'expired') {
    return refuse('CONFIRMATION_EXPIRED', 'The confirmation is too old', ASK_AGAIN, bytecode);
  }
  if (check.outcome === 'valid' && check.executionName === handle.executionName) return undefined;
  const message = 'The confirmation fits only the caller, the run and the question that it was given for';
  return refuse('CONFIRMATION_INVALID', message, ASK_AGAIN, bytecode);
}

const ASK_AGAIN = 'Call execute_workflow with the same approval and without confirmation_token to get a new one';

function noSuchApproval(step: string, bytecode?: Bytecode): Problem {
  const message = `No approval of the step ${showValue(step)} waits for an answer`;
  return refuse('NO_SUCH_APPROVAL', message, 'get_execution shows what the run waits for now', bytecode);
}

function refuse(code: AnswerProblemCode, message: string, hint: string, bytecode?: Bytecode): Problem {
  return { outcome: 'refused', code, message, hint, ...(bytecode && { bytecode }) };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}
