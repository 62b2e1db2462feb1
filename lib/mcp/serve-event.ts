import { type GatewayEvent, type GatewayResult, toRequest, toResult } from './api-gateway.ts';
import type { Caller } from './check-request.ts';
import type { McpHandler } from './guard-requests.ts';
import { refusal } from './refusal.ts';

/** From an event of API Gateway to the result that it takes. An event that is no HTTP request is refused with 400. */
export async function serveEvent(event: GatewayEvent, caller: Caller, handler: McpHandler): Promise<GatewayResult> {
  const request = requestOf(event);
  return toResult(request ? await handler(request, caller) : refusal(400, 'The request makes no sense'));
}

/** Header values and methods that no request may have make the constructors throw. */
function requestOf(event: GatewayEvent): Request | undefined {
  try {
    return toRequest(event);
  } catch {
    return undefined;
  }
}
