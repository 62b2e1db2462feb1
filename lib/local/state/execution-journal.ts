import type { Execution, HistoryEvent } from '../../engine/execution.ts';

/** What an execution came to. */
export interface ExecutionEnd {
  readonly status: Exclude<Execution['status'], 'RUNNING'>;
  readonly stoppedAt: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** An execution as it is written down. Its input and its start stand in its first event. */
export interface JournaledExecution {
  readonly workflowId: string;
  readonly executionName: string;
  /** Grows while the execution runs. */
  readonly history: readonly HistoryEvent[];
  /** Absent while it runs. */
  readonly end: ExecutionEnd | undefined;
}

/** Where executions are written down, so that they outlive the process that runs them. */
export interface ExecutionJournal {
  /** What earlier processes ran, the one that ended first before the others. All of it has ended. */
  earlier(): Iterable<JournaledExecution & { readonly end: ExecutionEnd }>;
  /** There is more of this execution than has been written: it is written within moments. */
  changed(execution: JournaledExecution): void;
  /**
   * All that has changed is written when this returns. What somebody is told of an execution is written first, so that
   * no later answer takes it back. Throws where it cannot be written; the next flush tries again.
   */
  flush(): void;
}
