import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowResult } from '../../lib/cli/test-workflow.ts';
import { runCommand } from '../support/terminal.ts';
import { SNAPSHOT } from '../support/tested-workflows.ts';

interface Report {
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly not_tried: number;
  readonly runs: number;
  readonly workflows: readonly WorkflowResult[];
}

/** Outside a registry a workflow is of the strictest tier, unless its folder says otherwise. */
const LOOKS = `
name: looks
version: "1.0"
description: "Looks at a database"
author: test
parameters:
  - { name: instance_id, type: string, required: true, pattern: "[a-z][a-z-]{0,30}" }
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters: { DBInstanceIdentifier: "\${params.instance_id}" }
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600
`;

describe('workflow test', () => {
  let folder = '';
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const report = async (...args: readonly string[]): Promise<Report> =>
    JSON.parse((await runCommand('test', ...args, '--format', 'json')).out) as Report;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'workflow-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('tests a file outside the registry that has no cases, with parameters from the account', async () => {
    const { exitCode, out } = await runCommand('test', file('looks.yaml', LOOKS), '--verbose');
    expect(exitCode).toBe(0);
    expect(out.replace(/ in \d+\.\d s/, '')).toBe(`looks
  ✓ a run with {"instance_id":"demo-database"}
  ✓ a run with {"instance_id":"demo-database"}, but find fails
  ✓ a run with {"instance_id":"demo-database"}, but the input is no object
  ✓ a run with {"instance_id":"demo-database"}, but there is a parameter that it does not have
  ✓ a run with {"instance_id":"demo-database"}, but instance_id is missing
  ✓ a run with {"instance_id":"demo-database"}, but instance_id is not a string
  ✓ a run with {"instance_id":"demo-database"}, but instance_id is not text that matches [a-z][a-z-]{0,30}
  ✓ a run with {"instance_id":"demo-database"}, but instance_id is not 1 to 63 letters, digits or hyphens, first a letter, no hyphen at the end, no two hyphens in a row; or an ARN
  states   3 of 3
  branches 7 of 7
  retries  0 of 0
  catches  0 of 0

8 passed, 0 failed  (8 runs)`);
  });

  it('does not count as passed what it could not try, and says what a test file has to give', async () => {
    const text = LOOKS.replace('"[a-z][a-z-]{0,30}"', '"x-[a-z]{0,30}"');
    const { exitCode, out } = await runCommand('test', file('looks.yaml', text));
    expect(exitCode).toBe(0);
    expect(out).toContain(
      '– not tried: no run was found that succeeds; no value is known that fits instance_id; a test file has to give one',
    );
    expect(out).toMatch(/0 passed, 0 failed, 1 not tried {2}\(0 runs in/);
  });

  it('takes the cases beside the file, or those of --cases', async () => {
    const workflow = file('looks.yaml', LOOKS);
    const cases = (status: string): string =>
      `cases: [{ name: own, parameters: { instance_id: no-such }, expect: { status: ${status} } }]`;
    file('looks.test.yaml', cases('FAILED'));
    expect(await report(workflow, '--filter', 'own')).toMatchObject({ ok: true, passed: 1, failed: 0 });
    const other = file('other.yaml', cases('SUCCEEDED'));
    expect(await report(workflow, '--cases', other)).toMatchObject({
      ok: false,
      passed: 0,
      failed: 1,
      workflows: [
        { cases: [{ name: 'own', written: true, problems: ['the status is "FAILED", expected "SUCCEEDED"'] }] },
      ],
    });
  });

  it('finds a step that a test file makes up, and a world that cannot be', async () => {
    const workflow = file('looks.yaml', LOOKS);
    const problem = async (text: string): Promise<string | undefined> => {
      file('looks.test.yaml', text);
      return (await report(workflow)).workflows[0]?.cases[0]?.problems[0];
    };
    const one = 'name: a, parameters: { instance_id: demo-database }';
    expect(await problem(`cases: [{ ${one}, expect: { status: FAILED, failed_step: fnd } }]`)).toMatch(
      /names steps that there are not: fnd$/,
    );
    expect(await problem(`cases: [{ ${one}, world: { rdz: {} }, expect: { status: FAILED } }]`)).toMatch(
      /there is no service "rdz"; did you mean "rds"\?$/,
    );
    expect(await problem('cases: []')).toMatch(/must NOT have fewer than 1 items$/);
  });

  it('gives coverage and what was not tried to a build server', async () => {
    const path = file('looks.yaml', LOOKS.replace('[a-z][a-z-]{0,30}', 'x-[a-z]{0,30}'));
    const { out } = await runCommand('test', path, '--format', 'junit');
    expect(out).toContain('<testsuite name="looks" tests="1" failures="0" skipped="1">');
    expect(out).toContain('<property name="coverage.branches" value="0 of 7"/>');
    expect(out).toContain('<testcase classname="looks" name="a run that succeeds"><skipped message="not tried: ');
    expect(out).toContain('branches not tried: Validate input → Default: find');
  });

  it('tells a filter that fits nothing, a file and a workflow that there are not', async () => {
    const workflow = file('looks.yaml', LOOKS);
    const told = async (...args: readonly string[]): Promise<readonly [number, string]> => {
      const { exitCode, err } = await runCommand('test', ...args);
      return [exitCode, err];
    };
    expect(await told(workflow, '--filter', 'nothing')).toEqual([1, 'no case has "nothing" in its name']);
    expect(await told('nowhere.yaml')).toEqual([2, 'there is no file nowhere.yaml']);
    expect(await told('--cases', workflow)).toEqual([2, '--cases needs the workflow that they are of']);
  });

  it('refuses a file that does not compile', async () => {
    const { exitCode, err } = await runCommand('test', file('take_snapshot.yaml', SNAPSHOT));
    expect([exitCode, err.includes('WF4004')]).toEqual([1, true]);
  });
});
