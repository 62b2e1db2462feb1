import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTestFile } from '../../lib/cli/read-test-file.ts';
import { testWorkflow } from '../../lib/cli/test-workflow.ts';
import { createCaseRunner } from '../../lib/local/run-case.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { catalog } from '../support/compile.ts';
import type { Figure } from './figure.ts';

const REGISTRY = join(__dirname, '../../registry');
const THOUSAND = 1_000;

/** How long a thousand runs of the smallest workflow take, each in an account of its own; and all that `workflow test` runs. */
export async function testFigures(): Promise<readonly Figure[]> {
  const { files } = compileRegistry(REGISTRY, catalog());
  const workflows = files.flatMap(({ file, bytecode }) => (bytecode === undefined ? [] : [{ file, bytecode }]));
  const small = workflows.find(({ bytecode }) => bytecode.workflow_id === 'rds_backup_simple');
  if (small === undefined) throw new Error('The registry has no rds_backup_simple');
  const run = createCaseRunner(small.bytecode, catalog());
  const one = { parameters: { instance_id: 'demo-database' } };
  await run(one);
  let start = performance.now();
  for (let count = 0; count < THOUSAND; count += 1) await run(one);
  const seconds = (performance.now() - start) / 1000;

  start = performance.now();
  let runs = 0;
  for (const { file, bytecode } of workflows) {
    const path = resolve(file.replace(/\.yaml$/, '.test.yaml'));
    const cases = readTestFile(path, readFileSync(path, 'utf8'));
    if (typeof cases === 'string') throw new Error(cases);
    runs += (await testWorkflow(bytecode, cases, catalog())).runs;
  }
  const whole = (performance.now() - start) / 1000;
  return [
    {
      name: 'a thousand runs of rds_backup_simple',
      value: seconds,
      unit: 's',
      atMost: 3.4,
      of: `${Math.round(THOUSAND / seconds)} runs per second`,
    },
    {
      name: 'workflow test over the registry, runs per second',
      value: Math.round(runs / whole),
      unit: 'count',
      of: `${runs} runs in ${whole.toFixed(1)} s`,
    },
  ];
}
