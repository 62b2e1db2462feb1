import type { Bytecode } from '../compiler/bytecode.ts';
import type { PlantedWorld } from './account/simulated-account.ts';
import { valuesFor } from './parameter-values.ts';
import type { CaseRun, CaseRunner, RunCase } from './run-case.ts';

/** A run that succeeds in the seed world, or why none was found. */
export type HappyCase =
  | { readonly found: true; readonly case: RunCase; readonly run: CaseRun; readonly runs: number }
  | {
      readonly found: false;
      readonly why: string;
      readonly runs: number;
      /** The case that came nearest, where any could be tried. */
      readonly case?: RunCase;
    };

const MOST_RUNS = 120;
/** How many more are tried once one has succeeded, for one that leaves out no step. */
const MORE_RUNS = 12;

/** Looks for parameters with which the workflow succeeds in the seed world, and as many of its steps run as can be. */
export async function findHappyCase(bytecode: Bytecode, world: PlantedWorld, runner: CaseRunner): Promise<HappyCase> {
  const values = bytecode.parameters.map((parameter) => ({ parameter, values: valuesFor(parameter, bytecode, world) }));
  const unknown = values.filter((one) => one.values.length === 0).map(({ parameter }) => parameter.name);
  if (unknown.length > 0)
    return {
      found: false,
      runs: 0,
      why: `no value is known that fits ${unknown.join(', ')}; a test file has to give one`,
    };
  let best: { readonly case: RunCase; readonly run: CaseRun } | undefined;
  let runs = 0;
  let until = MOST_RUNS;
  for (const choice of choices(values.map((one) => one.values.length))) {
    if (runs >= until) break;
    const chosen = values.flatMap(({ parameter, values: all }, index) => {
      const value = all[choice[index] ?? 0];
      return value === undefined ? [] : [[parameter.name, value] as const];
    });
    const one = { parameters: Object.fromEntries(chosen) };
    const run = await runner(one);
    runs += 1;
    if (best === undefined || rank(run) > rank(best.run)) best = { case: one, run };
    if (best.run.execution.status === 'SUCCEEDED') {
      if (best.run.steps.every(({ status }) => status === 'SUCCEEDED')) break;
      until = Math.min(until, runs + MORE_RUNS);
    }
  }
  if (best?.run.execution.status === 'SUCCEEDED') return { found: true, ...best, runs };
  if (best === undefined) throw new Error('A choice of one value for each parameter was not tried');
  return { found: false, runs, case: best.case, why: nearest(best.case, best.run) };
}

/** Those that succeed first, then by how many steps they come through. */
function rank({ execution, steps }: CaseRun): number {
  const done = steps.filter(({ status }) => status === 'SUCCEEDED').length;
  return done + (execution.status === 'SUCCEEDED' ? steps.length + 1 : 0);
}

function nearest({ parameters }: RunCase, { execution, steps }: CaseRun): string {
  const at = steps.find(({ status }) => status === 'FAILED')?.id;
  const where = at === undefined ? '' : ` at ${at}`;
  const said = execution.cause?.split(' (Service:')[0] ?? '';
  if (isNotSimulated(execution)) return `it ends${where}: ${said}`;
  const ends = `with ${JSON.stringify(parameters)} it ends${where} with ${execution.error ?? execution.status}: ${said}`;
  return `${ends}; a test file has to give parameters that do, and a world where they need one`;
}

/** Nothing that a test file can say would help there. */
function isNotSimulated({ error, cause = '' }: CaseRun['execution']): boolean {
  return error === 'States.Runtime' && cause.startsWith('The simulated account has no behaviour');
}

/** Every choice of one from each list, those near the beginning of all lists first. */
function* choices(sizes: readonly number[]): Generator<readonly number[]> {
  let layer: readonly (readonly number[])[] = [sizes.map(() => 0)];
  while (layer.length > 0) {
    yield* layer;
    const next = new Map<string, readonly number[]>();
    for (const choice of layer) {
      for (const [index, size] of sizes.entries()) {
        const more = choice.map((value, at) => (at === index ? value + 1 : value));
        if ((more[index] ?? 0) < size) next.set(more.join(), more);
      }
    }
    layer = [...next.values()].slice(0, MOST_RUNS);
  }
}
