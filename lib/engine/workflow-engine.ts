import { createHash, randomBytes } from 'node:crypto';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { ParameterProblem } from '../compiler/check-value.ts';
import { canonicalJson } from '../compiler/checksum.ts';
import { callsOf } from '../compiler/plan-calls.ts';
import { showValue } from '../diagnostics/show-value.ts';
import type { WorkflowStorage } from '../registry/workflow-storage.ts';
import { answerApproval } from './answer-approval.ts';
import type { AnswerOptions, AnswerOutcome, ApprovalAnswer, ApprovalReport } from './answer-outcome.ts';
import { waitingApprovals } from './approvals.ts';
import type { CallerPermissions } from './caller-permissions.ts';
import { type Confirmable, checkWithKeys, issueConfirmation } from './confirmation.ts';
import { type EngineSecurity, keysOf, MIN_KEY_BYTES } from './engine-security.ts';
import {
  type Execution,
  ExecutionNameTaken,
  type OwnerLimit,
  TooManyExecutions,
  type WorkflowExecutor,
} from './execution.ts';
import { encodeHandle, executionNameFor, openHandle, ownerPrefix } from './execution-handle.ts';
import { keyedHash } from './keyed-hash.ts';
import { type RunBarrier, type Runner, runBarrier, tierBarrier } from './may-run.ts';
import { type Planning, planWorkflow, type WorkflowPlan } from './plan-workflow.ts';
import type {
  CancelOutcome,
  ExecutionReport,
  PlanOptions,
  PlanOutcome,
  StartOptions,
  StartOutcome,
  StartProblemCode,
} from './start-outcome.ts';
import { stepsFromHistory } from './steps-from-history.ts';
import { type ParameterValue, validateParameters } from './validate-parameters.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/** Checks, confirms and starts workflows, and tells each caller about the executions that are theirs. Keeps no state. */
export class WorkflowEngine {
  readonly #storage: WorkflowStorage;
  readonly #security: EngineSecurity;
  readonly #executor: WorkflowExecutor;
  readonly #permissions: CallerPermissions | undefined;

  /**
   * Throws where the key is too short to protect anything.
   * @param permissions where left out, callers may run workflows that do what they could not do themselves
   */
  constructor(
    storage: WorkflowStorage,
    security: EngineSecurity,
    executor: WorkflowExecutor,
    permissions?: CallerPermissions,
  ) {
    for (const { byteLength } of keysOf(security)) {
      if (byteLength < MIN_KEY_BYTES) {
        throw new RangeError(`A key of the engine has ${byteLength} bytes; it needs ${MIN_KEY_BYTES}`);
      }
    }
    this.#storage = storage;
    this.#security = security;
    this.#executor = executor;
    this.#permissions = permissions;
  }

  /** The workflow itself; the newest version where none is named. */
  describe(name: string, version?: string): Promise<Bytecode | undefined> {
    return this.#storage.load(name, version);
  }

  /** The newest version of every workflow, sorted by name. */
  list(): Promise<readonly Bytecode[]> {
    return this.#storage.list();
  }

