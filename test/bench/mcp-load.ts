import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { legacyCall, messageOf, modernCall } from '../support/mcp-doors.ts';
import { type Figure, share } from './figure.ts';

export const CALLER_HEADER = 'x-bench-caller';
export const REGISTRY = join(__dirname, '../../registry');
export const databaseOf = (client: number): string => `fleet-${String(client).padStart(3, '0')}`;

const CLIENTS = 200;
const CALLS = 20_000;
/** So many calls a client makes in one round of all it does. */
const ROUND = 10;
const WORKFLOW = 'rds_snapshot_verified';
const QUERIES = [
  'back up my database',
  'restart an instance',
  'rotate an access key',
  'copy a snapshot to another region',
];

type Found = Readonly<Record<string, unknown>>;

/** What all clients together saw. */
interface Seen {
  readonly times: number[];
  readonly errors: string[];
  readonly crossed: string[];
  checked: number;
}

interface ServerReport {
  readonly faults: number;
  readonly first?: string;
  readonly megabytes: number;
  readonly peak: number;
}

/** Many clients at once, each a caller of its own, against the local server in a process of its own. */
export async function loadFigures(): Promise<readonly Figure[]> {
  const server = fork(join(__dirname, 'mcp-load-server.ts'), [String(CLIENTS)], { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const warm: Seen = { times: [], errors: [], crossed: [], checked: 0 };
  await clientsOf(port, agent, warm, ROUND);
  const before = await ask(server, 'memory');
  const seen: Seen = { times: [], errors: [], crossed: [], checked: 0 };
  const start = performance.now();
  await clientsOf(port, agent, seen, CALLS / CLIENTS);
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  const after = await ask(server, 'stop');
  for (const line of [...seen.errors, ...seen.crossed, after.first ?? ''].filter((one) => one !== '').slice(0, 10))
    console.log(`wrong: ${line.slice(0, 400)}`);
  const sorted = seen.times.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * sorted.length)] ?? Number.NaN;
  const rate = `${(sorted.length / seconds).toFixed(0)} calls a second, p50 ${at(0.5).toFixed(0)} ms`;
  return [
    { name: `calls of ${CLIENTS} clients at once`, value: sorted.length, unit: 'count', atLeast: CALLS, of: rate },
    { name: 'of them with an error, and faults', value: seen.errors.length + after.faults, unit: 'count', atMost: 0 },
    {
      name: 'executions and results that were the own',
      ...share(seen.checked - seen.crossed.length, seen.checked),
      atLeast: 100,
    },
    { name: 'a call under this load, p99', value: at(0.99), unit: 'ms', atMost: 500 },
    {
      name: 'memory that it grew by',
      value: after.megabytes - before.megabytes,
      unit: 'MB',
      atMost: 256,
      of: `${after.peak.toFixed(0)} MB at its peak`,
    },
  ];
}

async function ask(server: ChildProcess, what: string): Promise<ServerReport> {
  const answer = once(server, 'message') as Promise<[ServerReport]>;
  server.send(what);
  return (await answer)[0];
}

async function clientsOf(port: number, agent: Agent, seen: Seen, calls: number): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => client(index, calls, caller(port, agent, index, seen), seen)),
  );
}

/** One client: it looks for a workflow, runs it with a confirmation, follows it, tries what is not its own, stops it. */
async function client(index: number, calls: number, call: Call, seen: Seen): Promise<void> {
  const database = databaseOf(index);
  const start = { name: WORKFLOW, params: { instance_id: database } };
  const own: string[] = [];
  const check = (right: boolean, found: Found) => {
    seen.checked += 1;
    if (!right) seen.crossed.push(`${database}: ${JSON.stringify(found)}`);
  };
  // Nobody's clients go in step: each is at another place of the round below.
  for (let ahead = index % ROUND; ahead > 0; ahead--) await call('describe_workflow', { name: WORKFLOW });
  for (let made = 0; made < calls; made += ROUND) {
    await call('suggest_workflows', { query: QUERIES[(index + made) % QUERIES.length] });
    const { checksum } = await call('describe_workflow', { name: WORKFLOW });
    const asked = await call('execute_workflow', { ...start, expected_checksum: checksum });
    check(String(asked.summary).includes(`"${database}"`), asked);
    const confirmed = { ...start, expected_checksum: checksum, confirmation_token: asked.confirmation_token };
    const id = String((await call('execute_workflow', confirmed)).execution_id);
    check((await call('execute_workflow', confirmed)).execution_id === id && !own.includes(id), { id });
    check(isOwn(await call('get_execution', { execution_id: id }), id, database), { id });
    handles.set(database, id);
    const stranger = await call(
      'get_execution',
      { execution_id: handles.get(databaseOf((index + 1) % CLIENTS)) ?? 'none' },
      'UNKNOWN_EXECUTION',
    );
    check(stranger.execution_id === undefined, stranger);
    const earlier = own.at(-1);
    if (earlier) check(isOwn(await call('get_execution', { execution_id: earlier }), earlier, database), { earlier });
    else await call('describe_workflow', { name: WORKFLOW });
    if (made % 20 === 0) await call('cancel_execution', { execution_id: id });
    const found = await call('get_execution', { execution_id: id });
    check(isOwn(found, id, database) && (made % 20 !== 0 || found.status !== 'RUNNING'), found);
    if (made % 20 !== 0) await call('suggest_workflows', { query: QUERIES[index % QUERIES.length] });
    own.push(id);
  }
}

/** The newest execution of each client, for the others to try. */
const handles = new Map<string, string>();

function isOwn(found: Found, id: string, database: string): boolean {
  const named = [...JSON.stringify(found).matchAll(/fleet-\d{3}/g)].map(([name]) => name);
  return found.execution_id === id && named.every((name) => name === database);
}

type Call = (tool: string, args: unknown, expected?: string) => Promise<Found>;

/** Every other client speaks the newer protocol. */
function caller(port: number, agent: Agent, index: number, seen: Seen): Call {
  const write = index % 2 === 0 ? legacyCall : modernCall;
  return async (tool, args, expected) => {
    const { headers, body = '' } = write(tool, args);
    const start = performance.now();
    const { status, text } = await post(port, agent, { ...headers, [CALLER_HEADER]: `client-${index}` }, String(body));
    seen.times.push(performance.now() - start);
    const { result } = (messageOf({ status, headers: {}, text }) ?? {}) as { result?: { structuredContent?: Found } };
    const found = result?.structuredContent ?? {};
    const error = (found.error as Found | undefined)?.code;
    if (status !== 200 || result === undefined || error !== expected) seen.errors.push(`${tool}: ${status} ${text}`);
    return found;
  };
}

function post(
  port: number,
  agent: Agent,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/mcp',
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.once('error', (error) => resolve({ status: 0, text: String(error) }));
    sent.end(body);
  });
}
