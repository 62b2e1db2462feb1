import { ALICE, MALLORY, type McpBench, mcpBench, type Structured, URL_OF_MCP } from '../support/mcp-bench.ts';

const TASKS = 'io.modelcontextprotocol/tasks';
const RUN = { name: 'execute_workflow', arguments: { name: 'rds_inspect', params: { instance_id: 'demo-database' } } };

/** One request as a client of the newest revision sends it; the official client has no words for tasks. */
async function send(
  bench: McpBench,
  method: string,
  params: Structured,
  { principal = ALICE, extensions = { [TASKS]: {} } as Structured } = {},
) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { extensions },
  };
  const name = (params.name ?? params.taskId) as string;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    'mcp-name': name,
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } });
  const request = new Request(URL_OF_MCP, { method: 'POST', headers, body });
  const text = await (await bench.handler(request, { principal, hosts: ['127.0.0.1'] })).text();
  const json = text.startsWith('{') ? text : (/^data: (\{.*)$/m.exec(text)?.[1] ?? '');
  const { result, error } = JSON.parse(json) as { result?: Structured; error?: Structured };
  return result ?? { error };
}

describe('tasks', () => {
  it('are given to clients that take them, and are the execution itself', async () => {
    const bench = mcpBench();
    const task = await send(bench, 'tools/call', RUN);
    expect(task).toMatchObject({ resultType: 'task', status: 'working', ttlMs: null });
    const { taskId } = task;
    expect(await send(bench, 'tasks/get', { taskId })).toMatchObject({ taskId, status: 'working' });
    bench.executor.advance();
    bench.executor.advance();
    bench.executor.advance();
    expect(await send(bench, 'tasks/get', { taskId })).toMatchObject({
      status: 'completed',
      result: { structuredContent: { status: 'SUCCEEDED', execution_id: taskId } },
    });
    expect(await send(bench, 'tasks/update', { taskId, inputResponses: {} })).not.toHaveProperty('error');
  });

  it('are not given to others, who are told what is missing', async () => {
    const bench = mcpBench();
    const result = await send(bench, 'tools/call', RUN, { extensions: {} });
    expect(result).not.toHaveProperty('taskId');
    expect(result).toMatchObject({ structuredContent: { status: 'RUNNING' } });
    const { execution_id: taskId } = result.structuredContent as Structured;
    expect(await send(bench, 'tasks/get', { taskId }, { extensions: {} })).toMatchObject({ error: { code: -32_021 } });
  });

  it('are confirmed before they begin', async () => {
    const backup = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
    const result = await send(mcpBench(), 'tools/call', { name: 'execute_workflow', arguments: backup });
    expect(result).toMatchObject({ structuredContent: { status: 'CONFIRMATION_REQUIRED' } });
    expect(result).not.toHaveProperty('taskId');
  });

  it('can be cancelled, by their caller only', async () => {
    const bench = mcpBench();
    const { taskId } = await send(bench, 'tools/call', RUN);
    const thief = { principal: MALLORY };
    const nothing = await send(bench, 'tasks/get', { taskId: 'nonsense' }, thief);
    expect(nothing).toMatchObject({ error: { code: -32_602 } });
    for (const method of ['tasks/get', 'tasks/cancel', 'tasks/update']) {
      expect(await send(bench, method, { taskId }, thief)).toEqual(nothing);
    }
    expect(await send(bench, 'tasks/get', { taskId })).toMatchObject({ status: 'working' });
    await send(bench, 'tasks/cancel', { taskId });
    expect(await send(bench, 'tasks/get', { taskId })).toMatchObject({ status: 'cancelled' });
  });
});
