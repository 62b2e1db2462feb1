import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locations } from '../../lib/cli/locations.ts';
import { toldMistake } from '../../lib/cli/told-mistake.ts';
import { runCommand } from '../support/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mistakes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Exit code and what was said, with the temporary folder as F. */
async function told(...args: readonly string[]): Promise<readonly [number, string]> {
  const { exitCode, err } = await runCommand(...args);
  return [exitCode, err.replaceAll(folder, 'F')];
}

const NO_REGISTRY =
  'F is no registry: it has no tiers.yaml\nhint: a registry is a folder with tiers.yaml, which says what each tier allows, and a folder for each tier';

describe('a registry that is none', () => {
  it.each([
    ['check'],
    ['compile'],
    ['explain', 'rds_backup_simple'],
    ['plan', 'rds_backup_simple'],
    ['run', 'rds_backup_simple'],
    ['test'],
    ['search', 'backup'],
    ['serve', '--no-state', '--port', '0'],
  ])('%s says so', async (...args) => {
    expect(await told(...args, '--registry', folder)).toEqual([2, NO_REGISTRY]);
  });

  it('tiers that cannot be read', async () => {
    writeFileSync(join(folder, 'tiers.yaml'), 'community: [x');
    expect(await told('check', '--registry', folder)).toEqual([
      2,
      expect.stringMatching(/^F\/tiers\.yaml is not valid YAML: .* at line 1/),
    ]);
    writeFileSync(join(folder, 'tiers.yaml'), 'community: {}');
    expect((await told('check', '--registry', folder))[1]).toMatch(/^F\/tiers\.yaml: tiers.* must have required/);
  });

  it('a lock file that cannot be read', async () => {
    writeFileSync(join(folder, 'tiers.yaml'), readFileSync(join(locations.registry, 'tiers.yaml')));
    writeFileSync(join(folder, 'workflows.lock.json'), '{');
    expect(await told('check', '--registry', folder)).toEqual([
      2,
      'F/workflows.lock.json is not JSON\nhint: restore it from version control, or remove it and run workflow compile',
    ]);
  });
});

describe('compile --out', () => {
  const compileTo = (out: string) => told('compile', '--out', out);
  const hint = 'hint: name a folder that is empty, does not exist, or holds compiled workflows and nothing else';

  it('removes nothing that it did not write', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'mine');
    const nothing = 'F/notes.txt is no compiled workflow: nothing was written';
    expect(await compileTo(folder)).toEqual([2, `${nothing}\n${hint}`]);
    expect(await compileTo(file)).toEqual([2, `${nothing}\n${hint}`]);
    mkdirSync(join(folder, 'data/x'), { recursive: true });
    writeFileSync(join(folder, 'data/x/1.0.json'), '{"format":"something else"}');
    expect((await compileTo(join(folder, 'data')))[1]).toMatch(/^F\/data\/x\/1\.0\.json is no compiled workflow/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'data/x/1.0.json'))).toBe(true);
  });

  it('writes in place of what it wrote before', async () => {
    const out = join(folder, 'out');
    expect(await compileTo(out)).toEqual([0, '']);
    mkdirSync(join(out, 'gone'));
    writeFileSync(join(out, 'gone/1.0.json'), readFileSync(join(out, 'rds_backup_simple/1.0.json')));
    expect(await compileTo(out)).toEqual([0, '']);
    expect(existsSync(join(out, 'rds_backup_simple/1.0.json'))).toBe(true);
    expect(existsSync(join(out, 'gone'))).toBe(false);
  });
});

describe('other mistakes', () => {
  it('a folder in place of a file', async () => {
    expect(await told('check', folder)).toEqual([
      2,
      'F is a folder\nhint: name files, or the registry that they stand in: --registry F',
    ]);
  });

  it('a file in place of the folder that keeps executions', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await told('serve', '--port', '0', '--state', file)).toEqual([
      2,
      expect.stringMatching(/^F\/file cannot be used: EEXIST: /),
    ]);
  });

  it('a fault of ours is no mistake of theirs', () => {
    expect(toldMistake(new TypeError('x is not a function'))).toBeUndefined();
    expect(toldMistake(Object.assign(new Error('gone'), { code: 'ENOENT', path: '/x' }))).toBeUndefined();
    expect(toldMistake(undefined)).toBeUndefined();
  });

  it('no parameters', async () => {
    const message =
      'Parameter "instance_id" is required (string)\nhint: -p instance_id=<string>; npx workflow explain rds_backup_simple says what each has to be';
    expect(await told('run', 'rds_backup_simple')).toEqual([1, message]);
    expect(await told('plan', 'rds_backup_simple')).toEqual([1, message]);
  });

  it('problems are the same for run and plan, as JSON', async () => {
    const asJson = async (command: string) => {
      const { out } = await runCommand(command, 'rds_backup_simple', '-p', 'x=1', '--json');
      return JSON.parse(out) as { readonly problems: readonly object[] };
    };
    const { problems } = await asJson('run');
    expect(problems).toHaveLength(2);
    expect(problems).toContainEqual(expect.objectContaining({ parameter: 'x', rule: 'unknown' }));
    expect((await asJson('plan')).problems).toEqual(problems);
  });

  it('an id that no plan has', async () => {
    const [exitCode, err] = await told('run', 'rds_backup_simple', '-p', 'instance_id=demo-database', '--plan', 'x');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('It is what workflow plan printed')]);
  });

  it('a path in place of a name', async () => {
    const [, err] = await told('explain', 'registry/community/rds-backup.yaml');
    expect(err).toMatch(/\nhint: give the name that stands in the file; workflows here: dynamodb_enable_pitr, ebs_/);
  });
});

describe('help', () => {
  const COMMANDS = 'check compile explain resolve permissions plan run test search serve'.split(' ');

  it('tells the version', async () => {
    const { exitCode, out } = await runCommand('--version');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect([exitCode, out]).toEqual([0, version]);
  });

  it.each(COMMANDS)('%s --help shows no path of this machine, and --json where it answers', async (command) => {
    const { exitCode, out } = await runCommand(command, '--help');
    expect(exitCode).toBe(0);
    expect(out).not.toContain(process.cwd());
    expect(out).not.toMatch(/default: (\{\}|\[\]|false|")/);
    expect(out.includes('--json')).toBe(command !== 'serve');
  });

  it('search takes words without quotes', async () => {
    const { exitCode, out } = await runCommand(
      'search',
      'back',
      'up',
      'my',
      'RDS',
      'database',
      '--limit',
      '1',
      '--json',
    );
    const { matches } = JSON.parse(out) as { readonly matches: readonly { readonly services: readonly string[] }[] };
    expect([exitCode, matches.length, matches[0]?.services]).toEqual([0, 1, expect.arrayContaining(['rds'])]);
  });

  it('test --json is --format json', async () => {
    const { out } = await runCommand('test', 'rds_backup_simple', '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, failed: 0 });
  });
});
