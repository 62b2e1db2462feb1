import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { workflowPage } from '../../lib/cli/workflow-page.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { catalog } from '../support/compile.ts';
import { runCommand } from '../support/terminal.ts';

// The package has no types: https://github.com/ChristopheBougere/asl-validator
const aslValidator = require('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(): string;
};

const ROOT = join(__dirname, '../../registry');
const registry = compileRegistry(ROOT, catalog());

describe('the workflows of the registry', () => {
  it('compile without a warning, as the lock file says', () => {
    expect(registry.diagnostics).toEqual([]);
    expect(registry.lock.text).toBe(readFileSync(join(ROOT, 'workflows.lock.json'), 'utf8'));
  });

  it.each(registry.bytecodes.map((bytecode) => [bytecode.workflow_id, bytecode] as const))(
    '%s is a state machine that a validator of the language accepts',
    (_, bytecode) => {
      const definition = toAsl(bytecode);
      const { isValid, errorsText } = aslValidator(definition);
      expect(isValid ? '' : errorsText()).toBe('');
      // The quota of Step Functions for a definition is 1 MB.
      expect(JSON.stringify(definition).length).toBeLessThan(1_000_000);
    },
  );

  it.each(registry.bytecodes.map((bytecode) => [bytecode.workflow_id, bytecode] as const))(
    '%s has the page in docs/workflows that npm run docs makes of it',
    (id, bytecode) => {
      expect(readFileSync(join(__dirname, `../../docs/workflows/${id}.md`), 'utf8')).toBe(workflowPage(bytecode));
    },
  );

  it('pass their cases, and a failure at each step', async () => {
    const { exitCode, out } = await runCommand('test', '--format', 'json');
    const { workflows } = JSON.parse(out) as {
      workflows: { workflow: string; cases: { name: string; problems: string[] }[] }[];
    };
    const problems = workflows.flatMap(({ workflow, cases }) =>
      cases.filter((one) => one.problems.length > 0).map((one) => [workflow, one.name, ...one.problems]),
    );
    expect(problems).toEqual([]);
    expect(workflows.filter(({ cases }) => cases.length === 0).map(({ workflow }) => workflow)).toEqual([]);
    expect(exitCode).toBe(0);
  });
});
