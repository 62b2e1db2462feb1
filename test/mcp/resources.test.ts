import { call, connect, type Era, MALLORY, mcpBench } from '../support/mcp-bench.ts';

const INSPECT = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };

describe.each<Era>(['modern', 'legacy'])('resources and prompts in the %s era', (era) => {
  it('lists the workflows by what was generated, never by words of an author', async () => {
    const { resources } = await (await connect(mcpBench(), era)).listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'ui://workflows/execution.html',
      'workflow://rds_backup_simple/1.0',
      'workflow://rds_inspect/1.0',
    ]);
    expect(JSON.stringify(resources)).not.toMatch(/Create RDS snapshot|poc-demo/);
  });

  it('reads a workflow as JSON and as Markdown, with the author apart', async () => {
    const client = await connect(mcpBench(), era);
    const { contents } = await client.readResource({ uri: 'workflow://rds_backup_simple/1.0' });
    expect(contents.map(({ mimeType }) => mimeType)).toEqual(['application/json', 'text/markdown']);
    const [json, markdown] = contents.map((content) => ('text' in content ? content.text : ''));
    expect(JSON.parse(json ?? '')).toMatchObject({
      name: 'rds_backup_simple',
      truncated: false,
      author_description: { label: expect.stringMatching(/^UNTRUSTED/) },
    });
    expect(markdown).toMatch(/## Words of the author\n\n> UNTRUSTED[^\n]*\n>\n> Create RDS snapshot/);
  });

  it.each(['workflow://nothing/1.0', 'workflow://../../etc/1.0', 'execution://nonsense', 'file:///etc/passwd'])(
    'does not know %s',
    async (uri) => {
      const client = await connect(mcpBench(), era);
      await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32_602 });
    },
  );

  it('shows an execution to its caller only', async () => {
    const bench = mcpBench();
    const client = await connect(bench, era);
    const { execution_id } = await call(client, 'execute_workflow', INSPECT);
    const uri = `execution://${execution_id}`;
    const { contents } = await client.readResource({ uri });
    expect(contents).toMatchObject([{ uri, text: expect.stringContaining('"status":"RUNNING"') }]);
    const thief = await connect(bench, era, { principal: MALLORY });
    await expect(thief.readResource({ uri })).rejects.toMatchObject({ code: -32_602 });
  });

  it('has a prompt with the names of workflows to choose from', async () => {
    const client = await connect(mcpBench(), era);
    const ref = { type: 'ref/prompt', name: 'run_workflow' } as const;
    const { completion } = await client.complete({ ref, argument: { name: 'workflow', value: 'rds_b' } });
    expect(completion).toMatchObject({ values: ['rds_backup_simple'], hasMore: false });
    const given = { workflow: 'rds_backup_simple', parameters: 'the demo database' };
    const { messages } = await client.getPrompt({ name: 'run_workflow', arguments: given });
    expect(JSON.stringify(messages)).toContain('Its parameters: instance_id');
    expect(JSON.stringify(messages)).not.toContain('Create RDS snapshot');
    await expect(client.getPrompt({ name: 'other', arguments: {} })).rejects.toMatchObject({ code: -32_602 });
  });
});

it('links from the description of a workflow to its resource', async () => {
  const client = await connect(mcpBench(), 'modern');
  const { content } = await client.callTool({ name: 'describe_workflow', arguments: { name: 'rds_inspect' } });
  expect(content).toMatchObject([{ type: 'text' }, { type: 'resource_link', uri: 'workflow://rds_inspect/1.0' }]);
});

it('serves a page that loads nothing', async () => {
  const client = await connect(mcpBench(), 'modern');
  const { contents } = await client.readResource({ uri: 'ui://workflows/execution.html' });
  expect(contents).toMatchObject([{ mimeType: 'text/html;profile=mcp-app' }]);
  const page = contents[0] && 'text' in contents[0] ? contents[0].text : '';
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/https?:\/\/|innerHTML|\bsrc=|eval\(/);
});
