import fc from 'fast-check';
import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { meaningOf, RANDOM_WORKFLOW, sourceOf } from '../support/random-workflow.ts';

describe('a random workflow', () => {
  it('comes to what the language says, when it is compiled, translated and run', async () => {
    await fc.assert(
      fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
        const bytecode = bytecodeOf(sourceOf(workflow), 'enterprise');
        const { first, second } = workflow;
        const { execution } = await runCase(bytecode, { parameters: { first, second } }, catalog());
        const { errors, outputs } = meaningOf(workflow);
        if (errors.length === 0) expect([execution.status, execution.output]).toEqual(['SUCCEEDED', outputs]);
        else expect([execution.status, errors.includes(execution.error ?? '')]).toEqual(['FAILED', true]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
