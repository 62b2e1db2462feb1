import { join } from 'node:path';
import { runCommand } from '../support/terminal.ts';

const BROKEN = join(__dirname, '../golden/diagnostics/hidden-character/workflow.yaml');
const check = (...options: readonly string[]) => runCommand('check', ...options);

describe('workflow check', () => {
  it('is quiet about the registry', async () => {
    const { exitCode, err } = await check();
    expect([exitCode, err]).toEqual([0, '']);
  });

  it('prints diagnostics for a person by default', async () => {
    const { exitCode, out, err } = await check(BROKEN);
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toContain('workflow.yaml:3:23 error WF4301:');
    expect(err).not.toContain('\u001B');
  });

  it.each([['--json'], ['--format', 'json']])('prints JSON and nothing else: %s', async (...options) => {
    const { exitCode, out, err } = await check(BROKEN, ...options);
    expect([exitCode, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({ ok: false, diagnostics: [{ code: 'WF4301', severity: 'error' }] });
  });

  it('prints SARIF and nothing else', async () => {
    const { exitCode, out, err } = await check(BROKEN, '--format', 'sarif');
    expect([exitCode, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'WF4301' }] }] });
  });

  it('refuses a format that it does not have, and a file that is not there', async () => {
    expect((await check('--format', 'xml')).exitCode).toBe(2);
    const { exitCode, err } = await check('no-such.yaml');
    expect([exitCode, err]).toEqual([2, 'there is no file no-such.yaml']);
  });
});
