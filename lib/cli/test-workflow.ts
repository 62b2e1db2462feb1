import { toAsl } from '../asl/to-asl.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import { createSimulatedAccount } from '../local/account/simulated-account.ts';
import type { StateMachineDefinition } from '../local/asl/definition.ts';
import { type AutomaticCase, type FailedRun, faultCases, inverseCases } from '../local/automatic-cases.ts';
import { createVirtualClock } from '../local/clock.ts';
import { type Coverage, coverageOf, waysTaken } from '../local/coverage.ts';
import { findHappyCase } from '../local/find-happy-case.ts';
import { invalidInputs } from '../local/invalid-inputs.ts';
import { problemsOf } from '../local/judge-case.ts';
import { type CaseRun, createCaseRunner, type RunCase } from '../local/run-case.ts';
import { differences } from './differences.ts';
import type { TestCase } from './read-test-file.ts';

export interface CaseResult {
  readonly name: string;
  /** False where nobody wrote it: it follows from the workflow. */
  readonly written: boolean;
  /** What is wrong; none where the case passed. */
  readonly problems: readonly string[];
  /** What a failed run leaves because the answer to a call was lost, which no inverse can know of. */
  readonly leaves: readonly string[];
}

export interface WorkflowResult {
  readonly workflow: string;
  readonly cases: readonly CaseResult[];
  /** Why nothing that has to succeed could be run, where that is so. */
  readonly not_tried?: string;
  readonly coverage: Coverage;
  /** How often the workflow was run. */
  readonly runs: number;
}

export interface TestingOptions {
  /** Only cases whose name has this in it are judged and listed. */
  readonly filter?: string;
  /** Called after each run. */
  readonly onRun?: () => void;
}

interface Happy extends RunCase {
  readonly name: string;
  readonly run: CaseRun;
}

/** Runs the cases of a workflow, and those that follow from it. Without cases of its own, it looks for a run that succeeds. */
export async function testWorkflow(
  bytecode: Bytecode,
  cases: readonly TestCase[],
  catalog: Catalog,
  options: TestingOptions = {},
): Promise<WorkflowResult> {
  const bench = createBench(bytecode, catalog, options);
  const { add, run } = bench;
  const happy: Happy[] = [];
  for (const one of cases) {
    const made = await run(one);
    add({ name: one.name, written: true, problems: differences(one.expect, made), leaves: [] });
    if (one.expect.status === 'SUCCEEDED' && made.execution.status === 'SUCCEEDED') happy.push({ ...one, run: made });
  }
  const succeeds = cases.some(({ expect }) => expect.status === 'SUCCEEDED');
  const notTried = succeeds ? undefined : await lookForHappy(bench, happy, catalog);
  await judgeAll(bench, happy);
  return {
    workflow: bytecode.workflow_id,
    cases: bench.results,
    ...(notTried === undefined ? {} : { not_tried: notTried }),
    coverage: coverageOf(bench.definition, bench.taken),
    runs: bench.runs(),
  };
}

/** Where the cases of one workflow are run and judged. */
interface Bench {
  readonly bytecode: Bytecode;
  readonly definition: StateMachineDefinition;
  readonly results: readonly CaseResult[];
  /** The ids of all that the runs came through. */
  readonly taken: ReadonlySet<string>;
  runs(): number;
  run(one: RunCase): Promise<CaseRun>;
  /** Runs a case that nobody wrote, which is made from one of that name. */
  judge(from: string, one: AutomaticCase): Promise<FailedRun>;
  /** Keeps a result, unless the filter leaves it out. */
  add(result: CaseResult): void;
}

function createBench(bytecode: Bytecode, catalog: Catalog, { filter = '', onRun }: TestingOptions): Bench {
  const definition = toAsl(bytecode) as StateMachineDefinition;
  const runner = createCaseRunner(bytecode, catalog);
  const taken = new Set<string>();
  const results: CaseResult[] = [];
  let runs = 0;
  const run = async (one: RunCase): Promise<CaseRun> => {
    const made = await runner(one);
    runs += 1;
    for (const way of await waysTaken(definition, made.execution.history)) taken.add(way);
    onRun?.();
    return made;
  };
  const add = (result: CaseResult): void => {
    if (result.name.includes(filter)) results.push(result);
  };
  return {
    bytecode,
    definition,
    results,
    taken,
    runs: () => runs,
    run,
    add,
    async judge(from, one) {
      const made = await run(one);
      const leaves = made.execution.status === 'FAILED' ? leftBy(made) : [];
      add({ name: `${from}, but ${one.name}`, written: false, problems: problemsOf(bytecode, one, made), leaves });
      return { case: one, run: made };
    },
  };
}

/** Adds a case that succeeds in the seed world; gives why there is none, after a try of what is refused all the same. */
async function lookForHappy(bench: Bench, happy: Happy[], catalog: Catalog): Promise<string | undefined> {
  const { bytecode, add, run, judge } = bench;
  const { planted } = createSimulatedAccount({ catalog, clock: createVirtualClock() });
  const found = await findHappyCase(bytecode, planted, run);
  if (!found.found) {
    const refused = found.case === undefined ? [] : invalidInputs(bytecode.parameters, found.case);
    for (const one of refused) await judge('a run', one);
    return found.why;
  }
  const name = `a run with ${JSON.stringify(found.case.parameters)}`;
  add({ name, written: false, problems: [], leaves: [] });
  happy.push({ ...found.case, name, run: found.run });
  return undefined;
}

/** Failures at every step belong to each case; the rest is tried once, in a case in which nothing else goes wrong. */
async function judgeAll({ bytecode, definition, judge }: Bench, happy: readonly Happy[]): Promise<void> {
  const tried = new Set<string>();
  const isNew = (one: AutomaticCase): boolean => {
    const key = JSON.stringify([one.name, one.faults?.at(-1)]);
    return !tried.has(key) && tried.add(key) !== undefined;
  };
  for (const base of happy) {
    const isPlain = (base.faults ?? []).length === 0;
    const failures: FailedRun[] = [];
    for (const one of faultCases(bytecode, definition, base, base.run)) {
      if (one.expected.kind !== 'step fails' && !(isPlain && isNew(one))) continue;
      const failed = await judge(base.name, one);
      const isPlainFailure = one.expected.kind === 'step fails' && one.faults?.at(-1)?.done !== true;
      if (isPlainFailure) failures.push(failed);
    }
    if (!isPlain) continue;
    const once = [...inverseCases(definition, failures), ...invalidInputs(bytecode.parameters, base)];
    for (const one of once.filter(isNew)) await judge(base.name, one);
  }
}

function leftBy({ changed, changedBy }: CaseRun): readonly string[] {
  const lost = Object.values(changedBy).flat();
  return changed.filter((name) => lost.includes(name));
}
