import { request as httpRequest } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type HttpServer, PortTaken, serveHttp } from '../../lib/mcp/serve-http.ts';
import { call, type McpBench, mcpBench } from '../support/mcp-bench.ts';

let bench: McpBench;
let server: HttpServer;

beforeEach(async () => {
  bench = mcpBench({ advanceOnSleep: true });
  server = await serveHttp({ handler: bench.handler, port: 0 });
});
afterEach(() => server.close());

/** A request with any header at all, which `fetch` would not send. */
function raw(options: {
  headers?: Record<string, string>;
  method?: string;
  path?: string;
  body?: string;
}): Promise<number> {
  const { headers = {}, method = 'POST', path = '/mcp', body = '{}' } = options;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: server.port, path, method, headers, agent: false },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('serveHttp', () => {
  it.each(['modern', 'legacy'])('serves the official client in the %s era', async (era) => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/mcp`);
    const versionNegotiation = era === 'modern' ? { versionNegotiation: { mode: 'auto' as const } } : {};
    const client = new Client({ name: 'test', version: '1' }, versionNegotiation);
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    const args = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };
    const { execution_id } = await call(client, 'execute_workflow', args);
    expect(await call(client, 'get_execution', { execution_id, wait_seconds: 5 })).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(bench.audit[0]?.who).toBe('local');
    await client.close();
  });

  it('refuses names that do not mean this machine, and pages from elsewhere', async () => {
    expect(await raw({ headers: { host: `evil.example:${server.port}` } })).toBe(403);
    expect(await raw({ headers: { origin: 'https://evil.example' } })).toBe(403);
    expect(await raw({ headers: { host: '127.0.0.1.evil.example' } })).toBe(403);
    expect(await raw({ headers: { host: 'a b' } })).toBe(400);
  });

  it('refuses other methods, paths and bodies that are too large', async () => {
    expect(await raw({ method: 'GET', body: '' })).toBe(405);
    expect(await raw({ path: '/' })).toBe(404);
    expect(await raw({ path: '//evil.example/mcp' })).not.toBe(200);
    const headers = { 'content-type': 'application/json' };
    expect(await raw({ headers, body: JSON.stringify({ pad: 'x'.repeat(300_000) }) })).toBe(413);
  });

  it('says which port is taken and what to do', async () => {
    const second = serveHttp({ handler: bench.handler, port: server.port });
    await expect(second).rejects.toThrow(PortTaken);
    await expect(second).rejects.toMatchObject({ port: server.port, hint: expect.stringContaining('--port') });
  });

  it('answers 500 and reports when the handler fails', async () => {
    const errors: unknown[] = [];
    const handler = () => Promise.reject(new Error('broken'));
    const broken = await serveHttp({ handler, port: 0, onError: (error) => errors.push(error) });
    const response = await fetch(broken.url, { method: 'POST', body: '{}' });
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(errors).toMatchObject([{ message: 'broken' }]);
    await broken.close();
  });
});