  /**
   * Why this caller may not run a workflow, whatever the parameters are: the very answer that a start would give.
   * `undefined` where nothing stands in the way, and where there is no such workflow.
   */
  async barrier(
    { name, version, tier }: Pick<Bytecode['metadata'], 'name' | 'version' | 'tier'>,
    runner: Runner,
  ): Promise<RunBarrier | undefined> {
    requirePrincipal(runner.principal);
    const barrier = tierBarrier(tier, runner);
    if (barrier !== undefined || this.#permissions === undefined) return barrier;
    const bytecode = await this.#storage.load(name, version);
    return bytecode && runBarrier(bytecode, runner, this.#permissions);
  }

  /**
   * Starts a workflow, or says what stands in the way: the caller's mistakes and a missing confirmation are values.
   * Whatever changes something in AWS starts only with a confirmation. The same idempotency key, or the same token,
   * never starts a second execution.
   */
  async start(
    name: string,
    version: string | undefined,
    parameters: unknown,
    options: StartOptions,
  ): Promise<StartOutcome> {
    requirePrincipal(options.principal);
    const found = await this.#runnable(name, version, options.expectedChecksum);
    if ('outcome' in found) return found;
    const checked = validateParameters(found.parameters, parameters);
    if (!checked.ok) return invalidParameters(found, checked.problems);
    const barrier = await runBarrier(found, options, this.#permissions);
    if (barrier !== undefined) return { outcome: 'refused', ...barrier, bytecode: found };
    const permit = this.#permit(found, checked.values, options);
    if ('outcome' in permit && permit.outcome === 'refused') return permit;
    const planned = await this.#asPlanned(found, checked.values, options.planId, permit);
    if (planned !== undefined && 'outcome' in planned) return planned;
    if ('outcome' in permit) return { ...permit, ...(planned && { plan: planned }) };
    return this.#begin(found, permit.executionName, checked.values, options.principal);
  }

  /**
   * What a run with these parameters would do, or why that cannot be told. Nothing changes. It tells what is in the
   * account, so that it needs the same permissions as the run.
   */
  async plan(
    name: string,
    version: string | undefined,
    parameters: unknown,
    options: PlanOptions,
  ): Promise<PlanOutcome> {
    requirePrincipal(options.principal);
    const found = await this.#runnable(name, version, options.expectedChecksum);
    if ('outcome' in found) return found;
    const checked = validateParameters(found.parameters, parameters);
    if (!checked.ok) return invalidParameters(found, checked.problems);
    const barrier = await runBarrier(found, options, this.#permissions);
    if (barrier !== undefined) return { outcome: 'refused', ...barrier, bytecode: found };
    const planning = await planWorkflow(found, checked.values, this.#executor);
    if (planning.outcome === 'failed') return planFailed(found, planning);
    return { outcome: 'planned', bytecode: found, parameters: checked.values, plan: planning.plan };
  }

  /** The plan as it is now, if it is the one that the start names; a refusal where it is not. */
  async #asPlanned(
    bytecode: Bytecode,
    values: Values,
    planId: string | undefined,
    permit: Permit,
  ): Promise<WorkflowPlan | Refusal | undefined> {
    if (planId === undefined || (await this.#isStarted(bytecode, permit))) return undefined;
    const planning = await planWorkflow(bytecode, values, this.#executor);
    if (planning.outcome === 'failed') return planFailed(bytecode, planning);
    if (planning.plan.planId === planId) return planning.plan;
    const message = `What the workflow would do is not what was planned; the plan is ${planning.plan.planId} now`;
    return { ...refuse('PLAN_CHANGED', message, PLAN_AGAIN, bytecode), plan: planning.plan };
  }

  /** A start that is repeated finds its own changes: what it began is not planned again. */
  async #isStarted({ workflow_id: id }: Bytecode, permit: Permit): Promise<boolean> {
    return 'executionName' in permit && (await this.#executor.get(id, permit.executionName)) !== undefined;
  }

  /** How an execution of this caller stands; `undefined` for any id that this caller was not given. */
  async get(executionId: string, { principal }: { readonly principal: string }): Promise<ExecutionReport | undefined> {
    requirePrincipal(principal);
    const handle = openHandle(this.#security, principal, executionId);
    if (!handle) return undefined;
    const { workflowId, executionName } = handle;
    const execution = await this.#executor.get(workflowId, executionName);
    if (!execution) return undefined;
    const bytecode = await this.#storage.load(handle.name, handle.version);
    const steps = bytecode ? stepsFromHistory(bytecode, execution.history, execution.status) : [];
    const approvals = bytecode ? openApprovals(bytecode, execution) : [];
    const consoleUrl = this.#executor.consoleUrl(workflowId, executionName);
    const workflow = { name: handle.name, version: handle.version };
    return { executionId, workflow, steps, approvals, ...withoutHistory(execution), ...(consoleUrl && { consoleUrl }) };
  }

  /**
   * Answers an approval that an execution of this caller waits for, or says what stands in the way. To approve needs a
   * confirmation of that very question; to refuse needs none.
   */
  async answer(answer: ApprovalAnswer, options: AnswerOptions): Promise<AnswerOutcome> {
    requirePrincipal(options.principal);
    const services = { storage: this.#storage, security: this.#security, executor: this.#executor };
    return answerApproval(answer, options, services);
  }

  /** Stops an execution of this caller. One that has ended stays as it is. */
  async cancel(
    executionId: string,
    { principal, reason }: { readonly principal: string; readonly reason: string },
  ): Promise<CancelOutcome> {
    requirePrincipal(principal);
    const handle = openHandle(this.#security, principal, executionId);
    if (!handle) return { outcome: 'unknown' };
    const workflow = { name: handle.name, version: handle.version };
    const stopped = await this.#executor.stop(handle.workflowId, handle.executionName, reason);
    return stopped ? { outcome: 'stopped', workflow } : { outcome: 'unknown' };
  }

  async #runnable(
    name: string,
    version: string | undefined,
    expectedChecksum: string | undefined,
  ): Promise<Bytecode | Extract<StartOutcome, { outcome: 'refused' }>> {
    const bytecode = await this.#storage.load(name);
    if (!bytecode) {
      const message = `There is no workflow named ${showValue(name)}`;
      return refuse('UNKNOWN_WORKFLOW', message, 'Look for one with suggest_workflows');
    }
    const newest = bytecode.metadata.version;
    // One state machine stands for a workflow, made from its newest version: another would not run what it says.
    if (version !== undefined && version !== newest) {
      return refuse('VERSION_NOT_RUNNABLE', `Only version ${newest} can run`, `Leave version out, or give "${newest}"`);
    }
    if (expectedChecksum !== undefined && expectedChecksum !== bytecode.checksum) {
      const message = `The workflow is not the one that was described: its checksum is ${bytecode.checksum}`;
      return refuse('CHECKSUM_MISMATCH', message, 'Read describe_workflow again before running it', bytecode);
    }
    return bytecode;
  }

  /** The name that the execution may start under, or why it may not start yet. */
  #permit(bytecode: Bytecode, values: Values, options: StartOptions): Permit {
    const { hmacKey, now } = this.#security;
    const { principal, idempotencyKey, confirmation } = options;
    if (confirmation === 'given' || !needsConfirmation(bytecode)) {
      return { executionName: this.#newName(bytecode, principal, idempotencyKey) };
    }
    const what = { ...confirmable(bytecode, values, principal), ...(options.planId && { planId: options.planId }) };
    if (confirmation === undefined) {
      const issued = issueConfirmation(hmacKey, what, this.#newName(bytecode, principal, idempotencyKey), now());
      return { outcome: 'confirmation-required', bytecode, parameters: values, ...issued };
    }
    const check = checkWithKeys(this.#security, what, confirmation.token);
    if (check.outcome === 'expired') {
      return refuse('CONFIRMATION_EXPIRED', 'The confirmation is too old', ASK_AGAIN, bytecode);
    }
    const keyFits =
      check.outcome === 'valid' &&
      (idempotencyKey === undefined ||
        check.executionName === this.#newName(bytecode, principal, idempotencyKey, check.key));
    if (keyFits) return { executionName: check.executionName };
    const message = 'The confirmation fits only the caller, workflow, version and parameters that it was given for';
    return refuse('CONFIRMATION_INVALID', message, ASK_AGAIN, bytecode);
  }

  async #begin(bytecode: Bytecode, executionName: string, input: Values, principal: string): Promise<StartOutcome> {
    try {
      const limit = this.#limit(principal);
      await this.#executor.start({ bytecode, executionName, input, ...(limit && { limit }) });
    } catch (error) {
      if (error instanceof TooManyExecutions) {
        const hint = 'Wait until one of them has ended, or stop one with cancel_execution';
        const message = 'As many executions run as may run at once';
        return { ...refuse('TOO_MANY_EXECUTIONS', message, hint, bytecode), retryAfterSeconds: RETRY_AFTER_SECONDS };
      }
      if (!(error instanceof ExecutionNameTaken)) throw error;
      const message = 'This idempotency_key was used before, with other parameters';
      return refuse('IDEMPOTENCY_KEY_REUSED', message, 'Use a new key for a new execution', bytecode);
    }
    const { workflow_id: workflowId, metadata } = bytecode;
    const handle = { workflowId, name: metadata.name, version: metadata.version, executionName };
    const consoleUrl = this.#executor.consoleUrl(workflowId, executionName);
    const executionId = encodeHandle(this.#security.hmacKey, principal, handle);
    return { outcome: 'started', bytecode, executionId, ...(consoleUrl && { consoleUrl }) };
  }

  #limit(principal: string): OwnerLimit | undefined {
    const { hmacKey, runningPerCaller: maxRunning } = this.#security;
    return maxRunning === undefined ? undefined : { namePrefix: ownerPrefix(hmacKey, principal), maxRunning };
  }

  #newName(
    bytecode: Bytecode,
    principal: string,
    idempotencyKey: string | undefined,
    hmacKey = this.#security.hmacKey,
  ): string {
    const { randomBytes: random = randomBytes } = this.#security;
    const unique =
      idempotencyKey === undefined
        ? Buffer.from(random(16)).toString('base64url')
        : keyedHash(hmacKey, 'idempotency', [principal, bytecode.workflow_id, idempotencyKey], 16);
    return executionNameFor(hmacKey, principal, unique);
  }
}

/** Nobody knows when one of them ends: often enough to be soon, seldom enough to be no burden. */
const RETRY_AFTER_SECONDS = 30;

const PLAN_AGAIN = 'Look at the new plan, and start with its plan_id if it is what you want';

/** The name that an execution may start under, or why it may not start yet. */
type Permit = { readonly executionName: string } | Exclude<StartOutcome, { outcome: 'started' }>;

type Refusal = Extract<StartOutcome, { outcome: 'refused' }>;

function planFailed(bytecode: Bytecode, { error, cause }: Extract<Planning, { outcome: 'failed' }>): Refusal {
  const message = `The plan could not be made: ${error}${cause === '' ? '' : `: ${cause}`}`;
  return refuse('PLAN_FAILED', message, 'Try again; a run with these parameters may stop at the same place', bytecode);
}

const ASK_AGAIN = 'Call execute_workflow again without confirmation_token to get a new one';

/** Whatever is not plainly read-only is confirmed; the plan is asked as well as its summary. */
export function needsConfirmation(bytecode: Bytecode): boolean {
  return (
    bytecode.security.effect !== 'read' ||
    bytecode.execution_plan.flatMap(callsOf).some(({ effect }) => effect !== 'read')
  );
}

function confirmable(bytecode: Bytecode, values: Values, principal: string): Confirmable {
  const { name, version } = bytecode.metadata;
  const parametersDigest = createHash('sha256').update(canonicalJson(values)).digest('base64url');
  return { principal, name, version, checksum: bytecode.checksum, parametersDigest };
}

function invalidParameters(bytecode: Bytecode, problems: readonly ParameterProblem[]): Refusal {
  const message = problems.map((problem) => problem.message).join('. ');
  const hint = 'describe_workflow gives the parameters as JSON Schema';
  return { outcome: 'refused', code: 'INVALID_PARAMETERS', message, hint, problems, bytecode };
}

function refuse(
  code: StartProblemCode,
  message: string,
  hint: string,
  bytecode?: Bytecode,
): Extract<StartOutcome, { outcome: 'refused' }> {
  return { outcome: 'refused', code, message, hint, ...(bytecode && { bytecode }) };
}

/** Without their tokens: those never leave the engine. */
function openApprovals(bytecode: Bytecode, { status, history }: Execution): readonly ApprovalReport[] {
  if (status !== 'RUNNING') return [];
  return waitingApprovals(bytecode, history).map(({ token: _, ...approval }) => approval);
}

function withoutHistory(execution: Execution): Omit<Execution, 'history'> {
  const { history: _, ...rest } = execution;
  return rest;
}

/** Handles without an owner would be everyone's. */
function requirePrincipal(principal: string): void {
  if (principal === '') throw new TypeError('The engine needs to know who calls');
}
