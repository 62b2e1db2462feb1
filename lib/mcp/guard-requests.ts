import type { AuthInfo } from '@modelcontextprotocol/server';
import type { AuditLine } from './audit-line.ts';
import { authInfoOf } from './auth-info.ts';
import { type Caller, checkRequest } from './check-request.ts';
import { LIMITS } from './limits.ts';
import { type Message, messagesOf } from './messages.ts';
import { hasOddNames } from './odd-names.ts';
import { challenge, type ProtectedResource } from './protected-resource.ts';
import { createRateLimiter, type Rate } from './rate-limit.ts';
import { type Body, readBody } from './read-body.ts';
import { recordResponse } from './record-response.ts';
import { refusal } from './refusal.ts';
import { ALL_SCOPES, holdsScope, scopeOfMethod } from './scopes.ts';

export type McpHandler = (request: Request, caller: Caller) => Promise<Response>;

export interface GuardOptions {
  readonly audit: (line: AuditLine) => void;
  readonly newCorrelationId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How often one caller may call; as often as they like where left out. */
  readonly rate?: Rate;
  /** Where callers come with access tokens: what such a token must be. */
  readonly resource?: ProtectedResource;
}

/** Serves a request whose caller is known; `parsedBody` is its body, if it is JSON. */
export type Serve = (request: Request, given: { authInfo: AuthInfo; parsedBody?: unknown }) => Promise<Response>;

const UNREADABLE = {
  'too-large': ['TOO_LARGE', 413, `A request may have ${LIMITS.requestBytes} bytes`],
  broken: ['BROKEN_BODY', 400, 'The body is not complete, or not UTF-8'],
} as const;

/**
 * What stands before the server: host, origin, caller, rate, size and scopes, in this order. Whatever does not reach a
 * tool is written down here; tools write their own lines, because they know more.
 */
export function guardRequests(serve: Serve, options: GuardOptions): McpHandler {
  const limit = options.rate && createRateLimiter(options.rate, options.now);
  return async (request, caller) => {
    const who = caller.principal || 'unknown';
    const write = (decision: string, message?: Message) =>
      options.audit({ who, ...whatOf(decision, message), decision, correlationId: options.newCorrelationId() });
    const checked = checkRequest(request, caller, options.resource);
    if ('response' in checked) {
      if (checked.decision) write(checked.decision);
      return checked.response;
    }
    const wait = limit?.(checked.principal) ?? 0;
    if (wait > 0) {
      write('refused:RATE_LIMITED');
      return rateLimited(wait);
    }
    const body = await readBody(request, LIMITS.requestBytes);
    if (body.kind === 'too-large' || body.kind === 'broken') {
      const [code, status, message] = UNREADABLE[body.kind];
      write(`refused:${code}`);
      return refusal(status, message);
    }
    if (body.kind === 'json' && hasOddNames(body.value)) {
      write('refused:ODD_NAME');
      return refusal(400, 'The names of methods and tools are plain ASCII');
    }
    const messages = body.kind === 'json' ? messagesOf(body.value) : [];
    const lacking = messages.find(({ method }) => !mayCall(method, caller));
    if (lacking) {
      write('refused:INSUFFICIENT_SCOPE', lacking);
      return insufficientScope(request, options.resource);
    }
    const toolLines = { count: 0 };
    const authInfo = authInfoOf(checked.principal, caller, () => {
      toolLines.count += 1;
    });
    const response = await serve(readAgain(request, body), {
      authInfo,
      ...(body.kind === 'json' && { parsedBody: body.value }),
    });
    return recordResponse(response, messages, toolLines, write);
  };
}

/** Nothing of what a caller only claims: an execution is named where the call was served, and so is theirs. */
function whatOf(decision: string, message: Message | undefined): Partial<AuditLine> {
  if (message === undefined) return {};
  const { method, target, executionId } = message;
  if (method === 'tools/call') return { tool: target ?? 'unknown' };
  const theirs = decision === 'allowed' && executionId !== undefined;
  return { method, ...(target !== undefined && { target }), ...(theirs && { executionId }) };
}

function mayCall(method: string, { scopes }: Caller): boolean {
  const needed = scopeOfMethod(method);
  return needed === undefined || holdsScope(scopes, needed);
}

/** The request as the server takes it, whose body has been read. */
function readAgain(request: Request, body: Body): Request {
  if (body.kind === 'other') return request;
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, ...(body.kind === 'not-json' && { body: body.text }) });
}

function rateLimited(seconds: number): Response {
  const data = { code: 'RATE_LIMITED', retry_after_s: seconds };
  const headers = { 'retry-after': String(seconds) };
  return refusal(429, `Too many calls: try again in ${seconds} s`, { headers, data });
}

/** All scopes are named, not the missing one alone: a token for that one would lack the others. */
function insufficientScope(request: Request, resource: ProtectedResource | undefined): Response {
  const scopes = resource?.scopes ?? ALL_SCOPES;
  const headers = resource && { 'www-authenticate': challenge(request, resource, 'insufficient_scope') };
  const data = { code: 'INSUFFICIENT_SCOPE', required_scopes: scopes };
  return refusal(403, `The access token needs the scopes ${scopes.join(' ')}`, { data, ...(headers && { headers }) });
}
