import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { startServer } from '../support/serve.ts';
import { type Figure, printFigures, share } from './figure.ts';
import type { ManyExecutions } from './many-executions.ts';

const MANY = 10_000;
const KILLED = 50;

/** Whether executions can be relied on: very many at once, and a server that is killed in the middle of its work. */
export async function reliabilityFigures(): Promise<readonly Figure[]> {
  return [...(await manyFigures()), ...(await killFigures())];
}

/** In a process of its own, as its memory is measured; it tells how it gets on. */
async function manyFigures(): Promise<readonly Figure[]> {
  const file = join(__dirname, 'many-executions.ts');
  // The limit of the heap lets garbage go before the process grows; what must be kept has to fit.
  const running = promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=768', '--import', 'tsx', file, String(MANY)],
    { maxBuffer: 1 << 24 },
  );
  running.child.stderr?.pipe(process.stderr);
  const found = JSON.parse((await running).stdout) as ManyExecutions;
  for (const one of found.wrong) console.log(`wrong: ${one.slice(0, 600)}`);
  return [
    {
      name: 'local executions at once',
      value: found.atOnce,
      unit: 'count',
      atLeast: MANY,
      of: `${found.seconds.toFixed(0)} s for all of them, in virtual time, with the journal`,
    },
    { name: 'of them accounted for', ...share(found.accounted, found.total), atLeast: 100 },
    { name: 'of them with the right result', ...share(found.right, found.total), atLeast: 100 },
    { name: 'of them right when read from the journal', ...share(found.rightAfterRestart, found.total), atLeast: 100 },
    { name: 'memory at its peak', value: found.peakMegabytes, unit: 'MB', atMost: 1024 },
  ];
}

type Structured = Readonly<Record<string, unknown>>;

const COPY = {
  source_region: 'eu-west-1',
  source_snapshot_id: 'orders-weekly',
  kms_key_id: '0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e',
};

/** The real server, killed while executions run, and started anew on the same folder. */
export async function killFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const first = await startServer(['--state', folder]);
  const client = await connect(first.url);
  const ids: string[] = [];
  // Two in three wait for their snapshot, minutes by the server's clock; the others end at once.
  for (let index = 0; index < KILLED; index += 1)
    ids.push(
      index % 3 === 0
        ? await start(client, 'rds_backup_simple', { instance_id: 'demo-database' })
        : await start(client, 'rds_copy_snapshot_cross_region', { ...COPY, copy_name: `copy-${index}` }),
    );
  const before = await Promise.all(ids.map((id) => stateOf(client, id)));
  await first.kill();
  const second = await startServer(['--state', folder]);
  const again = await connect(second.url);
  const after = await Promise.all(ids.map((id) => stateOf(again, id)));
  await again.close();
  await second.stop();
  rmSync(folder, { recursive: true });
  const running = before.filter(({ status }) => status === 'RUNNING').length;
  const accounted = after.filter((known, index) => isAccounted(known, before[index])).length;
  return [
    {
      name: 'executions accounted for after kill -9',
      ...share(accounted, ids.length),
      atLeast: 100,
      of: `${accounted} of ${ids.length}, ${running} of which were running`,
    },
  ];
}

/** What was told of one that had ended still holds, and what was running has failed in a step that is named. */
function isAccounted(after: Structured, before: Structured | undefined): boolean {
  if (before === undefined || after.execution_id !== before.execution_id) return false;
  if (before.status !== 'RUNNING') return isDeepStrictEqual(after, before);
  const { status, error, cause } = after;
  return status === 'FAILED' && error === 'Local.ServerStopped' && /while (the )?steps? \w+/.test(String(cause));
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ name: 'bench', version: '1.0.0' }, { capabilities: {} });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

async function call(client: Client, name: string, args: Structured): Promise<Structured> {
  const { structuredContent, isError } = await client.callTool({ name, arguments: args });
  if (isError === true) throw new Error(`${name}: ${JSON.stringify(structuredContent)}`);
  return structuredContent as Structured;
}

/** Started as a person would: asked for, then confirmed with the token. */
async function start(client: Client, name: string, params: Structured): Promise<string> {
  const { confirmation_token } = await call(client, 'execute_workflow', { name, params });
  const { execution_id } = await call(client, 'execute_workflow', { name, params, confirmation_token });
  return String(execution_id);
}

function stateOf(client: Client, id: string): Promise<Structured> {
  return call(client, 'get_execution', { execution_id: id });
}

async function main(): Promise<void> {
  process.exitCode = printFigures(await reliabilityFigures()) ? 0 : 1;
}

if (require.main === module) void main();
