import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { build } from 'esbuild';
import fc from 'fast-check';
import { bundleMcp } from '../../../lambdas/mcp/bundle.ts';
import type { handler } from '../../../lambdas/mcp/handler.ts';
import { smallBundle } from '../../../lambdas/mcp/small-bundle.ts';
import { canonicalBytes, canonicalJson, checksumOf } from '../../../lib/compiler/checksum.ts';
import { readBytecode } from '../../../lib/registry/read-bytecode.ts';
import { checkedBytecode } from '../../support/checked-bytecode.ts';
import { gatewayEvent } from '../../support/gateway-event.ts';
import { ALICE, URL_OF_MCP } from '../../support/mcp-bench.ts';

const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
const GET = JSON.stringify({
  jsonrpc: '2.0',
  id: 2,
  method: 'tools/call',
  params: { name: 'get_execution', arguments: { execution_id: 'x' } },
});
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:mcp' };
const SETTINGS = {
  AUTH: 'iam',
  REGISTRY_BUCKET: 'registry',
  SEARCH_FUNCTION: 'search',
  CONFIRMATION_SECRET: 'secret',
  AWS_REGION: 'eu-west-1',
};

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function bundled(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bundle-'));
  folders.push(folder);
  await bundleMcp({ outputDirectory: folder });
  return readFile(path.join(folder, 'index.js'), 'utf8');
}

/** Runs the bundle as Lambda does, with the SDK of the runtime beside it. */
function load<Exports>(code: string): Exports {
  const module = { exports: {} as Exports };
  new Function('require', 'module', 'exports', code)(createRequire(__filename), module, module.exports);
  return module.exports;
}

describe('bundleMcp', () => {
  it('gives the same bytes in any folder, and nothing of this machine', async () => {
    const [first, second] = await Promise.all([bundled(), bundled()]);
    expect(first).toBe(second);
    expect(first).not.toContain(process.cwd());
    expect(Buffer.byteLength(first)).toBeLessThan(500_000);
  });

  it('says which tools there are without a secret, and tries again to read one that could not be read', async () => {
    const secrets = mockClient(SecretsManagerClient);
    const before = { ...process.env };
    Object.assign(process.env, SETTINGS);
    const lines = [
      jest.spyOn(console, 'error').mockImplementation(() => {}),
      jest.spyOn(console, 'log').mockImplementation(() => {}),
    ];
    try {
      const { handler: serve } = load<{ readonly handler: typeof handler }>(await bundled());
      const invoke = async (body: string) => {
        const request = new Request(URL_OF_MCP, { method: 'POST', body, headers: HEADERS });
        return serve(await gatewayEvent(request, '2.0', { userArn: ALICE }), CONTEXT as never);
      };
      expect(await invoke(LIST)).toMatchObject({
        statusCode: 200,
        body: expect.stringContaining('execute_workflow'),
      });
      expect(secrets.calls()).toHaveLength(0);
      secrets.on(GetSecretValueCommand).rejectsOnce(new Error('no network')).resolves({ SecretString: 'short' });
      const unread = await invoke(GET);
      expect(unread.body).toContain('INTERNAL');
      expect(unread.body).not.toContain('network');
      expect((await invoke(GET)).body).toContain('INTERNAL');
      secrets.on(GetSecretValueCommand).resolves({ SecretString: 'x'.repeat(64) });
      expect((await invoke(GET)).body).toContain('UNKNOWN_EXECUTION');
    } finally {
      process.env = before;
      for (const line of lines) line.mockRestore();
      secrets.restore();
    }
  });

  it('refuses bytecode as the source does, and in the same words', async () => {
    const ready = await bundledReader();
    const good = checkedBytecode();
    expect(ready.readBytecode(canonicalBytes(good))).toEqual(good);
    const path = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 6 });
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined), fc.constantFrom('write', 'literal'));
    fc.assert(
      fc.property(path, value, fc.string({ maxLength: 3 }), (at, replacement, added) => {
        const content = structuredClone(good) as never;
        change(content, at, replacement, added);
        const bytes = canonicalJson({ ...(content as object), checksum: checksumOf(content) });
        expect(outcomeOf(ready, bytes)).toBe(outcomeOf({ readBytecode }, bytes));
      }),
      { numRuns: 500 },
    );
  });
});

type Reader = Pick<typeof import('../../../lib/registry/read-bytecode.ts'), 'readBytecode'>;

/** The reader of bytecode as it is in the bundle. */
async function bundledReader(): Promise<Reader> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, '../../../lib/registry/read-bytecode.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    plugins: [smallBundle],
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toContain('new Function(');
  return load(code);
}

/** Replaces what stands somewhere in a document, or puts something in. */
function change(target: Record<string, unknown>, [index = 0, ...rest]: number[], value: unknown, added: string): void {
  const names = Object.keys(target);
  const name = names[index] ?? added;
  const member = target[name];
  if (rest.length > 0 && typeof member === 'object' && member !== null) change(member as never, rest, value, added);
  else target[name] = value;
}

function outcomeOf({ readBytecode: read }: Reader, bytes: Uint8Array): string {
  try {
    return JSON.stringify(read(bytes));
  } catch (error) {
    return String(error);
  }
}
