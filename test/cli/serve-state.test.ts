import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { startServer } from '../support/serve.ts';
import { runCommand } from '../support/terminal.ts';

type Structured = Readonly<Record<string, unknown>>;

let folder: string;
let state: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  state = join(folder, 'state');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function connect(url: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: {} });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

async function call(client: Client, name: string, args: Structured): Promise<Structured> {
  return (await client.callTool({ name, arguments: args })).structuredContent as Structured;
}

/** Runs for minutes: it waits until the copy can be restored. */
const COPY = {
  name: 'rds_copy_snapshot_cross_region',
  params: {
    source_region: 'eu-west-1',
    source_snapshot_id: 'orders-weekly',
    copy_name: 'orders-dr',
    kms_key_id: '0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e',
  },
};

it('keeps executions, ids and tokens when the server crashes, and when it is stopped', async () => {
  const first = await startServer(['--state', state]);
  const client = await connect(first.url);
  const { confirmation_token } = await call(client, 'execute_workflow', COPY);
  const { execution_id } = await call(client, 'execute_workflow', { ...COPY, confirmation_token });
  expect(await call(client, 'get_execution', { execution_id })).toMatchObject({ status: 'RUNNING' });
  const { confirmation_token: unused } = await call(client, 'execute_workflow', COPY);

  const beside = await runCommand('serve', '--port', '0', '--state', state);
  expect(beside.exitCode).toBe(1);
  expect(beside.err).toMatch(/^The state folder .*state is in use by another server, process \d+\nhint: stop that/);
  expect(statSync(state).mode & 0o777).toBe(0o700);
  await first.kill();

  const second = await startServer(['--state', state]);
  const again = await connect(second.url);
  const crashed = {
    status: 'FAILED',
    error: 'Local.ServerStopped',
    cause: expect.stringMatching(/^The server stopped while step \w+ was running$/),
  };
  expect(await call(again, 'get_execution', { execution_id })).toMatchObject(crashed);
  const { execution_id: other } = await call(again, 'execute_workflow', { ...COPY, confirmation_token: unused });
  expect(await call(again, 'get_execution', { execution_id: other })).toMatchObject({ status: 'RUNNING' });
  await second.stop();

  const third = await startServer(['--state', state]);
  const last = await connect(third.url);
  for (const id of [execution_id, other])
    expect(await call(last, 'get_execution', { execution_id: id })).toMatchObject(crashed);
  await last.close();
  await third.stop();
}, 120_000);
