import fc from 'fast-check';
import { toAsl } from '../../lib/asl/to-asl.ts';
import type { TestCase } from '../../lib/cli/read-test-file.ts';
import { testWorkflow } from '../../lib/cli/test-workflow.ts';
import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { idOf, waysTaken } from '../../lib/local/coverage.ts';
import { createCaseRunner } from '../../lib/local/run-case.ts';
import { waysOf } from '../../lib/local/ways.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { meaningOf, RANDOM_WORKFLOW, type RandomWorkflow, sourceOf } from '../support/random-workflow.ts';

const parametersOf = ({ first, second, third }: RandomWorkflow): TestCase['parameters'] => ({
  first,
  second,
  ...(third === undefined ? {} : { third }),
});

describe('a random workflow', () => {
  it('is run through ways that its state machine has, and through a state for each it enters', async () => {
    await fc.assert(
      fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
        const bytecode = bytecodeOf(sourceOf(workflow), 'enterprise');
        const definition = toAsl(bytecode) as StateMachineDefinition;
        const { execution, states } = await createCaseRunner(
          bytecode,
          catalog(),
        )({ parameters: parametersOf(workflow) });
        const taken = await waysTaken(definition, execution.history);
        const all = new Set(waysOf(definition).map(idOf));
        expect([...taken].filter((way) => !all.has(way))).toEqual([]);
        expect([...states].filter((state) => !taken.has(idOf({ kind: 'state', state })))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('ends as it declares, whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
        fc.pre(meaningOf(workflow).errors.length === 0);
        const happy: TestCase = { name: 'h', parameters: parametersOf(workflow), expect: { status: 'SUCCEEDED' } };
        const { cases } = await testWorkflow(bytecodeOf(sourceOf(workflow), 'enterprise'), [happy], catalog());
        expect(cases.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 240_000);
});
