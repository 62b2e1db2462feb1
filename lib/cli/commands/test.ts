import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { toAsl } from '../../asl/to-asl.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { faultCases, problemsOf } from '../../local/fault-cases.ts';
import { type CaseRun, runCase } from '../../local/run-case.ts';
import type { CompiledFile } from '../../registry/compile-registry.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { noSuchWorkflow } from '../no-such-workflow.ts';
import { type Expectation, readTestFile } from '../read-test-file.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';
import { toJunit } from '../to-junit.ts';

export interface TestOptions {
  readonly registry: string;
  readonly format: 'human' | 'json' | 'junit';
}

export interface CaseResult {
  readonly workflow: string;
  readonly name: string;
  /** What is wrong; none where the case passed. */
  readonly problems: readonly string[];
}

export interface WorkflowResult {
  readonly workflow: string;
  readonly cases: readonly CaseResult[];
  /** States that no case entered. */
  readonly untried: readonly string[];
  readonly states: number;
}

/** `workflow test [name]`: the cases of each `<name>.test.yaml`, and a failure at each step of every case that succeeds. */
export async function test(name: string | undefined, options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const catalog = loadCatalog();
  const compiled = compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined) return EXIT.failed;
  const chosen = compiled.files.filter(({ bytecode }) => name === undefined || bytecode?.workflow_id === name);
  if (chosen.length === 0) return noSuchWorkflow(name ?? '', compiled.bytecodes, terminal);
  const results: WorkflowResult[] = [];
  for (const file of chosen) {
    const result = await testFile(file, catalog);
    results.push(result);
    if (options.format === 'human') print(result, terminal);
  }
  const cases = results.flatMap((result) => result.cases);
  const failed = cases.filter(({ problems }) => problems.length > 0).length;
  if (options.format === 'json') terminal.out(JSON.stringify({ ok: failed === 0, workflows: results }, null, 2));
  else if (options.format === 'junit') terminal.out(toJunit(results));
  else terminal.out(`\n${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

async function testFile({ file, bytecode }: CompiledFile, catalog: Catalog): Promise<WorkflowResult> {
  if (bytecode === undefined) throw new Error(`${file} was compiled without bytecode`);
  const workflow = bytecode.workflow_id;
  const path = resolve(file.replace(/\.ya?ml$/, '.test.yaml'));
  const states = Object.keys(toAsl(bytecode).States);
  if (!existsSync(path)) return { workflow, cases: [], untried: states, states: states.length };
  const cases = readTestFile(path, readFileSync(path, 'utf8'));
  if (typeof cases === 'string') {
    const broken = { workflow, name: 'the test file', problems: [cases] };
    return { workflow, cases: [broken], untried: states, states: states.length };
  }
  const entered = new Set<string>();
  const results: CaseResult[] = [];
  for (const one of cases) {
    const run = await runCase(bytecode, one, catalog);
    for (const state of run.states) entered.add(state);
    results.push({ workflow, name: one.name, problems: differences(one.expect, run) });
    if (one.expect.status !== 'SUCCEEDED') continue;
    for (const fault of faultCases(bytecode, one)) {
      const failing = await runCase(bytecode, fault, catalog);
      for (const state of failing.states) entered.add(state);
      results.push({ workflow, name: `${one.name}, but ${fault.name}`, problems: problemsOf(fault, failing) });
    }
  }
  return { workflow, cases: results, untried: states.filter((state) => !entered.has(state)), states: states.length };
}

function differences(expected: Expectation, { execution, steps, unchanged }: CaseRun): readonly string[] {
  const differ = (what: string, want: unknown, got: unknown): readonly string[] =>
    want === undefined || isDeepStrictEqual(want, got)
      ? []
      : [`${what} is ${JSON.stringify(got) ?? 'missing'}, expected ${JSON.stringify(want)}`];
  const outputs = (execution.output ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...differ('the status', expected.status, execution.status),
    ...differ('the error', expected.error, execution.error),
    ...(expected.cause === undefined || execution.cause?.includes(expected.cause)
      ? []
      : [`the cause is ${JSON.stringify(execution.cause)}, expected to say ${JSON.stringify(expected.cause)}`]),
    ...differ('the failed step', expected.failed_step, steps.find(({ status }) => status === 'FAILED')?.id),
    ...differ(
      'what was undone',
      expected.undone,
      steps.filter(({ undone }) => undone).map(({ id }) => id),
    ),
    ...differ('whether the account is unchanged', expected.unchanged, unchanged),
    ...Object.entries(expected.outputs ?? {}).flatMap(([name, value]) =>
      differ(`output ${name}`, value, outputs[name]),
    ),
  ];
}

function print({ workflow, cases, untried, states }: WorkflowResult, terminal: Terminal): void {
  terminal.out(paint(terminal, 'bold', workflow));
  if (cases.length === 0) terminal.out('  – no test file beside it');
  for (const { name, problems } of cases) {
    const mark = problems.length === 0 ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗');
    terminal.out(`  ${mark} ${name}`);
    for (const problem of problems) terminal.out(`      ${problem}`);
  }
  if (cases.length === 0) return;
  const missed = untried.length === 0 ? '' : `; not entered: ${untried.join(', ')}`;
  terminal.out(paint(terminal, 'dim', `  ${states - untried.length} of ${states} states entered${missed}`));
}
