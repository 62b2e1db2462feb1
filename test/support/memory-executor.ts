import type { PlanEntry } from '../../lib/compiler/bytecode.ts';
import {
  type Execution,
  ExecutionNameTaken,
  type ExecutionStatus,
  type HistoryEvent,
  type StartRequest,
  type WorkflowExecutor,
} from '../../lib/engine/execution.ts';
import { type TaskAnswer, taskEnd } from '../../lib/engine/task-answer.ts';

interface Run {
  readonly request: StartRequest;
  readonly events: HistoryEvent[];
  status: ExecutionStatus;
  done: number;
  /** The token of the question that it waits with. */
  asking?: string;
  output?: unknown;
  error?: string;
  cause?: string;
}

export interface MemoryExecutor extends WorkflowExecutor {
  /** Names of the executions that were really started, in order. */
  readonly started: readonly string[];
  /** Every answer that reached a question, with its token. */
  readonly answered: readonly { readonly token: string; readonly answer: TaskAnswer }[];
  /** Lets every running execution finish its next step, or fail in it; one that waits for an answer stays. */
  advance(): void;
}

export interface MemoryExecutorOptions {
  readonly failAt?: { readonly step: string; readonly error: string; readonly cause: string };
  readonly output?: unknown;
}

/** Executions kept in memory that go one step further each time they are told to. One second passes with each event. */
export function memoryExecutor({ failAt, output = { done: true } }: MemoryExecutorOptions = {}): MemoryExecutor {
  const runs = new Map<string, Run>();
  const started: string[] = [];
  const answered: { token: string; answer: TaskAnswer }[] = [];

  function advanceRun(run: Run): void {
    const step = run.request.bytecode.execution_plan[run.done];
    if (run.status !== 'RUNNING' || !step || run.asking !== undefined) return;
    if (failAt?.step === step.step_id) fail(run, failAt);
    else goOn(run, step.step_id);
  }

  function fail(run: Run, { error, cause }: { readonly error: string; readonly cause: string }): void {
    add(run, 'TaskFailed', { taskFailedEventDetails: { resourceType: 'aws-sdk:rds', resource: 'call', error, cause } });
    add(run, 'ExecutionFailed', { executionFailedEventDetails: { error, cause } });
    Object.assign(run, { status: 'FAILED', error, cause });
  }

  function goOn(run: Run, step: string): void {
    add(run, 'TaskSucceeded', { taskSucceededEventDetails: { resourceType: 'aws-sdk:rds', resource: 'call' } });
    add(run, 'TaskStateExited', { stateExitedEventDetails: { name: step } });
    run.done += 1;
    if (enter(run)) return;
    add(run, 'ExecutionSucceeded', {});
    Object.assign(run, { status: 'SUCCEEDED', output });
  }

  return {
    started,
    answered,
    async start(request) {
      const key = keyOf(request.bytecode.workflow_id, request.executionName);
      const earlier = runs.get(key);
      if (earlier) {
        if (JSON.stringify(earlier.request.input) === JSON.stringify(request.input)) return;
        throw new ExecutionNameTaken(request.executionName);
      }
      const run: Run = { request, events: [], status: 'RUNNING', done: 0 };
      add(run, 'ExecutionStarted', {});
      enter(run);
      runs.set(key, run);
      started.push(request.executionName);
    },
    async get(workflowId, executionName) {
      const run = runs.get(keyOf(workflowId, executionName));
      return run && toExecution(run);
    },
    async stop(workflowId, executionName, reason) {
      const run = runs.get(keyOf(workflowId, executionName));
      if (run?.status === 'RUNNING') {
        add(run, 'ExecutionAborted', { executionAbortedEventDetails: { error: 'Cancelled', cause: reason } });
        Object.assign(run, { status: 'ABORTED', error: 'Cancelled', cause: reason });
      }
      return run !== undefined;
    },
    /** Every change as its bytecode has it: there is nothing here to read. */
    async plan({ checksum, execution_plan: plan }) {
      const steps = plan.map(({ step_id: step, call }) => ({
        step,
        kind: call === undefined || call.effect === 'read' ? 'read' : 'change',
        ...(call && { call: `${call.service}:${call.operation}`, arguments: {} }),
        status: 'runs',
      }));
      return { outcome: 'planned', output: { checksum, stopped: null, steps } };
    },
    async answerTask(token, answer) {
      const run = [...runs.values()].find(({ asking, status }) => asking === token && status === 'RUNNING');
      const step = run?.request.bytecode.execution_plan[run.done];
      if (!run || !step) return false;
      delete run.asking;
      answered.push({ token, answer });
      const end = taskEnd(answer);
      if (end.kind === 'failed') fail(run, end);
      else goOn(run, step.step_id);
      return true;
    },
    consoleUrl: (workflowId, executionName) => `https://console.example/${workflowId}/${executionName}`,
    advance: () => runs.forEach(advanceRun),
  };
}

function enter(run: Run): boolean {
  const step: PlanEntry | undefined = run.request.bytecode.execution_plan[run.done];
  if (!step) return false;
  add(run, 'TaskStateEntered', { stateEnteredEventDetails: { name: step.step_id } });
  if (step.type === 'approval') ask(run, step);
  else add(run, 'TaskScheduled', {});
  return true;
}

/** As Step Functions writes down a task that waits for its callback. */
function ask(run: Run, { step_id: step, message, timeout_seconds: timeoutInSeconds }: PlanEntry): void {
  const { bytecode, executionName } = run.request;
  const token = `task-token-of-${executionName}-${run.events.length}`;
  const text = message?.kind === 'literal' ? message.value : undefined;
  const Message = JSON.stringify({ message: text, step, token, checksum: bytecode.checksum });
  const task = { resourceType: 'sns', resource: 'publish.waitForTaskToken' };
  const parameters = JSON.stringify({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:wf-approvals', Message });
  add(run, 'TaskScheduled', { taskScheduledEventDetails: { ...task, parameters, timeoutInSeconds } });
  add(run, 'TaskStarted', { taskStartedEventDetails: task });
  add(run, 'TaskSubmitted', { taskSubmittedEventDetails: task });
  run.asking = token;
}

function add(run: Run, type: string, details: Readonly<Record<string, unknown>>): void {
  const id = run.events.length + 1;
  run.events.push({ id, previousEventId: id - 1, timestamp: timeOf(id), type, ...details });
}

function toExecution({ request, events, status, output, error, cause }: Run): Execution {
  return {
    status,
    startedAt: timeOf(1),
    ...(status !== 'RUNNING' && { stoppedAt: timeOf(events.length) }),
    input: request.input,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    history: [...events],
  };
}

function timeOf(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
}

function keyOf(workflowId: string, executionName: string): string {
  return `${workflowId}/${executionName}`;
}
