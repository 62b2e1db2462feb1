/**
 * Branches of a Parallel and iterations of a Map run one at a time, each until it has to wait for something: that
 * is the order in which Step Functions writes their events, and it makes a run repeatable.
 */
export interface Turns {
  /** Waits, first come first served, until no other branch runs. */
  take(): Promise<void>;
  release(): void;
  /** Lets other branches run while `work` is waited for. */
  outside<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const queue: (() => void)[] = [];
  let taken = false;
  const take = (): Promise<void> => {
    if (!taken) {
      taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => queue.push(resolve));
  };
  const release = (): void => {
    const next = queue.shift();
    if (next === undefined) taken = false;
    else next();
  };
  return {
    take,
    release,
    async outside(work) {
      release();
      try {
        return await work();
      } finally {
        await take();
      }
    },
  };
}
