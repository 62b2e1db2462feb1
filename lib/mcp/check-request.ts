import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';

/** Who sent a request and which addresses are this server's own: known by what received it, not by what it says. */
export interface Caller {
  /** Never guessed: `undefined` where nobody vouches for the caller. */
  readonly principal: string | undefined;
  /** Host names without a port that requests may name; `[::1]` in brackets. */
  readonly hosts: readonly string[];
  /** Host names of web pages that may call; none where left out. */
  readonly origins?: readonly string[];
}

export const MCP_PATH = '/mcp';

/** The refusal of a request that must not be served at all, or the principal that it is served for. */
export function checkRequest(request: Request, caller: Caller): Response | { readonly principal: string } {
  const { pathname, host: urlHost } = new URL(request.url);
  const host = validateHostHeader(request.headers.get('host') ?? urlHost, [...caller.hosts]);
  if (!host.ok) return refusal(403, 'This server does not answer for that host name');
  const origin = validateOriginHeader(request.headers.get('origin'), [...(caller.origins ?? [])]);
  if (!origin.ok) return refusal(403, 'Web pages of that origin may not call this server');
  if (!caller.principal) return refusal(403, 'The caller is not known');
  if (pathname !== MCP_PATH) return refusal(404, `The endpoint is ${MCP_PATH}`);
  if (request.method !== 'POST') return refusal(405, 'Use POST', { allow: 'POST' });
  return { principal: caller.principal };
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }, { status, headers });
}
