/** What one call may send and get back. Bytes are of UTF-8. */
export const LIMITS = {
  requestBytes: 256 * 1024,
  parametersBytes: 32 * 1024,
  outputBytes: 16 * 1024,
  /** Under the 29 to 30 seconds after which API Gateway gives up. */
  waitSeconds: 20,
  pollAfterMs: 2_000,
  /** Members and items in the arguments of one call. */
  argumentElements: 5_000,
} as const;
