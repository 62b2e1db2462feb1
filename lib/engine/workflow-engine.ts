import { createHash, randomBytes } from 'node:crypto';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalJson } from '../compiler/checksum.ts';
import { callsOf } from '../compiler/plan-calls.ts';
import { showValue } from '../diagnostics/show-value.ts';
import type { WorkflowStorage } from '../registry/workflow-storage.ts';
import { type Confirmable, checkConfirmation, issueConfirmation } from './confirmation.ts';
import { type EngineSecurity, MIN_KEY_BYTES } from './engine-security.ts';
import { type Execution, ExecutionNameTaken, type WorkflowExecutor } from './execution.ts';
import { decodeHandle, encodeHandle, executionNameFor } from './execution-handle.ts';
import { keyedHash } from './keyed-hash.ts';
import type { CancelOutcome, ExecutionReport, StartOptions, StartOutcome, StartProblemCode } from './start-outcome.ts';
import { stepsFromHistory } from './steps-from-history.ts';
import { type ParameterProblem, type ParameterValue, validateParameters } from './validate-parameters.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/** Checks, confirms and starts workflows, and tells each caller about the executions that are theirs. Keeps no state. */
export class WorkflowEngine {
  readonly #storage: WorkflowStorage;
  readonly #security: EngineSecurity;
  readonly #executor: WorkflowExecutor;

  /** Throws where the key is too short to protect anything. */
  constructor(storage: WorkflowStorage, security: EngineSecurity, executor: WorkflowExecutor) {
    if (security.hmacKey.byteLength < MIN_KEY_BYTES) {
      throw new RangeError(`The engine's key has ${security.hmacKey.byteLength} bytes; it needs ${MIN_KEY_BYTES}`);
    }
    this.#storage = storage;
    this.#security = security;
    this.#executor = executor;
  }

  /** The workflow itself; the newest version where none is named. */
  describe(name: string, version?: string): Promise<Bytecode | undefined> {
    return this.#storage.load(name, version);
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
    if (options.dryRun) return { outcome: 'valid', bytecode: found, parameters: checked.values };
    const permit = this.#permit(found, checked.values, options);
    return 'outcome' in permit ? permit : this.#begin(found, permit.executionName, checked.values, options.principal);
  }

  /** How an execution of this caller stands; `undefined` for any id that this caller was not given. */
  async get(executionId: string, { principal }: { readonly principal: string }): Promise<ExecutionReport | undefined> {
    requirePrincipal(principal);
    const handle = decodeHandle(this.#security.hmacKey, principal, executionId);
    if (!handle) return undefined;
    const { workflowId, executionName } = handle;
    const execution = await this.#executor.get(workflowId, executionName);
    if (!execution) return undefined;
    const bytecode = await this.#storage.load(handle.name, handle.version);
    const steps = bytecode ? stepsFromHistory(bytecode, execution.history, execution.status) : [];
    const consoleUrl = this.#executor.consoleUrl(workflowId, executionName);
    const workflow = { name: handle.name, version: handle.version };
    return { executionId, workflow, steps, ...withoutHistory(execution), ...(consoleUrl && { consoleUrl }) };
  }

  /** Stops an execution of this caller. One that has ended stays as it is. */
  async cancel(
    executionId: string,
    { principal, reason }: { readonly principal: string; readonly reason: string },
  ): Promise<CancelOutcome> {
    requirePrincipal(principal);
    const handle = decodeHandle(this.#security.hmacKey, principal, executionId);
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
  #permit(
    bytecode: Bytecode,
    values: Values,
    options: StartOptions,
  ): { readonly executionName: string } | Exclude<StartOutcome, { outcome: 'started' }> {
    const { hmacKey, now } = this.#security;
    const { principal, idempotencyKey, confirmation } = options;
    if (confirmation === 'given' || !needsConfirmation(bytecode)) {
      return { executionName: this.#newName(bytecode, principal, idempotencyKey) };
    }
    const what = confirmable(bytecode, values, principal);
    if (confirmation === undefined) {
      const issued = issueConfirmation(hmacKey, what, this.#newName(bytecode, principal, idempotencyKey), now());
      return { outcome: 'confirmation-required', bytecode, parameters: values, ...issued };
    }
    const check = checkConfirmation(hmacKey, what, confirmation.token, now());
    if (check.outcome === 'expired') {
      return refuse('CONFIRMATION_EXPIRED', 'The confirmation is too old', ASK_AGAIN, bytecode);
    }
    const keyFits =
      check.outcome === 'valid' &&
      (idempotencyKey === undefined || check.executionName === this.#newName(bytecode, principal, idempotencyKey));
    if (keyFits) return { executionName: check.executionName };
    const message = 'The confirmation fits only the caller, workflow, version and parameters that it was given for';
    return refuse('CONFIRMATION_INVALID', message, ASK_AGAIN, bytecode);
  }

  async #begin(bytecode: Bytecode, executionName: string, input: Values, principal: string): Promise<StartOutcome> {
    try {
      await this.#executor.start({ bytecode, executionName, input });
    } catch (error) {
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

  #newName(bytecode: Bytecode, principal: string, idempotencyKey: string | undefined): string {
    const { hmacKey, randomBytes: random = randomBytes } = this.#security;
    const unique =
      idempotencyKey === undefined
        ? Buffer.from(random(16)).toString('base64url')
        : keyedHash(hmacKey, 'idempotency', [principal, bytecode.workflow_id, idempotencyKey], 16);
    return executionNameFor(hmacKey, principal, unique);
  }
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

function invalidParameters(bytecode: Bytecode, problems: readonly ParameterProblem[]): StartOutcome {
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

function withoutHistory(execution: Execution): Omit<Execution, 'history'> {
  const { history: _, ...rest } = execution;
  return rest;
}

/** Handles without an owner would be everyone's. */
function requirePrincipal(principal: string): void {
  if (principal === '') throw new TypeError('The engine needs to know who calls');
}
