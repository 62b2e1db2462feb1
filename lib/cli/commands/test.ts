import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalog } from '../../catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { InvalidWorld } from '../../local/account/plant-world.ts';
import { compileFiles, reportDiagnostics } from '../compile-all.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { noSuchWorkflow } from '../no-such-workflow.ts';
import { printTestResult } from '../print-test-result.ts';
import { readTestFile, type TestCase } from '../read-test-file.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';
import { testWorkflow, type WorkflowResult } from '../test-workflow.ts';
import { toJunit } from '../to-junit.ts';

export interface TestOptions {
  readonly registry: string;
  readonly format: 'human' | 'json' | 'junit';
  readonly cases?: string;
  readonly filter?: string;
  readonly verbose: boolean;
}

interface Tested {
  readonly bytecode: Bytecode;
  readonly testFile: string;
}

/** `workflow test [name or file]`: the cases of `<name>.test.yaml`, and those that follow from the workflow. */
export async function test(name: string | undefined, options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const catalog = loadCatalog();
  const chosen = chooseWorkflows(name, options, catalog, terminal);
  if (typeof chosen === 'number') return chosen;
  const results: WorkflowResult[] = [];
  const start = performance.now();
  for (const one of chosen) {
    const result = await testOne(one, options, catalog, progressOf(one, results, terminal));
    terminal.progress?.('');
    results.push(result);
    if (options.format === 'human') printTestResult(result, options, terminal);
  }
  const cases = results.flatMap((result) => result.cases);
  if (options.filter !== undefined && cases.length === 0) {
    terminal.err(`no case has "${options.filter}" in its name`);
    return EXIT.failed;
  }
  const failed = cases.filter(({ problems }) => problems.length > 0).length;
  const notTried = results.filter(({ not_tried: why }) => why !== undefined).length;
  const runs = results.reduce((sum, result) => sum + result.runs, 0);
  const counts = { passed: cases.length - failed, failed, not_tried: notTried, runs };
  if (options.format === 'json')
    terminal.out(JSON.stringify({ ok: failed === 0, ...counts, workflows: results }, null, 2));
  else if (options.format === 'junit') terminal.out(toJunit(results));
  else {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const untried = notTried === 0 ? '' : `, ${notTried} not tried`;
    terminal.out(`\n${counts.passed} passed, ${failed} failed${untried}  (${runs} runs in ${seconds} s)`);
  }
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

function chooseWorkflows(
  name: string | undefined,
  options: TestOptions,
  catalog: Catalog,
  terminal: Terminal,
): readonly Tested[] | ExitCode {
  const usage = (problem: string): ExitCode => {
    terminal.err(problem);
    return EXIT.usage;
  };
  const isFile = name !== undefined && /\.ya?ml$/.test(name);
  if (isFile && !existsSync(name)) return usage(`there is no file ${name}`);
  if (options.cases !== undefined && name === undefined) return usage('--cases needs the workflow that they are of');
  if (options.cases !== undefined && !existsSync(options.cases)) return usage(`there is no file ${options.cases}`);
  const compiled = isFile
    ? compileFiles([name], options.registry, catalog)
    : compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined || (isFile && !reportDiagnostics(compiled.files, terminal))) return EXIT.failed;
  const all = compiled.files.flatMap(({ file, bytecode }) => {
    const testFile = options.cases ?? file.replace(/\.ya?ml$/, '.test.yaml');
    return bytecode === undefined ? [] : [{ bytecode, testFile: resolve(testFile) }];
  });
  const chosen = all.filter(({ bytecode }) => name === undefined || isFile || bytecode.workflow_id === name);
  if (chosen.length > 0) return chosen;
  return noSuchWorkflow(
    name ?? '',
    all.map(({ bytecode }) => bytecode),
    terminal,
  );
}

async function testOne(
  { bytecode, testFile }: Tested,
  { filter }: TestOptions,
  catalog: Catalog,
  onRun: () => void,
): Promise<WorkflowResult> {
  const cases = existsSync(testFile) ? readTestFile(testFile, readFileSync(testFile, 'utf8')) : [];
  const options = { onRun, ...(filter === undefined ? {} : { filter }) };
  const broken = async (problem: string): Promise<WorkflowResult> => ({
    ...(await testWorkflow(bytecode, [], catalog, { ...options, filter: NONE })),
    cases: [{ name: 'the test file', written: true, problems: [problem], leaves: [] }],
  });
  if (typeof cases === 'string') return broken(cases);
  const unknown = unknownSteps(cases, bytecode);
  if (unknown.length > 0) return broken(`${testFile} names steps that there are not: ${unknown.join(', ')}`);
  try {
    return await testWorkflow(bytecode, cases, catalog, options);
  } catch (error) {
    if (error instanceof InvalidWorld) return broken(`${testFile}: ${error.message}`);
    throw error;
  }
}

/** In no name. */
const NONE = '\u0000';

/** Steps that an approval or an expectation names, and the workflow does not have. */
function unknownSteps(cases: readonly TestCase[], { execution_plan: plan }: Bytecode): readonly string[] {
  const known = new Set(plan.map(({ step_id: id }) => id));
  const named = cases.flatMap(({ approvals = {}, expect }) => [
    ...Object.keys(approvals),
    ...(expect.failed_step === undefined ? [] : [expect.failed_step]),
    ...(expect.undone ?? []),
  ]);
  return [...new Set(named)].filter((id) => !known.has(id));
}

const PATIENCE_MS = 1_000;
const STEP_MS = 100;

/** Tells how far it is once that takes longer than a moment. */
function progressOf({ bytecode }: Tested, done: readonly WorkflowResult[], terminal: Terminal): () => void {
  const before = done.reduce((sum, { runs }) => sum + runs, 0);
  let runs = 0;
  let next = performance.now() + (before === 0 ? PATIENCE_MS : STEP_MS);
  return () => {
    runs += 1;
    if (performance.now() < next) return;
    next = performance.now() + STEP_MS;
    terminal.progress?.(`${bytecode.workflow_id}: ${before + runs} runs`);
  };
}
