import { checkedBytecode } from '../support/checked-bytecode.ts';
import { ALICE, call, connect, type Era, MALLORY, type McpBench, mcpBench, URL_OF_MCP } from '../support/mcp-bench.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const BACKUP = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
const INSPECT = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };

describe.each<Era>(['modern', 'legacy'])('the server in the %s era', (era) => {
  it('says what it is', async () => {
    const client = await connect(mcpBench(), era);
    expect(client.getServerVersion()).toMatchObject({ name: 'aws-mcp-workflows', version: '0.1.0' });
    expect(client.getServerCapabilities()).toMatchObject({
      tools: { listChanged: false },
      prompts: { listChanged: false },
      resources: { listChanged: false },
    });
    expect(client.getInstructions()).toContain('suggest_workflows');
  });

  it('has five tools, each with schemas, a title and truthful annotations', async () => {
    const { tools } = await (await connect(mcpBench(), era)).listTools();
    expect(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.destructiveHint]),
    ).toEqual([
      ['suggest_workflows', true, false],
      ['describe_workflow', true, false],
      ['execute_workflow', false, true],
      ['get_execution', true, false],
      ['cancel_execution', false, true],
    ]);
    for (const tool of tools) {
      expect(tool.title).toBeTruthy();
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    }
    expect(JSON.stringify(tools)).not.toContain('Create RDS snapshot');
  });

  it('goes from words to a finished run', async () => {
    const bench = mcpBench({ advanceOnSleep: true });
    const client = await connect(bench, era);
    const { matches } = await call(client, 'suggest_workflows', { query: 'backup my database', read_only: false });
    expect(matches).toMatchObject([{ name: 'rds_backup_simple', required_params: ['instance_id'], effect: 'write' }]);
    expect(bench.queries).toEqual([{ query: 'backup my database', limit: 10, readOnly: false }]);

    const described = await call(client, 'describe_workflow', { name: 'rds_backup_simple' });
    const asked = await call(client, 'execute_workflow', { ...BACKUP, expected_checksum: described.checksum });
    expect(asked).toMatchObject({ status: 'CONFIRMATION_REQUIRED', isError: false });
    expect(asked.summary).toContain('instance_id = "demo-database"');
    expect(bench.executor.started).toEqual([]);

    const started = await call(client, 'execute_workflow', { ...BACKUP, confirmation_token: asked.confirmation_token });
    expect(started).toMatchObject({ status: 'RUNNING', workflow: 'rds_backup_simple' });
    const { execution_id } = started;
    const first = await call(client, 'get_execution', { execution_id });
    expect(first).toMatchObject({ status: 'RUNNING', poll_after_ms: 2_000 });
    const last = await call(client, 'get_execution', { execution_id, wait_seconds: 20 });
    expect(last).toMatchObject({
      status: 'SUCCEEDED',
      output: { done: true },
      output_truncated: false,
      steps: [
        { id: 'validate_instance', status: 'SUCCEEDED', action: 'rds:DescribeDBInstances' },
        { id: 'create_snapshot', status: 'SUCCEEDED', action: 'rds:CreateDBSnapshot' },
      ],
    });
  });

  it('describes calls, permissions and risk, and keeps the author apart', async () => {
    const client = await connect(mcpBench(), era);
    const described = await call(client, 'describe_workflow', { name: 'rds_backup_simple', version: '1.0' });
    expect(described).toMatchObject({
      tier: 'community',
      effect: 'write',
      risk: { score: 2.5, reasons: ['rds:CreateDBSnapshot writes'] },
      params_schema: { required: ['instance_id'], properties: { instance_id: { type: 'string', maxLength: 63 } } },
      author_description: { text: 'Create RDS snapshot with basic validation', author: 'poc-demo' },
    });
    expect(described.steps).toMatchObject([
      { id: 'validate_instance', cli: 'aws rds DescribeDBInstances --db-instance-identifier ${params.instance_id}' },
      { id: 'create_snapshot', service: 'rds', operation: 'CreateDBSnapshot', effect: 'write' },
    ]);
    expect(described.required_permissions).toMatchObject([
      { action: 'rds:DescribeDBInstances', step: 'validate_instance', reason: expect.stringContaining('calls') },
      { action: 'rds:CreateDBSnapshot' },
    ]);
    const { author_description, ...rest } = described;
    expect(JSON.stringify(rest)).not.toMatch(/Create RDS snapshot|poc-demo|words of the author/);
    expect(author_description).toMatchObject({ label: expect.stringMatching(/^UNTRUSTED/) });
  });

  it('starts a workflow that only reads at once', async () => {
    const client = await connect(mcpBench(), era);
    expect(await call(client, 'execute_workflow', INSPECT)).toMatchObject({ status: 'RUNNING' });
  });

  it('starts once with one token, and refuses a changed or an old one', async () => {
    const bench = mcpBench();
    const client = await connect(bench, era);
    const { confirmation_token: token } = await call(client, 'execute_workflow', BACKUP);
    const other = { ...BACKUP, params: { instance_id: 'production' }, confirmation_token: token };
    const invalid = { isError: true, error: { code: 'CONFIRMATION_INVALID' } };
    expect(await call(client, 'execute_workflow', other)).toMatchObject(invalid);
    expect(await call(client, 'execute_workflow', { ...BACKUP, confirmation_token: `${token}x` })).toMatchObject(
      invalid,
    );
    const stolen = await connect(bench, era, { principal: MALLORY });
    expect(await call(stolen, 'execute_workflow', { ...BACKUP, confirmation_token: token })).toMatchObject(invalid);
    expect(bench.executor.started).toEqual([]);

    const first = await call(client, 'execute_workflow', { ...BACKUP, confirmation_token: token });
    const second = await call(client, 'execute_workflow', { ...BACKUP, confirmation_token: token });
    expect(second.execution_id).toBe(first.execution_id);
    expect(bench.executor.started).toHaveLength(1);

    bench.clock.now += 10 * 60 * 1_000;
    expect(await call(client, 'execute_workflow', { ...BACKUP, confirmation_token: token })).toMatchObject({
      error: { code: 'CONFIRMATION_EXPIRED', hint: expect.stringContaining('without confirmation_token') },
    });
  });

  it('does not know the executions of others', async () => {
    const bench = mcpBench();
    const { execution_id } = await call(await connect(bench, era), 'execute_workflow', INSPECT);
    const thief = await connect(bench, era, { principal: MALLORY });
    const nonsense = await call(thief, 'get_execution', { execution_id: 'nonsense' });
    expect(nonsense).toMatchObject({ isError: true, error: { code: 'UNKNOWN_EXECUTION' } });
    expect(await call(thief, 'get_execution', { execution_id })).toEqual(nonsense);
    expect(await call(thief, 'cancel_execution', { execution_id })).toEqual(nonsense);
    const arn = 'arn:aws:states:us-east-1:123456789012:execution:wf-rds_inspect:x';
    expect(await call(thief, 'get_execution', { execution_id: arn })).toEqual(nonsense);
  });

  it('stops a run', async () => {
    const client = await connect(mcpBench(), era);
    const { execution_id } = await call(client, 'execute_workflow', INSPECT);
    expect(await call(client, 'cancel_execution', { execution_id, reason: 'enough' })).toMatchObject({
      status: 'ABORTED',
    });
    expect(await call(client, 'get_execution', { execution_id })).toMatchObject({
      cause: 'enough',
      error: 'Cancelled',
    });
  });

  it('refuses a value with its parameter, the rule and the value shown safely', async () => {
    const bench = mcpBench();
    const params = { instance_id: '../../etc/passwd' };
    const client = await connect(bench, era);
    const refused = await call(client, 'execute_workflow', { ...BACKUP, params });
    expect(refused).toMatchObject({
      isError: true,
      error: {
        code: 'INVALID_PARAMETERS',
        message: expect.stringMatching(
          /"instance_id" must match .*letters, digits and hyphens.* it is "\.\.\/\.\.\/etc\/passwd"/,
        ),
        problems: [{ parameter: 'instance_id', rule: 'pattern', value: '"../../etc/passwd"' }],
      },
    });
    expect(bench.audit.at(-1)).toEqual({
      who: ALICE,
      tool: 'execute_workflow',
      workflow: 'rds_backup_simple@1.0',
      checksum: checkedBytecode().checksum,
      decision: 'refused:INVALID_PARAMETERS',
      correlationId: 'call-1',
    });
    expect(JSON.stringify(bench.audit)).not.toContain('passwd');
  });

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ['INVALID_ARGUMENTS', 'suggest_workflows', { query: 'x' }, /query/],
    ['INVALID_ARGUMENTS', 'suggest_workflows', { query: 'backup', limit: 11 }, /limit/],
    ['INVALID_ARGUMENTS', 'execute_workflow', { params: {} }, /name/],
    ['INVALID_ARGUMENTS', 'execute_workflow', { ...BACKUP, confirm: true }, /confirm/],
    ['INVALID_ARGUMENTS', 'get_execution', { execution_id: 'x', wait_seconds: 21 }, /wait_seconds/],
    ['UNKNOWN_WORKFLOW', 'describe_workflow', { name: '../../etc/passwd' }, /"\.\.\/\.\.\/etc\/passwd"/],
    ['UNKNOWN_WORKFLOW', 'execute_workflow', { name: 'nothing' }, /"nothing"/],
    [
      'CHECKSUM_MISMATCH',
      'execute_workflow',
      { ...BACKUP, expected_checksum: `sha256:${'0'.repeat(64)}` },
      /not the one/,
    ],
    ['PARAMS_TOO_LARGE', 'execute_workflow', { ...BACKUP, params: { instance_id: 'x'.repeat(33_000) } }, /32768/],
  ])('answers %s to %s', async (code, tool, args, message) => {
    const refused = await call(await connect(mcpBench(), era), tool, args);
    expect(refused).toMatchObject({ isError: true, error: { code, message: expect.stringMatching(message) } });
  });

  it('checks without starting in a dry run', async () => {
    const bench = mcpBench();
    const checked = await call(await connect(bench, era), 'execute_workflow', { ...BACKUP, dry_run: true });
    const plan_id = expect.stringMatching(/^p1\.[A-Za-z0-9_-]{43}$/);
    expect(checked).toMatchObject({ status: 'PLANNED', plan: { plan_id, worst_case: { per_entry: [] } } });
    expect(checked.summary).toMatch(/^Plan p1\.[\s\S]*Would change:\n- create_snapshot: rds:CreateDBSnapshot /);
    expect(bench.executor.started).toEqual([]);
  });

  it('starts under a plan only while it is what would be done, and shows it to whoever agrees', async () => {
    const client = await connect(mcpBench(), era);
    const { plan } = await call(client, 'execute_workflow', { ...BACKUP, dry_run: true });
    const { plan_id } = plan as { readonly plan_id: string };
    const asked = await call(client, 'execute_workflow', { ...BACKUP, plan_id });
    expect(asked).toMatchObject({ status: 'CONFIRMATION_REQUIRED', plan: { plan_id } });
    expect(asked.summary).toContain(`Plan ${plan_id}`);
    const { confirmation_token } = asked;
    const without = await call(client, 'execute_workflow', { ...BACKUP, confirmation_token });
    expect(without).toMatchObject({ isError: true, error: { code: 'CONFIRMATION_INVALID' } });
    const started = await call(client, 'execute_workflow', { ...BACKUP, plan_id, confirmation_token });
    expect(started).toMatchObject({ status: 'RUNNING' });
    const other = await call(client, 'execute_workflow', { ...BACKUP, plan_id: `p1.${'a'.repeat(43)}` });
    expect(other).toMatchObject({
      isError: true,
      error: { code: 'PLAN_CHANGED', message: expect.stringContaining(plan_id) },
    });
  });

  it('tells a fault of its own only by a number', async () => {
    const fails = async () => {
      throw new Error('the bucket arn:aws:s3:::secret-bucket is on fire');
    };
    const bench = mcpBench({ storage: { list: fails, load: fails } });
    const failed = await call(await connect(bench, era), 'describe_workflow', { name: 'rds_backup_simple' });
    expect(failed).toMatchObject({
      isError: true,
      error: { code: 'INTERNAL', message: expect.stringContaining('call-1') },
    });
    expect(JSON.stringify(failed)).not.toMatch(/secret-bucket|Error:|\.ts/);
    expect(bench.faults).toMatchObject([{ correlationId: 'call-1', tool: 'describe_workflow' }]);
    expect(bench.audit).toMatchObject([{ decision: 'fault', correlationId: 'call-1' }]);
  });

  it('cuts and cleans what AWS gave back', async () => {
    const output = { Name: 'a\u202Eb\u001B[31mred', MasterUserPassword: 'hunter2', Text: 'x'.repeat(20_000) };
    const bench = mcpBench({ advanceOnSleep: true, output });
    const client = await connect(bench, era);
    const { execution_id } = await call(client, 'execute_workflow', INSPECT);
    const done = await call(client, 'get_execution', { execution_id, wait_seconds: 5 });
    expect(done.output_truncated).toBe(true);
    expect(done.output).toMatch(/^\{"Name":"abred","MasterUserPassword":"\[redacted\]","Text":"xx/);
    expect(Buffer.byteLength(JSON.stringify(done))).toBeLessThan(18_000);
  });

  it('waits no longer than it was told', async () => {
    const bench = mcpBench();
    const client = await connect(bench, era);
    const { execution_id } = await call(client, 'execute_workflow', INSPECT);
    const before = bench.clock.now;
    expect(await call(client, 'get_execution', { execution_id, wait_seconds: 7 })).toMatchObject({ status: 'RUNNING' });
    expect(bench.clock.now - before).toBe(7_000);
  });

  it('names the step that failed', async () => {
    const failAt = {
      step: 'validate_instance',
      error: 'Rds.DbInstanceNotFoundException',
      cause: 'DBInstance nope not found',
    };
    const client = await connect(mcpBench({ failAt, advanceOnSleep: true }), era);
    const { execution_id } = await call(client, 'execute_workflow', INSPECT);
    expect(await call(client, 'get_execution', { execution_id, wait_seconds: 5 })).toMatchObject({
      status: 'FAILED',
      error: 'Rds.DbInstanceNotFoundException',
      steps: [{ id: 'validate_instance', status: 'FAILED', cause: 'DBInstance nope not found' }],
    });
  });
});

