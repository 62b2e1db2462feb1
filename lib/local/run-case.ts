import { isDeepStrictEqual } from 'node:util';
import { toAsl } from '../asl/to-asl.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { Execution } from '../engine/execution.ts';
import { type StepReport, stepsFromHistory } from '../engine/steps-from-history.ts';
import { toPolicy } from '../iam/to-policy.ts';
import type { FaultRule } from './account/faults.ts';
import type { WorldData } from './account/plant-world.ts';
import { createSimulatedAccount } from './account/simulated-account.ts';
import { createVirtualClock } from './clock.ts';
import { createLocalExecutor } from './local-executor.ts';

/** One run to try: what the account holds, what is given, what goes wrong. */
export interface RunCase {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the account holds; the seed world where it is left out. */
  readonly world?: WorldData;
  readonly faults?: readonly FaultRule[];
}

export interface CaseRun {
  readonly execution: Execution;
  readonly steps: readonly StepReport[];
  /** Whether the account holds what it held before. */
  readonly unchanged: boolean;
  /** The names of all states that were entered. */
  readonly states: ReadonlySet<string>;
}

const NAME = 'case';
const SETTLING_MS = 3_600_000;

/** Runs a workflow in a simulated account of its own, in virtual time: hours take milliseconds. The same every time. */
export async function runCase(bytecode: Bytecode, one: RunCase, catalog: Catalog): Promise<CaseRun> {
  const clock = createVirtualClock();
  const account = createSimulatedAccount({
    catalog,
    clock,
    random: () => 0.5,
    ...(one.world === undefined ? {} : { seed: one.world }),
    ...(one.faults === undefined ? {} : { faults: one.faults }),
  });
  const executor = createLocalExecutor({
    account,
    clock,
    random: () => 0.5,
    definitionOf: (given) => toAsl(given, account.place.partition),
    policyOf: (given) => toPolicy(given, account.place),
  });
  const before = account.snapshot();
  await executor.start({ bytecode, executionName: NAME, input: one.parameters });
  for (;;) {
    const execution = await executor.get(bytecode.workflow_id, NAME);
    if (execution === undefined) throw new Error('The execution is gone');
    if (execution.status !== 'RUNNING') {
      // What was begun is let finish: an instance that starts again is as it was once it runs.
      await clock.advance(SETTLING_MS);
      return {
        execution,
        steps: stepsFromHistory(bytecode, execution.history, execution.status),
        unchanged: isDeepStrictEqual(before, account.snapshot()),
        states: statesEntered(execution),
      };
    }
    await clock.advance(60_000);
  }
}

function statesEntered({ history }: Execution): ReadonlySet<string> {
  return new Set(
    history.flatMap(({ stateEnteredEventDetails: details }) => {
      const { name } = (details ?? {}) as { readonly name?: string };
      return name === undefined ? [] : [name];
    }),
  );
}
