import {
  ALICE,
  call,
  connect,
  type Era,
  type McpBench,
  type McpBenchOptions,
  mcpBench,
  URL_OF_MCP,
} from '../support/mcp-bench.ts';

const CALLER = { principal: ALICE, hosts: ['127.0.0.1'] };
const INSPECT = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };
const RESOURCE = {
  authorizationServers: ['https://login.example'],
  scopes: ['api/workflows:read', 'api/workflows:execute'],
};
const METADATA = 'http://127.0.0.1:8080/.well-known/oauth-protected-resource';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: object;
}

function send(bench: McpBench, body: unknown, { headers = {}, caller = {} }: Sent = {}): Promise<Response> {
  const request = new Request(URL_OF_MCP, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return bench.handler(request, { ...CALLER, ...caller });
}

const message = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params });

describe('audit', () => {
  /** The lines of one request, after all of its answer has been read. */
  async function linesOf(body: unknown, sent: Sent = {}, options: McpBenchOptions = {}) {
    const bench = mcpBench(options);
    await (await send(bench, body, sent)).text();
    return bench.audit;
  }
  const line = (more: object) => ({ who: ALICE, correlationId: 'call-1', ...more });

  it.each<[string, unknown, Sent, object]>([
    ['another host', {}, { headers: { host: 'evil.example' } }, { decision: 'refused:HOST' }],
    ['a page of elsewhere', {}, { headers: { origin: 'https://evil.example' } }, { decision: 'refused:ORIGIN' }],
    ['nobody', {}, { caller: { principal: undefined } }, { who: 'unknown', decision: 'refused:UNKNOWN_CALLER' }],
    ['too much', `"${'x'.repeat(256 * 1024)}"`, {}, { decision: 'refused:TOO_LARGE' }],
    ['no JSON', '{', {}, { decision: 'refused:HTTP_400' }],
    [
      'other than JSON',
      '{}',
      { headers: { 'content-type': 'text/plain' } },
      { decision: 'refused:HTTP_415', correlationId: expect.any(String) },
    ],
    [
      'a tool that there is not',
      message('tools/call', { name: 'drop_table', arguments: {} }),
      {},
      { tool: 'drop_table', decision: 'refused:-32602' },
    ],
    [
      'a tool with a name that is none',
      message('tools/call', { name: 'x\nwho: root', arguments: {} }),
      {},
      { decision: 'refused:ODD_NAME' },
    ],
    [
      'a tool with capitals',
      message('tools/call', { name: 'Hunter2', arguments: {} }),
      {},
      { tool: 'unknown', decision: 'refused:-32602' },
    ],
    ['a method with a query', message('secrets/read?hunter2'), {}, { method: 'unknown', decision: 'refused:-32601' }],
    [
      'a method that there is not',
      message('secrets/read', { name: 'hunter2' }),
      {},
      { method: 'secrets/read', decision: 'refused:-32601' },
    ],
    ['a method that is none', message('a\nb'), {}, { decision: 'refused:ODD_NAME' }],
    [
      'a task that there is not',
      message('tasks/cancel', { taskId: 'hunter2' }),
      {},
      { method: 'tasks/cancel', decision: expect.stringMatching(/^refused:-32\d{3}$/) },
    ],
    [
      'a prompt that there is not',
      message('prompts/get', { name: 'none', arguments: { password: 'hunter2' } }),
      {},
      { method: 'prompts/get', target: 'none', decision: expect.stringMatching(/^refused:-32\d{3}$/) },
    ],
    [
      'a resource that there is not',
      message('resources/read', { uri: 'workflow://none/1.0' }),
      {},
      {
        method: 'resources/read',
        target: 'workflow://none/1.0',
        decision: expect.stringMatching(/^refused:-32\d{3}$/),
      },
    ],
    [
      'a file',
      message('resources/read', { uri: 'file:///etc/passwd?hunter2' }),
      {},
      { method: 'resources/read', decision: expect.stringMatching(/^refused:-32\d{3}$/) },
    ],
  ])('has one line for %s', async (_name, body, sent, more) => {
    const lines = await linesOf(body, sent);
    expect(lines).toEqual([line(more)]);
    expect(JSON.stringify(lines)).not.toMatch(/hunter2/i);
  });

  it('has one line for a tool, written by the tool, and none for how conversations begin', async () => {
    const described = message('tools/call', { name: 'describe_workflow', arguments: { name: 'rds_inspect' } });
    expect(await linesOf(described)).toMatchObject([
      { tool: 'describe_workflow', workflow: 'rds_inspect@1.0', decision: 'allowed', correlationId: 'call-1' },
    ]);
    expect(await linesOf(message('tools/list'))).toEqual([]);
    expect(await linesOf(message('ping'))).toEqual([]);
    const get = mcpBench();
    await get.handler(new Request(URL_OF_MCP), CALLER);
    expect(get.audit).toEqual([]);
  });

  it('names an execution only where the call was served, which is to its owner alone', async () => {
    const bench = mcpBench();
    const { execution_id } = await call(await connect(bench, 'modern'), 'execute_workflow', INSPECT);
    bench.audit.length = 0;
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
    };
    const headers = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tasks/cancel',
      'mcp-name': String(execution_id),
    };
    const cancel = message('tasks/cancel', { taskId: execution_id, _meta });
    for (const principal of ['mallory', ALICE]) {
      await (await send(bench, cancel, { headers, caller: { principal } })).text();
    }
    expect(bench.audit).toEqual([
      { who: 'mallory', method: 'tasks/cancel', decision: 'refused:-32602', correlationId: expect.any(String) },
      {
        who: ALICE,
        method: 'tasks/cancel',
        executionId: execution_id,
        decision: 'allowed',
        correlationId: expect.any(String),
      },
    ]);
  });

  it('has a line for each call of a batch, or for what it was refused with', async () => {
    const bodies = ['rds_inspect', 'nothing'].map((name, id) => ({
      ...message('tools/call', { name: 'describe_workflow', arguments: { name } }),
      id,
    }));
    const lines = await linesOf([...bodies, { ...message('secrets/read'), id: 2 }]);
    expect(lines.length).toBe(3);
  });

  it('never has an access token, a header or a parameter', async () => {
    const started = message('tools/call', {
      name: 'execute_workflow',
      arguments: { ...INSPECT, params: { instance_id: 'hunter2' }, idempotency_key: 'hunter2-hunter2' },
    });
    const lines = await linesOf(started, { headers: { authorization: 'Bearer hunter2', 'x-secret': 'hunter2' } });
    expect(lines).toMatchObject([{ tool: 'execute_workflow', decision: 'started' }]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});

describe('rate', () => {
  it('lets each caller through at their own pace, and says when to try again', async () => {
    const bench = mcpBench({ rate: { perSecond: 0.5, burst: 2 } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await send(bench, message('tools/list'))).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await send(bench, message('tools/list'));
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await refused.json()).toMatchObject({
      error: { message: 'Too many calls: try again in 2 s', data: { code: 'RATE_LIMITED', retry_after_s: 2 } },
    });
    expect((await send(bench, message('tools/list'), { caller: { principal: 'someone else' } })).status).toBe(200);
    expect(bench.audit).toMatchObject([{ who: ALICE, decision: 'refused:RATE_LIMITED' }, { who: ALICE }]);
    bench.clock.now += 2_000;
    expect((await send(bench, message('tools/list'))).status).toBe(200);
  });
});

describe('where tokens come from', () => {
  const get = (address: string, options: McpBenchOptions, caller: object = {}) =>
    mcpBench(options).handler(new Request(address), { ...CALLER, ...caller });

  it.each([METADATA, `${METADATA}/mcp`])('is told at %s, to everyone', async (address) => {
    const response = await get(address, { resource: RESOURCE }, { principal: undefined });
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        resource: URL_OF_MCP,
        resource_name: 'AWS MCP Workflows',
        authorization_servers: ['https://login.example'],
        scopes_supported: RESOURCE.scopes,
        bearer_methods_supported: ['header'],
      },
    ]);
  });

  it('is not told for another host, at another address, or where requests are signed', async () => {
    expect((await get(METADATA, { resource: RESOURCE }, { hosts: ['api.example'] })).status).toBe(403);
    expect((await get(`${METADATA}/other`, { resource: RESOURCE })).status).toBe(404);
    expect((await get(METADATA, {})).status).toBe(404);
    expect((await get(METADATA, {}, { principal: undefined })).status).toBe(403);
  });

  it('is where a caller without a good token is sent', async () => {
    const bench = mcpBench({ resource: RESOURCE });
    const response = await send(bench, message('tools/list'), { caller: { principal: undefined, scopes: [] } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer error="invalid_token", scope="${RESOURCE.scopes.join(' ')}", resource_metadata="${METADATA}/mcp"`,
    ]);
    expect(bench.audit).toMatchObject([{ who: 'unknown', decision: 'refused:UNKNOWN_CALLER' }]);
  });
});

describe.each<Era>(['modern', 'legacy'])('scopes in the %s era', (era) => {
  const READ = ['workflows:read'];
  const insufficient = {
    isError: true,
    error: {
      code: 'INSUFFICIENT_SCOPE',
      required_scopes: RESOURCE.scopes,
      hint: expect.stringContaining('api/workflows:execute'),
    },
  };

  it('let a reader look, and start and stop nothing', async () => {
    const bench = mcpBench({ resource: RESOURCE });
    const reader = await connect(bench, era, { scopes: READ });
    const { execution_id } = await call(await connect(bench, era), 'execute_workflow', INSPECT);
    expect(await call(reader, 'suggest_workflows', { query: 'inspect rds' })).toMatchObject({ isError: false });
    expect(await call(reader, 'describe_workflow', { name: 'rds_inspect' })).toMatchObject({ isError: false });
    expect(await call(reader, 'get_execution', { execution_id })).toMatchObject({ status: 'RUNNING' });
    expect(await call(reader, 'execute_workflow', INSPECT)).toMatchObject(insufficient);
    expect(await call(reader, 'execute_workflow', { ...INSPECT, dry_run: true })).toMatchObject(insufficient);
    expect(await call(reader, 'cancel_execution', { execution_id })).toMatchObject(insufficient);
    expect(bench.executor.started).toHaveLength(1);
    expect(bench.audit.at(-1)).toMatchObject({ tool: 'cancel_execution', decision: 'refused:INSUFFICIENT_SCOPE' });
  });

  it('let who may only act not look, and who holds none do nothing', async () => {
    const bench = mcpBench({ resource: RESOURCE });
    const actor = await connect(bench, era, { scopes: ['workflows:execute'] });
    expect(await call(actor, 'describe_workflow', { name: 'rds_inspect' })).toMatchObject(insufficient);
    expect(await call(actor, 'execute_workflow', INSPECT)).toMatchObject({ status: 'RUNNING' });
    const nobody = await connect(bench, era, { scopes: ['openid', 'WORKFLOWS:EXECUTE', 'workflows:execute2'] });
    expect((await nobody.listTools()).tools).toHaveLength(5);
    for (const name of ['describe_workflow', 'execute_workflow', 'get_execution', 'cancel_execution']) {
      expect(await call(nobody, name, {})).toMatchObject(insufficient);
    }
  });
});

describe('scopes of other methods', () => {
  it.each([
    ['resources/read', [], 403],
    ['prompts/get', [], 403],
    ['completion/complete', [], 403],
    ['tasks/get', [], 403],
    ['tasks/cancel', ['workflows:read'], 403],
    ['tasks/update', ['workflows:read'], 403],
    ['something/new', ['workflows:read'], 403],
    ['something/new', ['workflows:execute'], 200],
    ['tools/list', [], 200],
  ])('%s with %j: %i', async (method, scopes, status) => {
    const bench = mcpBench({ resource: RESOURCE });
    const response = await send(bench, message(method), { caller: { scopes } });
    expect(response.status).toBe(status);
    if (status !== 403) return;
    expect(response.headers.get('www-authenticate')).toContain(
      `error="insufficient_scope", scope="${RESOURCE.scopes.join(' ')}"`,
    );
    expect(await response.json()).toMatchObject({ error: { data: { required_scopes: RESOURCE.scopes } } });
    expect(bench.audit).toMatchObject([{ method, decision: 'refused:INSUFFICIENT_SCOPE' }]);
  });

  it('are asked for each message of a batch', async () => {
    const batch = [message('tools/list'), { ...message('tasks/cancel'), id: 2 }];
    const response = await send(mcpBench({ resource: RESOURCE }), batch, { caller: { scopes: ['workflows:read'] } });
    expect(response.status).toBe(403);
  });
});

describe('a body', () => {
  it('that stops in the middle is a mistake of who sent it', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"jsonrpc"'));
        controller.error(new Error('gone'));
      },
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    const bench = mcpBench();
    const response = await bench.handler(new Request(URL_OF_MCP, init as RequestInit), CALLER);
    expect([response.status, bench.audit.map(({ decision }) => decision)]).toEqual([400, ['refused:BROKEN_BODY']]);
  });

  it('that does not end is read no further than it may be long', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    const response = await mcpBench().handler(new Request(URL_OF_MCP, init as RequestInit), CALLER);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(10);
  });
});
