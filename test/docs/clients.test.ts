import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { METADATA_PATHS } from '../../lib/mcp/protected-resource.ts';
import { ALL_SCOPES } from '../../lib/mcp/scopes.ts';
import { codeBlocks, commandLines, readGuide } from '../support/read-guide.ts';
import { type Served, startServer } from '../support/serve.ts';
import { runCommand } from '../support/terminal.ts';

const PAGE = 'docs/clients.md';
const ROOT = join(__dirname, '../..');
const LOCAL = /^http:\/\/(?:127\.0\.0\.1|localhost):8080\/mcp$/;
const DEPLOYED = 'https://abcde12345.execute-api.us-east-1.amazonaws.com/mcp';

interface ServerEntry {
  readonly url?: string;
  readonly type?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly auth?: { readonly scopes: readonly string[] };
  readonly oauthScopes?: readonly string[];
}

interface Entry extends ServerEntry {
  readonly at: string;
  readonly section: string;
}

/** Every server that a configuration on the page names. */
const entries: readonly Entry[] = codeBlocks(PAGE)
  .filter(({ language }) => language === 'json')
  .flatMap(({ text, at, section }) => {
    const { servers, mcpServers } = JSON.parse(text) as Record<string, Record<string, ServerEntry> | undefined>;
    return Object.values(servers ?? mcpServers ?? {}).map((entry) => ({ ...entry, at, section }));
  });
const lines = commandLines(PAGE).map(({ line }) => line);

let served: Served;
let tools: readonly {
  readonly name: string;
  readonly annotations?: { readonly readOnlyHint?: boolean | undefined } | undefined;
}[];
beforeAll(async () => {
  served = await startServer();
  tools = await toolsAt(served.url);
});
afterAll(() => served.stop());

/** The address of the page, at the port that this server took. */
function atOurPort(address: string): string {
  return address.replace(':8080/', `:${new URL(served.url).port}/`);
}

async function toolsAt(address: string): Promise<typeof tools> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: {} });
  await client.connect(new StreamableHTTPClientTransport(new URL(address)));
  const listed = await client.listTools();
  await client.close();
  return listed.tools;
}

describe('the server on this machine', () => {
  const local = entries.filter(({ section }) => section === 'The server on this machine');

  it('is configured for four clients, at the address where it listens by default', async () => {
    expect(local).toHaveLength(4);
    for (const { url, args, at } of local) {
      expect({ at, address: url ?? args?.find((one) => one.startsWith('http')) }).toEqual({
        at,
        address: expect.stringMatching(LOCAL),
      });
    }
    expect((await runCommand('serve', '--help')).out).toContain('(default: 8080)');
  });

  it.each(local.flatMap(({ url }) => url ?? []))('answers at %s', async (url) => {
    expect((await toolsAt(atOurPort(url))).map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  });

  it('is added to Claude Code with the line that the server prints', () => {
    const added = lines.filter((line) => line.startsWith('claude mcp add') && line.includes(':8080/'));
    expect(added).toHaveLength(1);
    expect(served.output).toContain(atOurPort(added[0] ?? ''));
  });
});

describe('a deployed server', () => {
  const proxied = entries.filter(({ command }) => command === 'uvx');

  it('is reached under one address everywhere', () => {
    const addresses = [...readGuide(PAGE).matchAll(/https:\/\/[\w.-]*amazonaws\.com[^\s"`]*/g)].map(([one]) => one);
    expect(addresses.filter((one) => !one.startsWith('https://docs.aws.') && one !== DEPLOYED)).toEqual([]);
    expect(readFileSync(join(ROOT, 'lib/infra/workflows-stack.ts'), 'utf8')).toContain("new CfnOutput(this, 'ApiUrl'");
  });

  it('is signed for with the service and the Region of its address', () => {
    expect(proxied).toHaveLength(2);
    for (const { args = [], env } of proxied) {
      expect(args).toEqual([
        expect.stringMatching(/@\d+\.\d+\.\d+$/),
        DEPLOYED,
        '--service',
        'execute-api',
        '--region',
        'us-east-1',
      ]);
      expect(env).toMatchObject({ AWS_REGION: 'us-east-1' });
    }
    const [command = '', ...more] = lines.filter((line) => line.includes(' -- uvx '));
    expect(more).toEqual([]);
    expect(command.split(' -- uvx ')[1]).toBe(proxied[0]?.args?.join(' '));
    expect(command).toContain('-e AWS_REGION=us-east-1');
  });

  it('is asked for all scopes, and publishes where they are told', () => {
    const asked = entries.flatMap(({ auth, oauthScopes }) => [auth?.scopes, oauthScopes]).filter((one) => one);
    expect(asked).toEqual([ALL_SCOPES, ALL_SCOPES]);
    for (const scope of ALL_SCOPES) expect(readGuide(PAGE)).toContain(`\`${scope}\``);
    expect(readGuide(PAGE)).toContain(`\`${METADATA_PATHS[0]}\``);
  });

  it('is deployed with settings that the app reads', () => {
    const settings = [...readGuide(PAGE).matchAll(/-c ([a-z_]+)=/g)].map(([, name = '']) => name);
    expect(settings).toEqual(['auth', 'jwt_issuer', 'jwt_audience', 'jwt_scope_prefix']);
    const infra = sources('lib/infra');
    expect(settings.filter((name) => !infra.includes(`'${name}'`))).toEqual([]);
  });
});

describe('what the page says', () => {
  it('names the tools of the server, and lets only those pass unasked that read', () => {
    const table = [...readGuide(PAGE).matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name);
    expect(table).toEqual(tools.map(({ name }) => name));
    const allowed = [...readGuide(PAGE).matchAll(/"mcp__aws-workflows__(\w+)"/g)].map(([, name]) => name);
    const reading = tools.filter(({ annotations }) => annotations?.readOnlyHint === true);
    expect(allowed).toEqual(reading.map(({ name }) => name));
  });

  it('quotes codes and messages that the product has', () => {
    const product = ['lib/mcp', 'lib/engine', 'lib/local', 'lib/cli'].map(sources).join('\n');
    const [, trouble = ''] = /## When something is wrong\n([\s\S]*?)\n## /.exec(readGuide(PAGE)) ?? [];
    const codes = [...trouble.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
    const messages = [...trouble.matchAll(/^\| 403 `([A-Z][^`{]+)`/gm)].map(([, message = '']) => message);
    expect(codes.length).toBeGreaterThan(5);
    expect(messages).toHaveLength(2);
    const own = codes.filter((code) => !code.startsWith('AWS_'));
    expect([...own, ...messages].filter((one) => !product.includes(one))).toEqual([]);
  });

  it('names exact versions of what it lets run', () => {
    const packages = lines.flatMap((line) => /\b(?:npx -y|uvx) (\S+)/.exec(line)?.[1] ?? []);
    const inFiles = entries.flatMap(({ command, args = [] }) =>
      command === undefined ? [] : [args.find((one) => !one.startsWith('-'))],
    );
    for (const one of [...packages, ...inFiles]) expect(one).toMatch(/^(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$/);
  });
});

/** All the sources of a folder as one text. */
function sources(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
}
