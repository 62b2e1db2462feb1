import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { GatewayEvent, GatewayResult } from '../../lib/mcp/api-gateway.ts';

export type PayloadFormat = '2.0' | '1.0';

export interface EventOptions {
  readonly domain?: string;
  /** The ARN that the IAM authorizer found; none where left out. */
  readonly userArn?: string;
  /** What the JWT authorizer found in the token; none where left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly base64?: boolean;
}

/** What API Gateway makes of a request, as far as a function can rely on it. */
export async function gatewayEvent(
  request: Request,
  format: PayloadFormat,
  options: EventOptions = {},
): Promise<GatewayEvent> {
  const { domain = 'abc123.execute-api.eu-west-1.amazonaws.com', userArn, claims, base64 = false } = options;
  const { pathname, search, searchParams } = new URL(request.url);
  const text = await request.text();
  const headers: Record<string, string> = {
    host: domain,
    connection: 'keep-alive',
    ...Object.fromEntries(request.headers),
  };
  const common = {
    headers,
    body: text === '' ? null : base64 ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded: base64,
  };
  if (format === '2.0') {
    const iam = userArn === undefined ? {} : { authorizer: { iam: { userArn } } };
    const jwt = claims === undefined ? {} : { authorizer: { jwt: { claims } } };
    const event = {
      version: '2.0',
      routeKey: 'ANY /mcp',
      rawPath: pathname,
      rawQueryString: search.slice(1),
      requestContext: { domainName: domain, http: { method: request.method, path: pathname }, ...iam, ...jwt },
      ...common,
    };
    return event as unknown as APIGatewayProxyEventV2;
  }
  const event = {
    version: '1.0',
    httpMethod: request.method,
    path: pathname,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    multiValueQueryStringParameters: Object.fromEntries(
      [...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]),
    ),
    requestContext: { domainName: domain, identity: { userArn: userArn ?? null } },
    ...common,
  };
  return event as unknown as APIGatewayProxyEvent;
}

/** What API Gateway makes of a function's answer. */
export function gatewayResponse(result: GatewayResult, format: PayloadFormat): Response {
  const headers = new Headers();
  if (format === '2.0')
    for (const [name, value] of Object.entries(result.headers ?? {})) headers.set(name, String(value));
  else {
    for (const [name, values] of Object.entries(result.multiValueHeaders ?? {})) {
      for (const value of values) headers.append(name, String(value));
    }
  }
  const body = result.body === '' ? null : Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8');
  return new Response(body, { status: result.statusCode, headers });
}
