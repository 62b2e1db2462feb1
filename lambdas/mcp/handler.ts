import type { Context } from 'aws-lambda';
import { type GatewayEvent, type GatewayResult, gatewayCaller, toResult } from '../../lib/mcp/api-gateway.ts';
import { serveEvent } from '../../lib/mcp/serve-event.ts';
import { type CloudServer, createServer } from './server.ts';

let server: CloudServer | undefined;

/** Serves MCP behind API Gateway, with either payload format. */
export async function handler(event: GatewayEvent, context: Context): Promise<GatewayResult> {
  try {
    server ??= createServer(process.env, context.invokedFunctionArn);
    return await serveEvent(event, gatewayCaller(event, server.auth), server.handler);
  } catch (error) {
    console.error(error);
    return toResult(
      Response.json({ jsonrpc: '2.0', error: { code: -32_603, message: 'Internal error' }, id: null }, { status: 500 }),
    );
  }
}
