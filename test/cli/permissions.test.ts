import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../lib/cli/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'permissions-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(content: string | undefined, ...options: readonly string[]) {
  const file = join(folder, 'calls.json');
  if (content === undefined) rmSync(file, { force: true });
  else writeFileSync(file, content);
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    colour: false,
  };
  const exitCode = await runProgram(['permissions', '--calls', file, ...options], terminal);
  return { exitCode, out: out.join('\n'), err: err.join('\n').replaceAll(file, 'calls.json') };
}

const CASES = JSON.stringify([
  {
    id: 'one',
    calls: [
      { service: 'kms', operation: 'enable_key_rotation' },
      { service: 'kms', operation: 'DescribeKey' },
    ],
  },
  { id: 'two', calls: [], source: 'elsewhere' },
]);

it('lists actions for people', async () => {
  expect(await run(CASES)).toEqual({
    exitCode: 0,
    out: 'one\n  kms:DescribeKey\n  kms:EnableKeyRotation\n\ntwo\n  no action',
    err: '',
  });
});

it('lists them as JSON', async () => {
  const { exitCode, out, err } = await run(CASES, '--json');
  expect([exitCode, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual([
    { id: 'one', actions: ['kms:DescribeKey', 'kms:EnableKeyRotation'], unknown: [] },
    { id: 'two', actions: [], unknown: [] },
  ]);
});

it('fails where a call is not known, and says which', async () => {
  const { exitCode, out } = await run(
    JSON.stringify([{ id: 'x', calls: [{ service: 'kms', operation: 'EnableKeyRotat' }] }]),
  );
  expect(exitCode).toBe(1);
  expect(out).toBe(
    'x\n  no action\n  unknown kms:EnableKeyRotat: kms has no operation "EnableKeyRotat"; did you mean "EnableKeyRotation"?',
  );
});

it.each([
  ['no file', undefined, /^error: cannot read calls\.json: ENOENT/],
  ['no JSON', '{', /^error: calls\.json is not JSON: /],
  ['no list', '{}', /^error: calls\.json is not a list of .*: the whole: .*expected array/],
  ['no calls', '[{ "id": "x" }]', /: 0\.calls: .*expected array/],
  ['no operation', '[{ "id": "x", "calls": [{ "service": "s3" }] }]', /: 0\.calls\.0\.operation: .*expected string/],
])('refuses %s', async (_, content, message) => {
  const { exitCode, out, err } = await run(content);
  expect([exitCode, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});
