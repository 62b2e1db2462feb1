/** What the engine must be given rather than take: keys, time and chance. */
export interface EngineSecurity {
  /** At least 32 bytes of secret, the same in every process that serves the same callers. */
  readonly hmacKey: Uint8Array;
  /** Keys that were in use before: what was made with them is still taken, and nothing new is made with them. */
  readonly earlierKeys?: readonly Uint8Array[];
  /** How many executions of one workflow a caller may have running; any number where not given. */
  readonly runningPerCaller?: number;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** `count` bytes that nobody can guess; those of `node:crypto` where not given. */
  readonly randomBytes?: (count: number) => Uint8Array;
}

export const MIN_KEY_BYTES = 32;

/** All keys whose work is taken, the newest first. */
export function keysOf({ hmacKey, earlierKeys = [] }: EngineSecurity): readonly Uint8Array[] {
  return [hmacKey, ...earlierKeys];
}
