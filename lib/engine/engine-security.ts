/** What the engine must be given rather than take: keys, time and chance. */
export interface EngineSecurity {
  /** At least 32 bytes of secret, the same in every process that serves the same callers. */
  readonly hmacKey: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** `count` bytes that nobody can guess; those of `node:crypto` where not given. */
  readonly randomBytes?: (count: number) => Uint8Array;
}

export const MIN_KEY_BYTES = 32;
