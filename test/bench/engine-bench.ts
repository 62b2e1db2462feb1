import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { meaningOf, RANDOM_WORKFLOW, sourceOf } from '../support/random-workflow.ts';
import { runCommand } from '../support/terminal.ts';
import { executionFigures } from './engine-executions.ts';
import { speedFigures } from './engine-speed.ts';
import { testFigures } from './engine-tests.ts';
import { transitionFigures } from './engine-transitions.ts';
import { type Figure, printFigures, share } from './figure.ts';
import { reliabilityFigures } from './reliability-figures.ts';

/**
 * `npm run bench:engine [-- --executions file.json.gz]`: what the engine reaches. Exits with 1 where a figure falls
 * short. With a file of executions, only those are played.
 */
async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { executions: { type: 'string' } } });
  const { figures, different } = await executionFigures(values.executions);
  for (const { id, how } of different) console.log(`differs: ${id}\n    ${how.slice(0, 600)}`);
  return printFigures(
    values.executions === undefined
      ? [
          ...figures,
          ...(await randomFigures()),
          ...(await registryFigures()),
          ...(await reliabilityFigures()),
          ...(await transitionFigures()),
          ...(await testFigures()),
          ...(await speedFigures()),
        ]
      : figures,
  );
}

/** Every workflow of the registry: its cases, and a failure at each step. */
async function registryFigures(): Promise<readonly Figure[]> {
  const { out } = await runCommand('test', '--format', 'json', '--registry', join(__dirname, '../../registry'));
  const { workflows } = JSON.parse(out) as { workflows: { cases: { problems: string[] }[] }[] };
  const cases = workflows.flatMap((workflow) => workflow.cases);
  const passed = cases.filter(({ problems }) => problems.length === 0).length;
  return [
    {
      name: 'cases of the registry, and a failure at each step, that end as they have to',
      atLeast: 100,
      ...share(passed, cases.length),
    },
  ];
}

/** Random workflows, compiled, translated and run, against a direct reading of the language. */
async function randomFigures(): Promise<readonly Figure[]> {
  const workflows = fc.sample(RANDOM_WORKFLOW, { numRuns: 1_000, seed: 20_261_122 });
  let alike = 0;
  let succeeded = 0;
  for (const workflow of workflows) {
    const { first, second, third } = workflow;
    const { execution } = await runCase(
      bytecodeOf(sourceOf(workflow), 'enterprise'),
      { parameters: { first, second, ...(third === undefined ? {} : { third }) } },
      catalog(),
    );
    const { errors, outputs } = meaningOf(workflow);
    if (errors.length === 0) succeeded += 1;
    const right =
      errors.length === 0
        ? execution.status === 'SUCCEEDED' && isDeepStrictEqual(execution.output, outputs)
        : execution.status === 'FAILED' && errors.includes(execution.error ?? '');
    if (right) alike += 1;
    else console.log(`differs: ${sourceOf(workflow)}`);
  }
  const figure = { name: 'random workflows that come to what the language says', atLeast: 100 };
  return [
    {
      ...figure,
      ...share(alike, workflows.length),
      of: `${alike} of ${workflows.length}, ${succeeded} of which succeed`,
    },
  ];
}

main().then((reached) => {
  process.exitCode = reached ? 0 : 1;
});
