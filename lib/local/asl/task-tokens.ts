import type { TaskAnswer } from './branch.ts';
import { uuid } from './random.ts';

/** A task that waits until its token is answered. */
export interface WaitingTask {
  readonly token: string;
  /** The name of its state. */
  readonly state: string;
  readonly resource: string;
  readonly arguments: unknown;
}

interface Waiting {
  readonly task: WaitingTask;
  readonly answer: (answer: TaskAnswer) => void;
  readonly heartbeat: () => void;
}

/** The task tokens of one execution. */
export interface TaskTokens {
  create(): string;
  /** Registers a task; the function it gives back takes it away again. */
  wait(task: WaitingTask, answer: (answer: TaskAnswer) => void, heartbeat: () => void): () => void;
  answer(token: string, answer: TaskAnswer): boolean;
  heartbeat(token: string): boolean;
  waiting(): readonly WaitingTask[];
}

export function createTaskTokens(random: () => number): TaskTokens {
  const tasks = new Map<string, Waiting>();
  return {
    create: () => Buffer.from(`${uuid(random)}${uuid(random)}`, 'utf8').toString('base64'),
    wait(task, answer, heartbeat) {
      tasks.set(task.token, { task, answer, heartbeat });
      return () => tasks.delete(task.token);
    },
    answer(token, answer) {
      const waiting = tasks.get(token);
      // One answer counts: the token is spent.
      tasks.delete(token);
      waiting?.answer(answer);
      return waiting !== undefined;
    },
    heartbeat(token) {
      const waiting = tasks.get(token);
      waiting?.heartbeat();
      return waiting !== undefined;
    },
    waiting: () => [...tasks.values()].map(({ task }) => task),
  };
}
