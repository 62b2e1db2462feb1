import { isDeepStrictEqual } from 'node:util';
import type { Bytecode } from '../compiler/bytecode.ts';
import {
  ExecutionNameTaken,
  type StartRequest,
  TooManyExecutions,
  type WorkflowExecutor,
} from '../engine/execution.ts';
import { taskEnd } from '../engine/task-answer.ts';
import type { IdentityPolicy } from '../iam/evaluate-policy.ts';
import type { SimulatedAccount } from './account/simulated-account.ts';
import { createJsonataLanguage } from './asl/jsonata-language.ts';
import type { RunResult, StateMachineRun } from './asl/run-state-machine.ts';
import type { Clock } from './clock.ts';
import { runPlan } from './run-plan.ts';
import { createMachines, startRun } from './start-run.ts';
import { createEndedExecutions, toExecution } from './state/ended-executions.ts';
import type { ExecutionEnd, ExecutionJournal, JournaledExecution } from './state/execution-journal.ts';

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
  /** How many executions that have ended are remembered, the newest; 10,000 where not given. */
  readonly maxEnded?: number;
  /** How many executions may run at once; 10,000 where not given. None of them is ever forgotten. */
  readonly maxRunning?: number;
  /** Where executions are written down; where not given, they live in memory alone. */
  readonly journal?: ExecutionJournal;
}

interface LocalExecution extends JournaledExecution {
  readonly input: unknown;
  readonly run: StateMachineRun;
  end: ExecutionEnd | undefined;
}

/** Quotas of StartExecution: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const EXECUTION_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const MAX_INPUT_BYTES = 262_144;

/**
 * Runs workflows in this process, over a simulated account: the same state machines with the same permissions as in
 * the cloud. Executions live in memory and, where there is one, in a journal. `start` throws `ExecutionNameTaken`,
 * `TooManyExecutions`, `RangeError` for a name or an input that StartExecution would refuse, and `InvalidDefinition`
 * for a state machine that cannot be run here.
 */
export function createLocalExecutor(options: LocalExecutorOptions): WorkflowExecutor {
  const { clock, journal, maxEnded = 10_000, maxRunning = 10_000, random = Math.random } = options;
  const jsonata = createJsonataLanguage({ now: clock.now, random });
  const machineOf = createMachines(options);
  /** Those that run. */
  const executions = new Map<string, LocalExecution>();
  const ended = createEndedExecutions(maxEnded);
  const keyOf = (workflowId: string, executionName: string): string => JSON.stringify([workflowId, executionName]);
  for (const earlier of journal?.earlier() ?? []) ended.add(keyOf(earlier.workflowId, earlier.executionName), earlier);

  return {
    async start(request) {
      const { executionName } = request;
      const workflowId = request.bytecode.workflow_id;
      const key = keyOf(workflowId, executionName);
      const input = checkedInput(request);
      const earlier = executions.get(key) ?? ended.get(key);
      if (earlier !== undefined) {
        if (isDeepStrictEqual(earlier.input, input)) return;
        throw new ExecutionNameTaken(`${executionName} was started with another input`);
      }
      if (executions.size >= maxRunning) throw new TooManyExecutions(`${executions.size} executions run already`);
      checkOwner(request, executions.values());
      const run = startRun(request, input, machineOf(request.bytecode), options, {
        jsonata,
        random,
        // The first event comes before there is an execution to speak of.
        onEvent: () => {
          const changed = executions.get(key);
          if (changed !== undefined) journal?.changed(changed);
        },
      });
      const execution: LocalExecution = { workflowId, executionName, input, run, history: run.history, end: undefined };
      executions.set(key, execution);
      const over = ({ history: _, ...result }: Omit<RunResult, 'history'> & Partial<RunResult>): void => {
        execution.end = { ...result, stoppedAt: new Date(clock.now()).toISOString() };
        journal?.changed(execution);
        executions.delete(key);
        ended.add(key, execution);
      };
      // A fault of the interpreter or the account: nobody waits here, so the execution has to tell of it.
      run.done.then(over, (fault: unknown) => over({ status: 'FAILED', error: 'Local.Fault', cause: textOf(fault) }));
      journal?.changed(execution);
      try {
        journal?.flush();
      } catch (error) {
        // Whoever started it gets no id for it, so that it must not run.
        run.abort('Local.NotWritten', textOf(error));
        throw error;
      }
    },
    async get(workflowId, executionName) {
      journal?.flush();
      const key = keyOf(workflowId, executionName);
      const execution = executions.get(key);
      return execution === undefined ? ended.get(key) : toExecution(execution);
    },
    async stop(workflowId, executionName, reason) {
      const key = keyOf(workflowId, executionName);
      const execution = executions.get(key);
      execution?.run.abort('Cancelled', reason);
      // An execution that has been stopped is seen as stopped by the next `get`.
      await execution?.run.done.catch(() => undefined);
      journal?.flush();
      return execution !== undefined || ended.get(key) !== undefined;
    },
    plan: (bytecode, input) => runPlan(bytecode, input, options.account, { clock, jsonata, random }),
    async answerTask(token, answer) {
      return [...executions.values()].some(({ run }) => run.answerTask(token, taskEnd(answer)));
    },
    consoleUrl: () => undefined,
  };
}

function checkOwner({ bytecode, limit }: StartRequest, executions: Iterable<LocalExecution>): void {
  if (limit === undefined) return;
  let running = 0;
  for (const { workflowId, executionName } of executions) {
    if (workflowId === bytecode.workflow_id && executionName.startsWith(limit.namePrefix)) running += 1;
  }
  if (running >= limit.maxRunning) throw new TooManyExecutions(`${running} executions of the same owner run already`);
}

function checkedInput({ executionName, input }: StartRequest): unknown {
  if (!EXECUTION_NAME.test(executionName))
    throw new RangeError(`Not a name for an execution: ${JSON.stringify(executionName)}`);
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text, 'utf8') > MAX_INPUT_BYTES)
    throw new RangeError('The input of an execution is at most 256 KiB');
  return JSON.parse(text);
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
}