describe('a client that can ask its person', () => {
  it('asks, with a summary made from the plan, and starts when the person agrees', async () => {
    const bench = mcpBench();
    const messages: string[] = [];
    const client = await connect(bench, 'modern', {
      answer: (message) => {
        messages.push(message);
        return 'accept';
      },
    });
    expect(await call(client, 'execute_workflow', BACKUP)).toMatchObject({ status: 'RUNNING', isError: false });
    expect(bench.executor.started).toHaveLength(1);
    expect(messages).toEqual([
      [
        'Run rds_backup_simple 1.0 in AWS? Changes AWS: rds:DescribeDBInstances, then rds:CreateDBSnapshot.',
        'Effect: write. Risk: 2.5 of 10. Tier: community.',
        'Calls:',
        '- validate_instance: rds:DescribeDBInstances (read)',
        '- create_snapshot: rds:CreateDBSnapshot (write)',
        'Parameters:',
        '- instance_id = "demo-database"',
      ].join('\n'),
    ]);
    expect(bench.audit.map(({ decision }) => decision)).toEqual(['confirmation-required', 'started']);
  });

  it.each(['decline', 'cancel', 'refuse'] as const)('starts nothing on %s', async (answer) => {
    const bench = mcpBench();
    const client = await connect(bench, 'modern', { answer: () => answer });
    expect(await call(client, 'execute_workflow', BACKUP)).toMatchObject({
      isError: true,
      error: { code: 'DECLINED' },
    });
    expect(bench.executor.started).toEqual([]);
  });

  it('is not believed when it sends an answer to a question that was never asked', async () => {
    const bench = mcpBench();
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    for (const requestState of [undefined, 'c1.9999999999999.name.mac']) {
      const { result } = await modernCall(bench, { inputResponses, ...(requestState && { requestState }) });
      expect(result.resultType === 'input_required' || result.isError).toBe(true);
    }
    expect(bench.executor.started).toEqual([]);
  });

  it('still gets a token in the legacy era, which cannot ask in the middle of a call', async () => {
    const client = await connect(mcpBench(), 'legacy', { answer: () => 'accept' });
    expect(await call(client, 'execute_workflow', BACKUP)).toMatchObject({ status: 'CONFIRMATION_REQUIRED' });
  });
});

