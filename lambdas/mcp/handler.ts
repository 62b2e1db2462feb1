import type { Context } from 'aws-lambda';
import {
  type GatewayEvent,
  type GatewayResult,
  gatewayCaller,
  toRequest,
  toResult,
} from '../../lib/mcp/api-gateway.ts';
import type { McpHandler } from '../../lib/mcp/create-mcp.ts';
import { createServer } from './server.ts';

let server: Promise<McpHandler> | undefined;

/** Serves MCP behind API Gateway, with either payload format. */
export async function handler(event: GatewayEvent, context: Context): Promise<GatewayResult> {
  server ??= createServer(process.env, context.invokedFunctionArn);
  try {
    const serve = await server;
    return await toResult(await serve(toRequest(event), gatewayCaller(event)));
  } catch (error) {
    // The next call tries again: a secret that could not be read once must not stop this instance for good.
    server = undefined;
    console.error(error);
    return toResult(
      Response.json({ jsonrpc: '2.0', error: { code: -32_603, message: 'Internal error' }, id: null }, { status: 500 }),
    );
  }
}
