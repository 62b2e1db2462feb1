import { ProtocolError } from '@modelcontextprotocol/server';
import type { FaultReport } from './create-mcp.ts';

/** Serves a request that is no call of a tool. */
export type ServeMethod = <T>(work: () => Promise<T>) => Promise<T>;

const INTERNAL_ERROR = -32_603;

/** A fault of ours reaches the operator in full, and the caller as a correlation id; what is meant for them passes. */
export function methodServer(log: (fault: FaultReport) => void, newCorrelationId: () => string): ServeMethod {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      const correlationId = newCorrelationId();
      log({ correlationId, error });
      throw new ProtocolError(
        INTERNAL_ERROR,
        `The server failed to do this. The operator can find the reason under ${correlationId}`,
      );
    }
  };
}
