import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';
import { challenge, METADATA_PATHS, type ProtectedResource, resourceMetadata } from './protected-resource.ts';
import { refusal } from './refusal.ts';

/** Who sent a request and which addresses are this server's own: known by what received it, not by what it says. */
export interface Caller {
  /** Never guessed: `undefined` where nobody vouches for the caller. */
  readonly principal: string | undefined;
  /** What the access token of the caller allows; every scope is held where left out, as with IAM and on this machine. */
  readonly scopes?: readonly string[];
  /** Host names without a port that requests may name; `[::1]` in brackets. */
  readonly hosts: readonly string[];
  /** Host names of web pages that may call; none where left out. */
  readonly origins?: readonly string[];
}

export const MCP_PATH = '/mcp';

/** A request that is answered before any of it is read. */
export interface AnsweredRequest {
  readonly response: Response;
  /** For the audit line; none where the answer is part of any conversation. */
  readonly decision?: string;
}

/** The answer to a request that must not be served, or that asks for what is public; else who it is served for. */
export function checkRequest(
  request: Request,
  caller: Caller,
  resource?: ProtectedResource,
): AnsweredRequest | { readonly principal: string } {
  const { pathname, host: urlHost } = new URL(request.url);
  const host = validateHostHeader(request.headers.get('host') ?? urlHost, [...caller.hosts]);
  if (!host.ok) return refused('HOST', refusal(403, 'This server does not answer for that host name'));
  const origin = validateOriginHeader(request.headers.get('origin'), [...(caller.origins ?? [])]);
  if (!origin.ok) return refused('ORIGIN', refusal(403, 'Web pages of that origin may not call this server'));
  if (resource && METADATA_PATHS.includes(pathname) && request.method === 'GET') {
    return { response: resourceMetadata(request, resource) };
  }
  if (!caller.principal) return refused('UNKNOWN_CALLER', unknownCaller(request, resource));
  if (pathname !== MCP_PATH) return refused('PATH', refusal(404, `The endpoint is ${MCP_PATH}`));
  // Clients of the 2025 revisions ask for a stream with every connection, and take this answer.
  if (request.method !== 'POST') return { response: refusal(405, 'Use POST', { headers: { allow: 'POST' } }) };
  return { principal: caller.principal };
}

function unknownCaller(request: Request, resource: ProtectedResource | undefined): Response {
  if (!resource) return refusal(403, 'The caller is not known');
  const headers = { 'www-authenticate': challenge(request, resource, 'invalid_token') };
  return refusal(401, 'The access token is not one for this server', { headers });
}

function refused(reason: string, response: Response): AnsweredRequest {
  return { response, decision: `refused:${reason}` };
}
