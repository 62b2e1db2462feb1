import type { Bytecode } from '../compiler/bytecode.ts';
import type { PlanRun } from './plan-run.ts';
import type { TaskAnswer } from './task-answer.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * A history event with AWS's own names, as `GetExecutionHistory` returns it: `type` is e.g. `TaskStateEntered`,
 * and the details stand under AWS's key for that type (`stateEnteredEventDetails`).
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface Execution {
  readonly status: ExecutionStatus;
  readonly startedAt: string;
  readonly stoppedAt?: string;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
}

export interface StartRequest {
  readonly bytecode: Bytecode;
  /** Unique per workflow; at most 80 of `A-Za-z0-9-_`. Starting the same name with the same input twice starts one execution. */
  readonly executionName: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How many may run of the same owner; any number where left out. */
  readonly limit?: OwnerLimit;
}

/** Executions of one workflow belong together where their names begin alike. */
export interface OwnerLimit {
  readonly namePrefix: string;
  readonly maxRunning: number;
}

/** Where workflows run: Step Functions in an account, or the interpreter in this process. */
export interface WorkflowExecutor {
  /**
   * Gives back at once; `get` tells how it goes. Throws `ExecutionNameTaken` if the name was used with another input,
   * `TooManyExecutions` where no more can run beside those that do, of everyone or of the same owner. An execution
   * that was started before never counts as one too many.
   */
  start(request: StartRequest): Promise<void>;
  /** `undefined` where there is no such execution. */
  get(workflowId: string, executionName: string): Promise<Execution | undefined>;
  /** False where there is no such execution; stopping one that has ended changes nothing. */
  stop(workflowId: string, executionName: string, reason: string): Promise<boolean>;
  /** Makes the plan of a workflow that changes something: what it would do is read, and nothing changes. */
  plan(bytecode: Bytecode, input: Readonly<Record<string, unknown>>): Promise<PlanRun>;
  /** Answers the task that waits with this token; false where none does any more, or never did. */
  answerTask(token: string, answer: TaskAnswer): Promise<boolean>;
  /** Where a person can look at it, if anywhere. */
  consoleUrl(workflowId: string, executionName: string): string | undefined;
}

export class ExecutionNameTaken extends Error {
  override readonly name = 'ExecutionNameTaken';
}

/** As many executions run as may; one has to end before another can start. */
export class TooManyExecutions extends Error {
  override readonly name = 'TooManyExecutions';
}
