import assert from 'node:assert/strict';
import { DATABASE } from './database.ts';
import { type Deployment, WORKFLOW } from './deployment.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { call, connect } from './mcp-client.ts';
import type { Report } from './report.ts';
import { emulatedFetch } from './signed-fetch.ts';

/** How the application is deployed a second time: with access tokens of an issuer in place of signed requests. */
export interface JwtDeployment {
  readonly issuer: string;
  readonly audience: string;
  /** Deploys it over the first one. */
  deploy(): Promise<void>;
}

type Claims = Readonly<Record<string, unknown>>;

/** The same API once it takes access tokens: API Gateway checks them, and the server asks who may do what. */
export async function jwtChecks(report: Report, { mcpUrl }: Deployment, jwt: JwtDeployment): Promise<void> {
  report.section('MCP endpoint, with access tokens of an issuer');
  await jwt.deploy();
  const issuer = await startIssuer(jwt.issuer);
  try {
    await tokenChecks(report, mcpUrl, issuer, jwt.audience);
  } finally {
    await issuer.close();
  }
}

async function tokenChecks(report: Report, mcpUrl: URL, issuer: Issuer, audience: string): Promise<void> {
  const now = Math.floor(Date.now() / 1_000);
  const good = {
    iss: issuer.url,
    sub: 'ann',
    aud: audience,
    exp: now + 600,
    scope: 'workflows:read workflows:execute',
  };
  const fetchWith = (authorization: string): typeof fetch => {
    return (input, init) => {
      const request = new Request(input, init);
      request.headers.set('authorization', authorization);
      return emulatedFetch(request);
    };
  };
  const fetchAs = (more: Claims) => fetchWith(`Bearer ${issuer.token({ ...good, ...more })}`);
  const statusOf = async (send: typeof fetch) => {
    const headers = { 'content-type': 'application/json' };
    return (await send(mcpUrl, { method: 'POST', body: '{}', headers })).status;
  };

  await report.check('where to get a token is told to everyone', async () => {
    for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp']) {
      const response = await emulatedFetch(new URL(path, mcpUrl));
      assert.equal(response.status, 200);
      const { resource, authorization_servers } = (await response.json()) as Claims;
      // The emulator's name for the API has a port, which API Gateway's has not.
      assert.equal(new URL(String(resource)).pathname, '/mcp');
      assert.deepEqual(authorization_servers, [issuer.url]);
    }
  });
  const [head = '', claims = ''] = issuer.token(good).split('.');
  const refused: Readonly<Record<string, readonly [number, typeof fetch]>> = {
    'no token': [401, emulatedFetch],
    'a token for another audience': [401, fetchAs({ aud: 'else' })],
    'a token of another issuer': [401, fetchAs({ iss: 'https://evil.example' })],
    'a token that has expired': [401, fetchAs({ exp: now - 1 })],
    'a token with a wrong signature': [401, fetchWith(`Bearer ${head}.${claims}.AAAA`)],
    'a token without our scopes': [403, fetchAs({ scope: 'openid' })],
    'an ID token, which API Gateway lets through': [401, fetchAs({ token_use: 'id' })],
  };
  for (const [what, [status, send]] of Object.entries(refused)) {
    await report.check(`${what}: ${status}`, async () => assert.equal(await statusOf(send), status));
  }

  const request = { name: WORKFLOW, params: { instance_id: DATABASE } };
  await report.check('workflows:read alone: finds and describes, and cannot start', async () => {
    const reader = await connect(mcpUrl, 'auto', fetchAs({ scope: 'workflows:read' }));
    const described = await call(reader, 'describe_workflow', { name: WORKFLOW });
    assert.equal(described.output.name, WORKFLOW, described.text);
    const { isError, text } = await call(reader, 'execute_workflow', request);
    assert.ok(
      isError && text.startsWith('INSUFFICIENT_SCOPE') && text.includes('workflows:read workflows:execute'),
      text,
    );
  });
  await report.check("both scopes: starts, and another subject's execution is unknown", async () => {
    const ann = await connect(mcpUrl, 'auto', fetchAs({}));
    const { output: asked } = await call(ann, 'execute_workflow', request);
    assert.equal(asked.status, 'CONFIRMATION_REQUIRED', JSON.stringify(asked));
    const { confirmation_token } = asked;
    const { output: started, text } = await call(ann, 'execute_workflow', { ...request, confirmation_token });
    assert.equal(started.status, 'RUNNING', text);
    const { execution_id } = started;
    const bob = await connect(mcpUrl, 'auto', fetchAs({ sub: 'bob' }));
    const theirs = await call(bob, 'get_execution', { execution_id });
    assert.ok(theirs.isError && theirs.text.startsWith('UNKNOWN_EXECUTION'), theirs.text);
    const { output: report } = await call(ann, 'get_execution', { execution_id, wait_seconds: 10 });
    assert.equal(report.execution_id, execution_id);
  });
}
