import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLE_OTHER, exampleWith } from '../../lib/diagnostics/code-entry.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { catalog } from '../support/compile.ts';
import { runCommand } from '../support/terminal.ts';

const CALLER = exampleWith(`name: a_caller
steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"`);
/** The other workflow in words, so that it has a decision of its own in the lock file. */
const IN_WORDS = EXAMPLE_OTHER.replace(
  /action: rds:DescribeDBInstances\n {4}parameters:\n.*\n/,
  'intent: "describe the RDS instance"\n    context: {service: rds, instance_id: "${params.instance_id}"}\n',
);

let registry: string;
let lines: string[];

beforeEach(() => {
  registry = mkdtempSync(join(tmpdir(), 'registry-'));
  mkdirSync(join(registry, 'community'));
  copyFileSync(join(__dirname, '../../registry/tiers.yaml'), join(registry, 'tiers.yaml'));
  writeFileSync(join(registry, 'community/a-caller.yaml'), CALLER);
  writeFileSync(join(registry, 'community/find-database.yaml'), IN_WORDS);
  lines = [];
});
afterEach(() => rmSync(registry, { recursive: true }));

const lockFile = () => join(registry, 'workflows.lock.json');

async function run(...args: readonly string[]): Promise<number> {
  const { exitCode, out, err } = await runCommand(...args);
  lines = [...out.split('\n'), ...err.split('\n')];
  return exitCode;
}

const compile = (...options: readonly string[]) =>
  run('compile', '--registry', registry, '--out', join(registry, 'out'), ...options);

it('the other workflow is compiled first, whatever the order of the files', () => {
  const { bytecodes, diagnostics } = compileRegistry(registry, catalog());
  expect(diagnostics).toEqual([]);
  const [caller, other] = bytecodes;
  expect(caller?.execution_plan).toEqual([
    expect.objectContaining({
      step_id: 'look_find',
      from: { workflow: 'find_database', version: '1.0', checksum: other?.checksum },
      resolution: other?.execution_plan[0]?.resolution,
    }),
  ]);
});

it('the lock file holds what was put in place, and each decision once', async () => {
  expect(await compile()).toBe(0);
  const lock = JSON.parse(readFileSync(lockFile(), 'utf8'));
  expect(Object.keys(lock.resolutions)).toEqual(['find_database']);
  const checksum = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
  expect(lock.workflows).toEqual({ a_caller: { look: { workflow: 'find_database', version: '1.0', checksum } } });
  expect(await compile('--frozen-lock')).toBe(0);
});

it('a change in the other workflow is taken on purpose only', async () => {
  expect(await compile()).toBe(0);
  const before = readFileSync(lockFile(), 'utf8');
  writeFileSync(join(registry, 'community/find-database.yaml'), IN_WORDS.replace('{0,62}', '{0,30}'));
  expect(await compile()).toBe(1);
  expect(lines.join('\n')).toMatch(
    /a-caller\.yaml:12:15 error WF3018: workflow "find_database" is 1\.0 \(sha256:[0-9a-f]{12}\), the lock file says 1\.0/,
  );
  expect(readFileSync(lockFile(), 'utf8')).toBe(before);
  expect(await compile('--update-lock')).toBe(0);
  expect(readFileSync(lockFile(), 'utf8')).not.toBe(before);
  expect(await compile('--frozen-lock')).toBe(0);
});

it('a caller that names another workflow has nothing pinned', async () => {
  expect(await compile()).toBe(0);
  writeFileSync(join(registry, 'community/other.yaml'), EXAMPLE_OTHER.replace('find_database', 'other_database'));
  writeFileSync(join(registry, 'community/a-caller.yaml'), CALLER.replace('workflow: find_', 'workflow: other_'));
  expect(await compile('--frozen-lock')).toBe(1);
  expect(lines.join('\n')).toContain('workflows.lock.json is not up to date');
  expect(await compile()).toBe(0);
});

it('a single file finds the others in the registry that it stands in', async () => {
  expect(await run('check', join(registry, 'community/a-caller.yaml'))).toBe(0);
  expect(lines).toContain('1 workflow is valid');
  expect(existsSync(lockFile())).toBe(false);
});

it('explain says where a step comes from', async () => {
  expect(await run('explain', 'a_caller', '--registry', registry)).toBe(0);
  expect(lines.join('\n')).toContain('● look_find  read  from find_database@1.0');
});
