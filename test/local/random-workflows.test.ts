import fc from 'fast-check';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { meaningOf, RANDOM_WORKFLOW, sourceOf } from '../support/random-workflow.ts';
import { unassignedVariables } from '../support/unassigned-variables.ts';

describe('a random workflow', () => {
  it('assigns every variable on every way to where it is read', () => {
    fc.assert(
      fc.property(RANDOM_WORKFLOW, (workflow) => {
        expect(unassignedVariables(toAsl(bytecodeOf(sourceOf(workflow), 'enterprise')))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('comes to what the language says, when it is compiled, translated and run', async () => {
    await fc.assert(
      fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
        const bytecode = bytecodeOf(sourceOf(workflow), 'enterprise');
        const { first, second, third } = workflow;
        const parameters = { first, second, ...(third === undefined ? {} : { third }) };
        const { execution, ...run } = await runCase(bytecode, { parameters }, catalog());
        const { errors, outputs, unchanged } = meaningOf(workflow);
        if (errors.length === 0) expect([execution.status, execution.output]).toEqual(['SUCCEEDED', outputs]);
        else expect([execution.status, errors.includes(execution.error ?? '')]).toEqual(['FAILED', true]);
        if (unchanged !== undefined) expect(run.unchanged).toBe(unchanged);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
