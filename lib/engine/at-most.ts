/** Runs jobs as they come, at most `count` of them at a time; the others wait their turn. */
export function atMost(count: number): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (running < count) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      // The place is handed on as it is, so that nobody who comes now can take it.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
