import fc from 'fast-check';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { worstCase } from '../../lib/compiler/worst-case.ts';
import type { Execution } from '../../lib/engine/execution.ts';
import type { FaultRule } from '../../lib/local/account/faults.ts';
import { type RunCase, runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { RANDOM_WORKFLOW, sourceOf } from '../support/random-workflow.ts';
import { registryCases } from '../support/registry-cases.ts';

/** As they are charged: states that were entered, and each attempt of a task after its first. */
function transitionsIn({ history }: Execution): number {
  const count = (pattern: RegExp): number => history.filter(({ type }) => pattern.test(type)).length;
  return count(/StateEntered$/) + Math.max(0, count(/^TaskScheduled$/) - count(/^TaskStateEntered$/));
}

function secondsOf({ startedAt, stoppedAt = startedAt }: Execution): number {
  return (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000;
}

/** How many entries each list had in a run: the lengths of its Maps, by the step. */
function countsIn({ history }: Execution): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let state = '';
  for (const event of history as readonly (Execution['history'][number] & {
    readonly stateEnteredEventDetails?: { readonly name: string };
    readonly mapStateStartedEventDetails?: { readonly length: number };
  })[]) {
    state = event.stateEnteredEventDetails?.name ?? state;
    const length = event.mapStateStartedEventDetails?.length;
    if (length !== undefined) counts.set(state, Math.max(counts.get(state) ?? 0, length));
  }
  return counts;
}

async function expectWithinWorstCase(bytecode: Bytecode, one: RunCase): Promise<void> {
  const { execution } = await runCase(bytecode, one, catalog());
  const lists = bytecode.execution_plan.filter(({ for_each: list }) => list !== undefined);
  const seen = countsIn(execution);
  const counts = new Map(lists.map(({ step_id: id }) => [id, seen.get(id) ?? 0] as const));
  const worst = worstCase(bytecode, counts);
  expect(worst.per_entry).toEqual([]);
  expect(transitionsIn(execution)).toBeGreaterThan(0);
  expect(transitionsIn(execution)).toBeLessThanOrEqual(worst.transitions);
  expect(secondsOf(execution)).toBeLessThanOrEqual(worst.seconds);
}

const FAULTS: readonly Omit<FaultRule, 'step'>[] = [
  { fault: 'server-error', times: 1000 },
  { fault: 'throttling', times: 1000 },
  { fault: 'timeout', times: 1000 },
  { fault: 'slow', times: 1000 },
];

/** The case, and the same with each of its steps failing in each way, alone and together with its inverse. */
function withFaults({ execution_plan: plan }: Bytecode, one: RunCase): readonly RunCase[] {
  const steps = plan
    .filter(({ call }) => call !== undefined)
    .map((entry) => (entry.for_each === undefined ? entry.step_id : `${entry.step_id} each`));
  const undoes = plan.flatMap(({ step_id: id, undo, for_each: list }) =>
    undo === undefined ? [] : [list === undefined ? `Undo ${id}` : `Undo ${id} each`],
  );
  const patient = undoes.map((step): FaultRule => ({ step, fault: 'server-error', times: 1000 }));
  const failing = steps.flatMap((step) => FAULTS.map((fault): FaultRule => ({ ...fault, step })));
  return [one, ...failing.flatMap((fault) => [[fault], [fault, ...patient]].map((faults) => ({ ...one, faults })))];
}

describe('the worst case', () => {
  it.each(registryCases().map(({ bytecode, cases }) => [bytecode.workflow_id, bytecode, cases] as const))(
    'of %s is never gone beyond, whatever fails',
    async (_, bytecode, cases) => {
      for (const one of cases) await expectWithinWorstCase(bytecode, one);
      const happy = cases.find(({ faults, expect: { status } }) => !faults && status === 'SUCCEEDED');
      for (const one of happy === undefined ? [] : withFaults(bytecode, happy)) {
        await expectWithinWorstCase(bytecode, one);
      }
    },
    120_000,
  );

  it('of a random workflow is never gone beyond', async () => {
    await fc.assert(
      fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
        const { first, second, third } = workflow;
        const parameters = { first, second, ...(third === undefined ? {} : { third }) };
        await expectWithinWorstCase(bytecodeOf(sourceOf(workflow), 'enterprise'), { parameters });
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('counts retries, looks and what is undone', () => {
    const bytecode = bytecodeOf(
      JSON.stringify({
        name: 'sketch',
        version: '1.0',
        description: 'Sketch',
        author: 'test',
        steps: [
          {
            id: 'make',
            type: 'command',
            action: 'rds:CreateDBSnapshot',
            parameters: { DBInstanceIdentifier: 'a', DBSnapshotIdentifier: 'b' },
            timeout: 10,
            retry: { errors: ['throttling'], max_attempts: 2, interval: 3, backoff_rate: 2 },
            undo: { action: 'rds:DeleteDBSnapshot', parameters: { DBSnapshotIdentifier: 'b' } },
          },
          {
            id: 'ready',
            type: 'wait_for',
            depends_on: ['make'],
            waiter: 'rds:DBSnapshotAvailable',
            parameters: { DBSnapshotIdentifier: 'b' },
            timeout: 10,
            interval: 30,
            max_attempts: 4,
          },
        ],
        security: {
          required_permissions: ['rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot', 'rds:DescribeDBSnapshots'],
          max_duration: 600,
        },
      }),
      'enterprise',
    );
    // Input and end: 2. make: 3 attempts, and 12 for its inverse. ready: 4 looks, 4 decisions, 3 pauses, 1 failure.
    expect(worstCase(bytecode)).toEqual({
      // make: 3 × 10 and pauses of 3 and 6; its inverse: 11 × 60 and 435 of pauses; ready: 4 × 10 and 3 × 30.
      seconds: 600,
      may_be_cut: false,
      transitions: 2 + 3 + 12 + 12,
      usd: 0.000725,
      per_entry: [],
    });
    // Its pauses are 9, 435 and 90 seconds.
    const hasty = { ...bytecode, security: { ...bytecode.security, max_duration: 533 } };
    expect(worstCase(hasty)).toMatchObject({ seconds: 533, may_be_cut: true });
    const patient = { ...bytecode, security: { ...bytecode.security, max_duration: 10_000 } };
    expect(worstCase(patient)).toMatchObject({ seconds: 39 + 660 + 435 + 130, may_be_cut: false });
  });
});
