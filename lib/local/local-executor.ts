import { isDeepStrictEqual } from 'node:util';
import type { Bytecode } from '../compiler/bytecode.ts';
import { type Execution, ExecutionNameTaken, type StartRequest, type WorkflowExecutor } from '../engine/execution.ts';
import type { IdentityPolicy } from '../iam/evaluate-policy.ts';
import type { SimulatedAccount } from './account/simulated-account.ts';
import type { StateMachineDefinition } from './asl/definition.ts';
import { createJsonataLanguage } from './asl/jsonata-language.ts';
import { type RunResult, type StateMachineRun, startStateMachine } from './asl/run-state-machine.ts';
import type { Clock } from './clock.ts';

export interface LocalExecutorOptions {
  readonly account: SimulatedAccount;
  /** The very definition that is deployed, from `toAsl`. */
  readonly definitionOf: (bytecode: Bytecode) => object;
  /** The policy of the workflow's role, from `toPolicy`; enforced on every call. */
  readonly policyOf: (bytecode: Bytecode) => IdentityPolicy;
  /** The account's clock. */
  readonly clock: Clock;
  /** From 0 up to, not including, 1: jitter of retries, `$random`, `$uuid`. */
  readonly random?: () => number;
  /** How many executions are remembered; the oldest that has ended goes first. */
  readonly maxExecutions?: number;
}

interface LocalExecution {
  readonly input: unknown;
  readonly startedAt: string;
  readonly run: StateMachineRun;
  end: { readonly stoppedAt: string; readonly result: Omit<RunResult, 'history'> } | undefined;
}

/** Quotas of StartExecution: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const EXECUTION_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const MAX_INPUT_BYTES = 262_144;

/**
 * Runs workflows in this process, over a simulated account: the same state machines with the same permissions as in
 * the cloud. Executions live in memory. `start` throws `ExecutionNameTaken`, `RangeError` for a name or an input that
 * StartExecution would refuse, and `InvalidDefinition` for a state machine that cannot be run here.
 */
export function createLocalExecutor(options: LocalExecutorOptions): WorkflowExecutor {
  const { clock, maxExecutions = 1_000, random = Math.random } = options;
  const jsonata = createJsonataLanguage({ now: clock.now, random });
  const executions = new Map<string, LocalExecution>();
  const keyOf = (workflowId: string, executionName: string): string => JSON.stringify([workflowId, executionName]);

  return {
    async start(request) {
      const key = keyOf(request.bytecode.workflow_id, request.executionName);
      const input = checkedInput(request);
      const earlier = executions.get(key);
      if (earlier !== undefined) {
        if (isDeepStrictEqual(earlier.input, input)) return;
        throw new ExecutionNameTaken(`${request.executionName} was started with another input`);
      }
      const execution: LocalExecution = {
        input,
        startedAt: new Date(clock.now()).toISOString(),
        run: startRun(request, input, options, { jsonata, random }),
        end: undefined,
      };
      forgetOldest(executions, maxExecutions - 1);
      executions.set(key, execution);
      const ended = (result: Omit<RunResult, 'history'>): void => {
        execution.end = { stoppedAt: new Date(clock.now()).toISOString(), result };
      };
      // A fault of the interpreter or the account: nobody waits here, so the execution has to tell of it.
      execution.run.done.then(ended, (fault: unknown) =>
        ended({ status: 'FAILED', error: 'Local.Fault', cause: textOf(fault) }),
      );
    },
    async get(workflowId, executionName) {
      const execution = executions.get(keyOf(workflowId, executionName));
      return execution && toExecution(execution);
    },
    async stop(workflowId, executionName, reason) {
      const execution = executions.get(keyOf(workflowId, executionName));
      execution?.run.abort('Cancelled', reason);
      // An execution that has been stopped is seen as stopped by the next `get`.
      if (execution !== undefined && execution.end === undefined) await execution.run.done.catch(() => undefined);
      return execution !== undefined;
    },
    consoleUrl: () => undefined,
  };
}

function startRun(
  { bytecode, executionName }: StartRequest,
  input: unknown,
  { account, clock, definitionOf, policyOf }: LocalExecutorOptions,
  shared: Pick<Parameters<typeof startStateMachine>[1], 'jsonata' | 'random'>,
): StateMachineRun {
  const { partition, region, account: number } = account.place;
  const name = `wf-${bytecode.workflow_id}`;
  const arn = (kind: string, rest: string): string => `arn:${partition}:states:${region}:${number}:${kind}:${rest}`;
  const caller = {
    arn: `arn:${partition}:sts::${number}:assumed-role/${name}/${executionName}`,
    policy: policyOf(bytecode),
  };
  // A copy: whatever the caller does to its objects, the run has what was started.
  const definition = structuredClone(definitionOf(bytecode)) as StateMachineDefinition;
  return startStateMachine(definition, {
    ...shared,
    input,
    clock,
    region,
    execution: {
      id: arn('execution', `${name}:${executionName}`),
      name: executionName,
      roleArn: `arn:${partition}:iam::${number}:role/${name}`,
    },
    stateMachine: { id: arn('stateMachine', name), name },
    checkTask: account.checkTask,
    callTask: ({ resource, arguments: given, context, signal }) => {
      const { Name: step } = (context.State ?? {}) as { readonly Name?: string };
      return account.answerTask(resource, given, caller, { signal, ...(step === undefined ? {} : { step }) });
    },
  });
}

function checkedInput({ executionName, input }: StartRequest): unknown {
  if (!EXECUTION_NAME.test(executionName))
    throw new RangeError(`Not a name for an execution: ${JSON.stringify(executionName)}`);
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text, 'utf8') > MAX_INPUT_BYTES)
    throw new RangeError('The input of an execution is at most 256 KiB');
  return JSON.parse(text);
}

function forgetOldest(executions: Map<string, LocalExecution>, keep: number): void {
  for (const [key, { end }] of executions) {
    if (executions.size <= keep) return;
    if (end !== undefined) executions.delete(key);
  }
}

function toExecution({ input, startedAt, run, end }: LocalExecution): Execution {
  const history = [...run.history];
  if (end === undefined) return { status: 'RUNNING', startedAt, input, history };
  return { startedAt, stoppedAt: end.stoppedAt, input, ...end.result, history };
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
}
