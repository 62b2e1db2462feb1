import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { JSON_HEADERS, legacyCall, modernCall, type Sent } from './mcp-doors.ts';

const PARAMS = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
const APPROVAL = { execution_id: 'x.y', step: 'ask', decision: 'approve' };

/** What clients really send: the start of every hostile request. None of it can start anything. */
const ORDINARY: readonly Sent[] = [
  ...[legacyCall, modernCall].flatMap((of) => [
    of('suggest_workflows', { query: 'backup my database', limit: 3 }),
    of('describe_workflow', { name: 'rds_backup_simple', version: '1.0' }),
    of('execute_workflow', { ...PARAMS, idempotency_key: 'a-key-of-mine', confirmation_token: 'c1.1.a.b' }),
    of('execute_workflow', { ...PARAMS, dry_run: true, plan_id: `p1.${'a'.repeat(43)}` }),
    of('execute_workflow', { ...PARAMS, approval: APPROVAL }),
    of('get_execution', { execution_id: 'x.y', wait_seconds: 1 }),
    of('cancel_execution', { execution_id: 'x.y', reason: 'enough' }),
  ]),
  ...['tools/list', 'server/discover', 'initialize', 'ping', 'resources/read', 'prompts/get', 'tasks/get'].map(
    (method) => ({ headers: JSON_HEADERS, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} }) }),
  ),
];

const ODD_TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    'arn:aws:iam::1:role/x',
    '\u001B[31m',
    '\u202E',
    '${7*7}',
  ),
  fc.nat({ max: 70_000 }).map((length) => 'x'.repeat(length)),
);
const ODD_VALUE = fc.oneof(
  ODD_TEXT,
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, [], {}, [[]], [{}]),
  fc.jsonValue({ maxDepth: 4 }),
  fc.nat({ max: 3_000 }).map(nested),
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}

type Change = (text: string) => string | Buffer;

/** Puts something else where something stands in the JSON, or beside it. */
const CHANGED_TREE: fc.Arbitrary<Change> = fc
  .tuple(fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 5 }), ODD_VALUE, fc.option(ODD_TEXT))
  .map(([path, value, name]) => (text) => {
    const tree = JSON.parse(text) as Record<string, unknown>;
    let place = tree;
    for (const index of path.slice(1)) {
      const member = Object.values(place)[index % Math.max(1, Object.keys(place).length)];
      if (typeof member !== 'object' || member === null) break;
      place = member as Record<string, unknown>;
    }
    const names = Object.keys(place);
    const at = name ?? names[(path[0] ?? 0) % Math.max(1, names.length)] ?? 'x';
    Object.defineProperty(place, at, { value, enumerable: true, configurable: true, writable: true });
    return JSON.stringify(tree);
  });

/** Members given twice, and numbers that no double holds: what a tree cannot say. */
const CHANGED_TEXT: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom('{', '"name":', '"params":', '"id":1', '"jsonrpc":"2.0"', ':', ','), ODD_VALUE)
  .chain(([at, value]) =>
    fc
      .constantFrom(
        `"name":${JSON.stringify(value)},`,
        '"id":1e400,',
        '"__proto__":{"a":1},',
        '/**/',
        '\u0000',
        '123456789012345678901234567890',
      )
      .map((inserted) => (text: string) => text.replace(at, (found) => `${found}${inserted}`)),
  );

const CHANGED_BYTES: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.nat({ max: 20 }), fc.uint8Array({ maxLength: 8 }))
  .map(([at, remove, insert]) => (text) => {
    const bytes = Buffer.from(text);
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)]);
  });

const OTHER_BODY: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  () => '',
  (text) => `[${text},${text}]`,
  (text) => `\uFEFF${text}`,
  (text) => `${text}${text}`,
  (text) => Buffer.from(text, 'utf16le'),
  (text) => gzipSync(text),
  (text) => text.slice(0, text.length / 2),
  () => '['.repeat(100_000),
  (text) => text.padEnd(300_000),
);

const BODY = fc.oneof({ weight: 3, arbitrary: CHANGED_TREE }, CHANGED_TEXT, CHANGED_BYTES, OTHER_BODY);

const HEADER_TEXT = fc.oneof(
  fc.stringMatching(/^[\x20-\x7e]{0,40}$/),
  fc.constantFrom(
    '2026-07-28',
    '2025-11-25',
    '2024-01-01',
    'tools/call',
    'execute_workflow',
    'null',
    '*',
    'gzip',
    'application/json',
    'text/event-stream',
    'http://localhost',
    'evil.example',
    '127.0.0.1',
    '-1',
    'é',
    'x'.repeat(9_000),
  ),
);
const HEADERS = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'accept',
    'mcp-protocol-version',
    'mcp-method',
    'mcp-name',
    'mcp-session-id',
    'last-event-id',
    'origin',
    'host',
    'authorization',
    'content-encoding',
    'cookie',
    'x-forwarded-for',
    'mcp-param-name',
    'connection',
    'expect',
  ),
  HEADER_TEXT,
  { maxKeys: 3 },
);
const METHOD = fc.constantFrom('POST', 'POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE');
const PATH = fc.oneof(
  { weight: 8, arbitrary: fc.constant('/mcp') },
  fc.constantFrom(
    '/',
    '//mcp',
    '/mcp/',
    '/mcp?x=%',
    '/%2e%2e/mcp',
    '/MCP',
    '/mcp/../mcp',
    '//evil.example/mcp',
    '/.well-known/oauth-protected-resource',
  ),
);

/** A request of a client gone wrong in some places: body, headers, method, address or the way it is sent. */
export const HOSTILE_REQUEST: fc.Arbitrary<Sent> = fc
  .record({
    ordinary: fc.constantFrom(...ORDINARY),
    change: fc.option(BODY),
    again: fc.option(CHANGED_BYTES, { freq: 8 }),
    headers: fc.option(HEADERS),
    method: METHOD,
    path: PATH,
    chunked: fc.boolean(),
    abort: fc.integer({ min: 0, max: 19 }).map((dice) => dice === 0),
  })
  .map(({ ordinary, change, again, headers, method, path, chunked, abort }) => {
    const once = change?.(String(ordinary.body)) ?? String(ordinary.body);
    const body = again ? again(String(once)) : once;
    return { method, path, chunked, abort, headers: { ...ordinary.headers, ...headers }, body };
  });
