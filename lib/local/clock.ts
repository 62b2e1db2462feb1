import { createSleepQueue } from './sleep-queue.ts';

/** Time as the local executor and the simulated account see it; injected, so that a test can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds` of this clock, or as soon as `signal` is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Node's timers take at most a signed 32-bit number of milliseconds (24.8 days). */
const LONGEST_TIMER = 2_147_483_647;

/**
 * The real clock, run `speed` times as fast: with 60, a simulated minute takes a second. Its time starts at the
 * real time, so that timestamps are plausible.
 */
export function createScaledClock(speed = 1): Clock {
  if (!(speed > 0)) throw new RangeError(`A clock needs a positive speed, not ${speed}`);
  const origin = Date.now();
  const now = (): number => Math.round(origin + (Date.now() - origin) * speed);
  return {
    now,
    async sleep(milliseconds, signal) {
      const end = now() + milliseconds;
      for (let left = milliseconds; left > 0 && !signal?.aborted; left = end - now()) {
        await realSleep(Math.min(LONGEST_TIMER, Math.ceil(left / speed)), signal);
      }
    },
  };
}

function realSleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    // Who waits for an execution keeps the process alive; the execution itself must not.
    const timer = setTimeout(done, milliseconds).unref();
    signal?.addEventListener('abort', done, { once: true });
  });
}

export interface VirtualClock extends Clock {
  /** Lets `milliseconds` pass, waking whoever sleeps until then, in order; resolves when all of it has had its effect. */
  advance(milliseconds: number): Promise<void>;
}

/**
 * A clock that takes no real time. An `automatic` one (the default) jumps to the next sleeper's time whenever
 * everybody sleeps; otherwise time passes only through `advance`. "Everybody sleeps" means that the event loop has
 * nothing left to do but this clock's own turn, so whatever else is waited for must come by promise, not by timer or I/O.
 */
export function createVirtualClock(
  start: string | number = '2026-01-01T00:00:00.000Z',
  options: { readonly automatic?: boolean } = {},
): VirtualClock {
  const automatic = options.automatic ?? true;
  let time = new Date(start).getTime();
  const sleepers = createSleepQueue();
  let scheduled = false;

  const wakeNext = (until: number): boolean => {
    const next = sleepers.first();
    if (next === undefined || next.wakesAt > until) return false;
    time = Math.max(time, next.wakesAt);
    next.wake();
    return true;
  };
  const scheduleJump = (): void => {
    if (!automatic || scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      wakeNext(Number.POSITIVE_INFINITY);
      if (sleepers.size > 0) scheduleJump();
    });
  };

  return {
    now: () => time,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          remove();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const remove = sleepers.add({ wakesAt: time + Math.max(0, milliseconds), wake });
        signal?.addEventListener('abort', wake, { once: true });
        scheduleJump();
      });
    },
    async advance(milliseconds) {
      const end = time + milliseconds;
      do await eventLoopIdle();
      while (wakeNext(end));
      // An automatic clock may have jumped further meanwhile; time never goes back.
      time = Math.max(time, end);
      await eventLoopIdle();
    },
  };
}

/** One turn of the event loop: every promise that can settle without time passing has settled. */
function eventLoopIdle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
