/** What one call may send and get back, and how often a caller may call. Bytes are of UTF-8. */
export const LIMITS = {
  requestBytes: 256 * 1024,
  parametersBytes: 32 * 1024,
  outputBytes: 16 * 1024,
  /** Under the 29 to 30 seconds after which API Gateway gives up. */
  waitSeconds: 20,
  /** Of the JSON of one workflow as a resource. */
  resourceBytes: 256 * 1024,
  pollAfterMs: 2_000,
  /** Members and items in the arguments of one call. */
  argumentElements: 5_000,
  /** Calls of one caller: half of what the API takes of all callers together. Each process counts for itself. */
  rate: { perSecond: 5, burst: 20 },
  /** Executions of one workflow that one caller may have running, unless the deployment says otherwise. */
  runningPerCaller: 10,
} as const;
