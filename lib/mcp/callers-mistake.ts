import { ProtocolError } from '@modelcontextprotocol/server';

/**
 * How the SDK begins to tell of a request that it refused. Such requests are in the audit; were they faults as well,
 * anybody could bury the true ones under them.
 */
const REFUSED =
  /^(Rejected inbound request|Unsupported Media Type|Not Acceptable|Invalid Request|Bad Request|Method not allowed|requestState verification rejected|Parse error)/;

/** Whether what the SDK reports is a mistake of the caller, and no fault of ours. */
export function isCallersMistake(error: unknown): boolean {
  return error instanceof ProtocolError || (error instanceof Error && REFUSED.test(error.message));
}
