import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readPolicy } from '../../lib/cli/read-policy.ts';
import { call } from '../support/mcp-bench.ts';
import { startServer } from '../support/serve.ts';
import { runCommand } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const ALLOW = { Effect: 'Allow', Action: 'rds:Describe*', Resource: '*' };

describe('the policy of a caller', () => {
  it('is read as it stands', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Look', ...ALLOW, Condition: { Bool: { 'aws:SecureTransport': true } } }],
    };
    expect(readPolicy(fileWith(policy))).toEqual(policy);
    expect(readPolicy(fileWith({ Statement: ALLOW }))).toEqual({ Statement: [ALLOW] });
  });

  it.each<[string, unknown, RegExp]>([
    ['is no JSON', '{', /: it is not JSON: /],
    ['is no policy', {}, /: Statement\.0: /],
    ['has a principal', { Statement: [{ ...ALLOW, Principal: '*' }] }, /: Statement\.0: .*"Principal"/],
    [
      'has no action',
      { Statement: [{ Effect: 'Allow', Resource: '*' }] },
      /: Statement\.0: needs Action or NotAction$/,
    ],
    [
      'has two kinds of resources',
      { Statement: [{ ...ALLOW, NotResource: 'x' }] },
      /: Statement\.0: needs Resource or NotResource$/,
    ],
    ['has another effect', { Statement: [{ ...ALLOW, Effect: 'allow' }] }, /: Statement\.0\.Effect: /],
    [
      'has an operator that does not exist, after one that does not hold',
      { Statement: [{ ...ALLOW, Condition: { Bool: { a: 'true' }, StringEqual: { b: 'c' } } }] },
      /: Unknown condition operator: StringEqual$/,
    ],
  ])('is refused where it %s', (_what, content, message) => {
    expect(readPolicy(fileWith(content))).toMatch(message);
  });

  it('is refused where there is no such file', () => {
    expect(readPolicy(join(folder, 'nothing.json'))).toMatch(/nothing\.json is not an IAM policy: it cannot be read: /);
  });
});

describe('workflow serve', () => {
  it('ends at once where it is told wrong who calls', async () => {
    const serve = (...args: readonly string[]) => runCommand('serve', '--no-state', '--port', '0', ...args);
    expect(await serve('--as', fileWith('{}'))).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/^error: .*policy\.json is not an IAM policy: Statement\.0: /),
    });
    expect(await serve('--tiers', 'gold')).toMatchObject({
      exitCode: 2,
      err: 'error: --tiers is wrong. It names "gold"; tiers are community, verified, enterprise',
    });
  });

  it('serves a caller with a policy and a tier', async () => {
    const served = await startServer(['--no-state', '--as', fileWith({ Statement: ALLOW }), '--tiers', 'community']);
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(served.url)));
    const { matches } = await call(client, 'suggest_workflows', { query: 'I need to backup my RDS database' });
    const rights = Object.fromEntries(
      (matches as readonly Record<string, unknown>[]).map(({ name, ...match }) => [name, match]),
    );
    expect(rights.rds_backup_simple).toMatchObject({ runnable: false, missing_permissions: ['rds:CreateDBSnapshot'] });
    expect(rights.rds_backup_notify).toMatchObject({ why_not: expect.stringMatching(/^TIER_NOT_ALLOWED/) });
    const params = { instance_id: 'demo-database' };
    expect(await call(client, 'execute_workflow', { name: 'rds_backup_simple', params })).toMatchObject({
      isError: true,
      error: { code: 'MISSING_PERMISSIONS', missing_permissions: ['rds:CreateDBSnapshot'] },
    });
    await client.close();
    await served.stop();
  }, 60_000);
});
