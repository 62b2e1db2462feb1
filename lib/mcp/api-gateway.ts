import type {
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyResult,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import type { Caller } from './check-request.ts';
import type { GatewayAuth } from './gateway-auth.ts';
import { jwtCaller } from './jwt-caller.ts';

/** What API Gateway hands to a function: payload 2.0 of an HTTP API, or 1.0, which REST APIs use. */
export type GatewayEvent = APIGatewayProxyEventV2 | APIGatewayProxyEvent;

/** Both payload formats accept this answer; 1.0 reads the multi-value headers, 2.0 the others. */
export type GatewayResult = APIGatewayProxyResult & APIGatewayProxyStructuredResultV2;

/** They are about one connection, and the connection to the client is not ours (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The web-standard form of an event. The address is the API's own domain, whatever the Host header says. */
export function toRequest(event: GatewayEvent): Request {
  const { method, path, query, headers } = isV2(event) ? partsOfV2(event) : partsOfV1(event);
  for (const name of HOP_BY_HOP) headers.delete(name);
  const url = `https://${domainOf(event) ?? 'unknown.invalid'}${path.startsWith('/') ? path : `/${path}`}${query && `?${query}`}`;
  const mayHaveBody = method !== 'GET' && method !== 'HEAD' && event.body;
  if (!mayHaveBody) return new Request(url, { method, headers });
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64') : (event.body ?? '');
  return new Request(url, { method, headers, body });
}

/** A response as API Gateway takes it, complete: the gateway does not stream. */
export async function toResult(response: Response): Promise<GatewayResult> {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of response.headers) {
    if (HOP_BY_HOP.includes(name)) continue;
    headers[name] = value;
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  }
  return {
    statusCode: response.status,
    headers,
    multiValueHeaders,
    body: await response.text(),
    isBase64Encoded: false,
  };
}

/**
 * The caller as the authorizer of API Gateway vouches for it; without one there is no principal. Only what the
 * configured authorizer says counts, whatever else stands in the event. The host is the API's own name or that of a
 * custom domain, as API Gateway says it, and so never what a request claims.
 * @param now milliseconds since 1970
 */
export function gatewayCaller(event: GatewayEvent, auth: GatewayAuth = { mode: 'iam' }, now = Date.now()): Caller {
  const domain = domainOf(event);
  const hosts = domain === undefined ? [] : [domain];
  if (auth.mode === 'iam') return { principal: iamPrincipal(event), hosts };
  const { authorizer } = event.requestContext as {
    readonly authorizer?: { readonly jwt?: { readonly claims?: unknown } };
  };
  const { principal, scopes = [] } = jwtCaller(authorizer?.jwt?.claims, auth, now) ?? {};
  return { principal, scopes, hosts };
}

function iamPrincipal(event: GatewayEvent): string | undefined {
  const context = event.requestContext as {
    readonly authorizer?: { readonly iam?: { readonly userArn?: unknown } | null } | null;
    readonly identity?: { readonly userArn?: unknown } | null;
  };
  const arn = isV2(event) ? context.authorizer?.iam?.userArn : context.identity?.userArn;
  return typeof arn === 'string' && /^arn:[a-z-]+:(iam|sts)::[0-9]{12}:./.test(arn) ? arn : undefined;
}

function domainOf(event: GatewayEvent): string | undefined {
  return event.requestContext.domainName || undefined;
}

interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
}

function partsOfV2(event: APIGatewayProxyEventV2): Parts {
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers)) if (value !== undefined) headers.set(name, value);
  if (event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
  return { method: event.requestContext.http.method, path: event.rawPath, query: event.rawQueryString, headers };
}

function partsOfV1(event: APIGatewayProxyEvent): Parts {
  const headers = new Headers();
  // The single-value form has only the last of several values, but is all that some senders give.
  for (const [name, value] of Object.entries(event.headers ?? {})) if (value !== undefined) headers.set(name, value);
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {})) {
    headers.delete(name);
    for (const value of values ?? []) headers.append(name, value);
  }
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    for (const value of values ?? []) query.append(name, value);
  }
  return { method: event.httpMethod, path: event.path, query: query.toString(), headers };
}

function isV2(event: GatewayEvent): event is APIGatewayProxyEventV2 {
  return 'version' in event && event.version === '2.0';
}
