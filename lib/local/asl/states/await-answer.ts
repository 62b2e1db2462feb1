import type { Machine, TaskAnswer } from '../branch.ts';
import type { WaitingTask } from '../task-tokens.ts';

export interface Limits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * The answer to a task's token; undefined where a heartbeat does not come in time. Never settles once `signal` is
 * aborted: nobody waits any more.
 */
export function awaitAnswer(
  machine: Machine,
  task: WaitingTask,
  { heartbeatSeconds }: Limits,
  signal: AbortSignal,
): Promise<TaskAnswer | undefined> {
  return new Promise((resolve) => {
    let beat = new AbortController();
    const watch = (): void => {
      if (heartbeatSeconds === undefined) return;
      beat = new AbortController();
      const { signal: beaten } = beat;
      void machine.sleep(heartbeatSeconds * 1000, AbortSignal.any([signal, beaten])).then(() => {
        if (!beaten.aborted && !signal.aborted) finish(undefined);
      });
    };
    const finish = (answer: TaskAnswer | undefined): void => {
      forget();
      beat.abort();
      resolve(answer);
    };
    const forget = machine.tokens.wait(task, finish, () => {
      beat.abort();
      watch();
    });
    signal.addEventListener('abort', forget, { once: true });
    watch();
  });
}

/** The first of `ends`, or undefined where the time is up or nobody waits any more. */
export function withinTime<T>(
  ends: readonly (Promise<T | undefined> | undefined)[],
  sleep: Sleep,
  limitMilliseconds: number | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const cut = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const timedOut = limitMilliseconds === undefined ? cut : sleep(limitMilliseconds, signal).then(() => undefined);
  return Promise.race([...ends.filter((end) => end !== undefined), timedOut, cut]);
}