/** A modern call of execute_workflow as bytes, with whatever the client likes to add. */
async function modernCall(bench: McpBench, extra: Record<string, unknown>) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
  };
  const params = { name: 'execute_workflow', arguments: BACKUP, _meta, ...extra };
  const response = await bench.handler(
    post(
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
      {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'execute_workflow',
      },
    ),
    CALLER,
  );
  return (await response.json()) as { result: { resultType?: string; isError?: boolean } };
}

const CALLER = { principal: ALICE, hosts: ['127.0.0.1'] };
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_MCP, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('requests that are not served', () => {
  const status = async (request: Request, caller = {}) =>
    (await mcpBench().handler(request, { ...CALLER, ...caller })).status;

  it('serves a plain one', async () => {
    expect(await status(post(LIST))).toBe(200);
  });

  it.each<[string, Request, object, number]>([
    ['another host', post(LIST, { host: 'evil.example' }), {}, 403],
    ['a host that only begins like ours', post(LIST, { host: '127.0.0.1.evil.example' }), {}, 403],
    ['a web page', post(LIST, { origin: 'https://evil.example' }), {}, 403],
    ['a page without an origin', post(LIST, { origin: 'null' }), {}, 403],
    ['nobody', post(LIST), { principal: undefined }, 403],
    ['a nameless caller', post(LIST), { principal: '' }, 403],
    ['GET', new Request(URL_OF_MCP), {}, 405],
    ['DELETE', new Request(URL_OF_MCP, { method: 'DELETE' }), {}, 405],
    ['another path', new Request('http://127.0.0.1:8080/', { method: 'POST', body: '{}' }), {}, 404],
    ['text', post(LIST, { 'content-type': 'text/plain' }), {}, 415],
    ['more than 256 KiB', post(JSON.stringify({ ...LIST, pad: 'x'.repeat(256 * 1024) })), {}, 413],
    ['a host of none of ours', post(LIST), { hosts: [] }, 403],
  ])('%s', async (_name, request, caller, expected) => {
    expect(await status(request, caller)).toBe(expected);
  });

  it('says which method it wants', async () => {
    const response = await mcpBench().handler(new Request(URL_OF_MCP), CALLER);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it('serves pages of the origins that are allowed', async () => {
    expect(await status(post(LIST, { origin: 'http://localhost:6274' }), { origins: ['localhost'] })).toBe(200);
  });

  it.each(['', '{', '[]', 'null', '{"jsonrpc":"2.0","id":1,"method":"tools/call"}'])(
    'answers %j without falling over',
    async (body) => {
      const bench = mcpBench();
      const response = await bench.handler(post(body), CALLER);
      const text = await response.text();
      expect(response.status).toBeLessThan(500);
      expect(text).not.toMatch(/\bat .*\.(c?js|ts):/);
    },
  );

  it('does not hang on subscriptions', async () => {
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { notifications: { toolsListChanged: true }, _meta };
    const listen = post(
      { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params },
      { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
    );
    const response = await mcpBench().handler(listen, CALLER);
    expect(await response.text()).toContain('"id":1');
  });
});

describe('a workflow with hostile text', () => {
  it('cannot hide anything in what the author wrote', async () => {
    const hostile = checkedBytecode((content) => ({
      ...content,
      metadata: { ...content.metadata, description: 'a\u202E\u200B\u001B]0;x\u0007\u{E0041}b', tags: ['t\u2066ag'] },
    }));
    const client = await connect(mcpBench({ storage: memoryStorage([hostile]) }), 'legacy');
    const { author_description } = await call(client, 'describe_workflow', { name: 'rds_backup_simple' });
    expect(author_description).toMatchObject({ text: 'ab', tags: ['tag'] });
  });
});
