import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import {
  type Execution,
  ExecutionNameTaken,
  type ExecutionStatus,
  type HistoryEvent,
  type StartRequest,
  type WorkflowExecutor,
} from '../../lib/engine/execution.ts';

interface Run {
  readonly request: StartRequest;
  readonly events: HistoryEvent[];
  status: ExecutionStatus;
  done: number;
  output?: unknown;
  error?: string;
  cause?: string;
}

export interface MemoryExecutor extends WorkflowExecutor {
  /** Names of the executions that were really started, in order. */
  readonly started: readonly string[];
  /** Lets every running execution finish its next step, or fail in it. */
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

  function advanceRun(run: Run): void {
    const step = run.request.bytecode.execution_plan[run.done];
    if (run.status !== 'RUNNING' || !step) return;
    if (failAt?.step === step.step_id) {
      const { error, cause } = failAt;
      add(run, 'TaskFailed', {
        taskFailedEventDetails: { resourceType: 'aws-sdk:rds', resource: 'call', error, cause },
      });
      add(run, 'ExecutionFailed', { executionFailedEventDetails: { error, cause } });
      Object.assign(run, { status: 'FAILED', error, cause });
      return;
    }
    add(run, 'TaskSucceeded', { taskSucceededEventDetails: { resourceType: 'aws-sdk:rds', resource: 'call' } });
    add(run, 'TaskStateExited', { stateExitedEventDetails: { name: step.step_id } });
    run.done += 1;
    if (!enter(run)) {
      add(run, 'ExecutionSucceeded', {});
      Object.assign(run, { status: 'SUCCEEDED', output });
    }
  }

  return {
    started,
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
    consoleUrl: (workflowId, executionName) => `https://console.example/${workflowId}/${executionName}`,
    advance: () => runs.forEach(advanceRun),
  };
}

function enter(run: Run): boolean {
  const step: Bytecode['execution_plan'][number] | undefined = run.request.bytecode.execution_plan[run.done];
  if (!step) return false;
  add(run, 'TaskStateEntered', { stateEnteredEventDetails: { name: step.step_id } });
  add(run, 'TaskScheduled', {});
  return true;
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
