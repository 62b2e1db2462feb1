import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { bundleApproval } from '../../../lambdas/approval/bundle.ts';
import type { handler } from '../../../lambdas/approval/handler.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function bundled(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bundle-'));
  folders.push(folder);
  await bundleApproval({ outputDirectory: folder });
  return readFile(path.join(folder, 'index.js'), 'utf8');
}

/** Runs the bundle as Lambda does, with the SDK of the runtime beside it. */
function load(code: string): { readonly handler: typeof handler } {
  const module = { exports: {} as { readonly handler: typeof handler } };
  new Function('require', 'module', 'exports', code)(createRequire(__filename), module, module.exports);
  return module.exports;
}

it('gives the same bytes in any folder, and nothing of this machine', async () => {
  const [first, second] = await Promise.all([bundled(), bundled()]);
  expect(first).toBe(second);
  expect(first).not.toContain(process.cwd());
  expect(first.length).toBeLessThan(20_000);
});

it('shows the page to whoever looks, and answers only what is posted', async () => {
  const before = process.env.AWS_REGION;
  process.env.AWS_REGION = 'eu-west-1';
  const states = mockClient(SFNClient);
  states.on(SendTaskSuccessCommand).resolves({});
  try {
    const { handler: serve } = load(await bundled());
    const event = (method: string, body?: string) =>
      ({ requestContext: { http: { method } }, headers: { 'content-type': 'application/json' }, body }) as never;
    for (const method of ['GET', 'HEAD']) expect(await serve(event(method))).toMatchObject({ statusCode: 200 });
    expect(states.calls()).toEqual([]);
    const answer = await serve(event('POST', JSON.stringify({ token: 'AQC', decision: 'approve' })));
    expect(answer).toMatchObject({ statusCode: 200, body: '{"outcome":"approved"}' });
    expect(states.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'AQC',
      output: '{"answered_by":"someone with the link of the message"}',
    });
  } finally {
    states.restore();
    if (before === undefined) delete process.env.AWS_REGION;
    else process.env.AWS_REGION = before;
  }
});
