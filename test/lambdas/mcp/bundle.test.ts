import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { bundleMcp } from '../../../lambdas/mcp/bundle.ts';
import type { handler } from '../../../lambdas/mcp/handler.ts';
import { gatewayEvent } from '../../support/gateway-event.ts';
import { ALICE, URL_OF_MCP } from '../../support/mcp-bench.ts';

const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:mcp' };
const SETTINGS = {
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
function load(code: string): { readonly handler: typeof handler } {
  const module = { exports: {} as { readonly handler: typeof handler } };
  new Function('require', 'module', 'exports', code)(createRequire(__filename), module, module.exports);
  return module.exports;
}

describe('bundleMcp', () => {
  it('gives the same bytes in any folder, and nothing of this machine', async () => {
    const [first, second] = await Promise.all([bundled(), bundled()]);
    expect(first).toBe(second);
    expect(first).not.toContain(process.cwd());
    expect(first.length).toBeLessThan(900_000);
  });

  it('serves, and tries again after a start that failed', async () => {
    const secrets = mockClient(SecretsManagerClient);
    const before = { ...process.env };
    Object.assign(process.env, SETTINGS);
    const errors = jest.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const { handler: serve } = load(await bundled());
      const event = () =>
        gatewayEvent(new Request(URL_OF_MCP, { method: 'POST', body: LIST, headers: HEADERS }), '2.0', {
          userArn: ALICE,
        });
      const invoke = async () => serve(await event(), CONTEXT as never);
      secrets.on(GetSecretValueCommand).rejectsOnce(new Error('no network')).resolves({ SecretString: 'short' });
      expect(await invoke()).toMatchObject({ statusCode: 500, body: expect.not.stringContaining('network') });
      expect(await invoke()).toMatchObject({ statusCode: 500 });
      secrets.on(GetSecretValueCommand).resolves({ SecretString: 'x'.repeat(64) });
      const answer = await invoke();
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('execute_workflow');
      expect(errors).toHaveBeenCalledTimes(2);
    } finally {
      process.env = before;
      errors.mockRestore();
      secrets.restore();
    }
  });
});
