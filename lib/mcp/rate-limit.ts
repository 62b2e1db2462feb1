export interface Rate {
  /** Calls in a second, for as long as one likes. */
  readonly perSecond: number;
  /** Calls at once, after a rest. */
  readonly burst: number;
}

/** Takes one call of a caller. 0 where it may go on; else the whole seconds after which the next one may. */
export type RateLimiter = (caller: string) => number;

/** More callers than this have never called one process within seconds; whoever called longest ago is forgotten. */
const MAX_CALLERS = 10_000;

interface Bucket {
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly filledAt: number;
}

/**
 * A bucket of tokens for each caller, filled at a steady pace: each call takes one, and a call that finds none is
 * refused and takes nothing. It knows of the calls to this process alone.
 * @param now milliseconds since 1970
 */
export function createRateLimiter({ perSecond, burst }: Rate, now: () => number): RateLimiter {
  if (!(perSecond > 0) || !(burst >= 1)) throw new RangeError('A rate lets at least some calls through');
  const buckets = new Map<string, Bucket>();
  return (caller) => {
    const time = now();
    const { tokens, filledAt } = buckets.get(caller) ?? { tokens: burst, filledAt: time };
    // A clock that is set back fills nothing, and takes nothing away.
    const filled = Math.min(burst, tokens + (Math.max(0, time - filledAt) / 1_000) * perSecond);
    // Taken out and put in again: the order of the map is the order of the last calls.
    buckets.delete(caller);
    buckets.set(caller, { tokens: filled >= 1 ? filled - 1 : filled, filledAt: time });
    if (buckets.size > MAX_CALLERS) buckets.delete(buckets.keys().next().value ?? '');
    return filled >= 1 ? 0 : Math.max(1, Math.ceil((1 - filled) / perSecond));
  };
}
