import { gatewayCaller, toRequest, toResult } from '../../lib/mcp/api-gateway.ts';
import { protectedResource } from '../../lib/mcp/gateway-auth.ts';
import type { ProtectedResource } from '../../lib/mcp/protected-resource.ts';
import { type EventOptions, gatewayEvent, gatewayResponse, type PayloadFormat } from '../support/gateway-event.ts';
import { ALICE, call, connect, type Era, type McpBench, mcpBench, URL_OF_MCP } from '../support/mcp-bench.ts';

const FORMATS: readonly PayloadFormat[] = ['2.0', '1.0'];
const ERAS: readonly Era[] = ['modern', 'legacy'];

/** The way of a request through API Gateway and back. */
function throughGateway(bench: McpBench, format: PayloadFormat, options: EventOptions = { userArn: ALICE }) {
  return async (request: Request): Promise<Response> => {
    const event = await gatewayEvent(request, format, options);
    return gatewayResponse(await toResult(await bench.handler(toRequest(event), gatewayCaller(event))), format);
  };
}

describe.each(FORMATS.flatMap((format) => ERAS.map((era) => [format, era] as const)))(
  'payload %s, %s era',
  (format, era) => {
    it('runs a workflow', async () => {
      const bench = mcpBench({ advanceOnSleep: true });
      const client = await connect(bench, era, { exchange: throughGateway(bench, format) });
      const asked = await call(client, 'execute_workflow', {
        name: 'rds_backup_simple',
        params: { instance_id: 'demo-database' },
      });
      const started = await call(client, 'execute_workflow', {
        name: 'rds_backup_simple',
        params: { instance_id: 'demo-database' },
        confirmation_token: asked.confirmation_token,
      });
      const { execution_id } = started;
      expect(await call(client, 'get_execution', { execution_id, wait_seconds: 20 })).toMatchObject({
        status: 'SUCCEEDED',
      });
      expect(bench.audit.every(({ who }) => who === ALICE)).toBe(true);
    });
  },
);

describe.each(FORMATS)('payload %s', (format) => {
  const post = () =>
    new Request(URL_OF_MCP, { method: 'POST', body: '{"ü":1}', headers: { 'content-type': 'application/json' } });

  it.each([true, false])('carries the body, base64 %s', async (base64) => {
    const request = toRequest(await gatewayEvent(post(), format, { base64 }));
    expect(await request.text()).toBe('{"ü":1}');
    expect(request.url).toBe('https://abc123.execute-api.eu-west-1.amazonaws.com/mcp');
    expect(request.headers.get('connection')).toBeNull();
  });

  it('takes nobody for a caller whom the authorizer does not name', async () => {
    const bench = mcpBench();
    for (const userArn of [undefined, '', 'alice']) {
      const exchange = throughGateway(bench, format, userArn === undefined ? {} : { userArn });
      expect((await exchange(post())).status).toBe(403);
    }
  });

  it('refuses a Host header that is not the API', async () => {
    const bench = mcpBench();
    const forged = new Request(URL_OF_MCP, { method: 'POST', body: '{}', headers: { host: 'evil.example' } });
    expect((await throughGateway(bench, format)(forged)).status).toBe(403);
  });

  it('answers GET with 405', async () => {
    const response = await throughGateway(mcpBench(), format)(new Request(URL_OF_MCP));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('keeps the query', async () => {
    const request = toRequest(await gatewayEvent(new Request(`${URL_OF_MCP}?a=1&a=2`), format));
    expect(new URL(request.url).searchParams.getAll('a')).toEqual(['1', '2']);
  });
});

describe('with access tokens', () => {
  const auth = {
    mode: 'jwt',
    issuer: 'https://login.example',
    audiences: ['workflows'],
    scopePrefix: '',
  } as const;
  const NOW = 1_780_000_000_000;
  const claims = {
    iss: auth.issuer,
    sub: 'user-1',
    aud: 'workflows',
    exp: String(NOW / 1_000 + 60),
    scope: 'workflows:read',
  };
  const callerOf = async (options: EventOptions, format: PayloadFormat = '2.0') =>
    gatewayCaller(await gatewayEvent(new Request(URL_OF_MCP), format, options), auth, NOW);
  const hosts = ['abc123.execute-api.eu-west-1.amazonaws.com'];

  it('knows the caller by issuer and subject, with the scopes of the token', async () => {
    const known = { principal: 'https://login.example#user-1', scopes: ['workflows:read'], hosts };
    expect(await callerOf({ claims })).toEqual(known);
  });

  it('knows nobody without claims that are right, whatever else the event says', async () => {
    const nobody = { principal: undefined, scopes: [], hosts };
    expect(await callerOf({ claims: { ...claims, aud: 'else' } })).toEqual(nobody);
    expect(await callerOf({})).toEqual(nobody);
    for (const format of FORMATS) expect(await callerOf({ userArn: ALICE }, format)).toEqual(nobody);
  });

  it('takes no claims where requests are signed', async () => {
    const event = await gatewayEvent(new Request(URL_OF_MCP), '2.0', { claims });
    expect(gatewayCaller(event, { mode: 'iam' }, NOW)).toEqual({ principal: undefined, hosts });
  });

  it('answers for a custom domain as for its own name, and names it as the resource', async () => {
    const bench = mcpBench({ resource: protectedResource(auth) as ProtectedResource });
    const address = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
    const event = await gatewayEvent(new Request(address), '2.0', { domain: 'mcp.example.com' });
    const result = await toResult(await bench.handler(toRequest(event), gatewayCaller(event, auth, NOW)));
    expect(JSON.parse(result.body)).toMatchObject({ resource: 'https://mcp.example.com/mcp' });
    const other = await gatewayEvent(new Request(address, { headers: { host: 'evil.example' } }), '2.0', {
      domain: 'mcp.example.com',
    });
    expect((await bench.handler(toRequest(other), gatewayCaller(other, auth, NOW))).status).toBe(403);
  });
});

describe('events that leave things out', () => {
  it('have no caller and no host', async () => {
    const event = await gatewayEvent(new Request(URL_OF_MCP), '1.0', { domain: '' });
    expect(gatewayCaller(event)).toEqual({ principal: undefined, hosts: [] });
    expect(new URL(toRequest(event).url).hostname).toBe('unknown.invalid');
  });

  it('have only single-value headers', async () => {
    const event = await gatewayEvent(new Request(URL_OF_MCP, { headers: { origin: 'https://a.example' } }), '1.0');
    const request = toRequest({ ...event, multiValueHeaders: null } as never);
    expect(request.headers.get('origin')).toBe('https://a.example');
  });
});

describe('toResult', () => {
  it('leaves out what is about the connection', async () => {
    const result = await toResult(
      new Response('x', { status: 201, headers: { connection: 'keep-alive', 'x-a': '1' } }),
    );
    expect(result).toMatchObject({ statusCode: 201, body: 'x', multiValueHeaders: { 'x-a': ['1'] } });
    expect(result.headers).not.toHaveProperty('connection');
  });
});
