import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCK_FILE } from '../../lib/registry/lock-file.ts';
import { runCommand } from '../support/terminal.ts';

describe('workflow compile', () => {
  let root: string;
  const compile = (...options: string[]) =>
    runCommand('compile', '--registry', join(root, 'registry'), '--out', join(root, 'out'), ...options);
  const lock = (): string => readFileSync(join(root, 'registry', LOCK_FILE), 'utf8');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'compile-'));
    cpSync(join(__dirname, '../../registry'), join(root, 'registry'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('keeps the registry and its lock file as they are', async () => {
    const before = lock();
    expect((await compile('--frozen-lock')).exitCode).toBe(0);
    expect((await compile()).exitCode).toBe(0);
    expect(lock()).toBe(before);
  });

  it('writes a lock file that is missing, and does not where it is frozen', async () => {
    const before = lock();
    rmSync(join(root, 'registry', LOCK_FILE));
    const frozen = await compile('--frozen-lock');
    expect([frozen.exitCode, frozen.err]).toEqual([
      1,
      'workflows.lock.json is not up to date\nhint: run npx workflow compile, and commit the file',
    ]);
    expect((await compile()).exitCode).toBe(0);
    expect(lock()).toBe(before);
  });

  it('refuses a decision that differs from the lock file, until told to update it', async () => {
    const before = lock();
    writeFileSync(join(root, 'registry', LOCK_FILE), before.replace('"CreateDBSnapshot"', '"CreateDBClusterSnapshot"'));
    const refused = await compile();
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain('error WF3013: the intent resolves to CreateDBSnapshot');
    expect((await compile('--update-lock')).exitCode).toBe(0);
    expect(lock()).toBe(before);
  });

  it('takes the scores of the lock file, so that a better dictionary does not change published bytes', async () => {
    const bytes = (): string => readFileSync(join(root, 'out/rds_backup_simple/1.0.json'), 'utf8');
    writeFileSync(join(root, 'registry', LOCK_FILE), lock().replace(/"score": [\d.]+/g, '"score": 1.25'));
    expect((await compile()).exitCode).toBe(0);
    expect(bytes().match(/"score":1\.25/g)).toHaveLength(2);
  });

  it('does not take a broken lock file for none', async () => {
    writeFileSync(join(root, 'registry', LOCK_FILE), '{');
    const { exitCode, err } = await compile();
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/workflows\.lock\.json is not JSON\nhint: restore it/)]);
  });
});
