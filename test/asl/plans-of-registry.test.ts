import { join } from 'node:path';
import { toPlanAsl } from '../../lib/asl/to-plan-asl.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import type { Execution, HistoryEvent } from '../../lib/engine/execution.ts';
import { validateParameters } from '../../lib/engine/validate-parameters.ts';
import { runCase } from '../../lib/local/run-case.ts';
import { planOutput, planSchema } from '../../lib/mcp/plan-schema.ts';
import { catalog } from '../support/compile.ts';
import { expectGolden } from '../support/golden.ts';
import { planBench, planningOf, planOf } from '../support/plan-case.ts';
import { type RegistryCase, registryCases } from '../support/registry-cases.ts';

// The package has no types: https://github.com/ChristopheBougere/asl-validator
const aslValidator = require('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(): string;
};

const GOLDEN = join(__dirname, '../golden/plans');
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const workflows = registryCases();
const changing = workflows.filter(({ bytecode }) => bytecode.security.effect !== 'read');
const named = changing.map(({ bytecode, cases }) => [bytecode.workflow_id, bytecode, cases] as const);

/** What a step sent to AWS, if it did. */
function sentBy(step: string, { history }: Execution): unknown {
  let state = '';
  let sent: unknown;
  for (const event of history as readonly (HistoryEvent & Record<string, Record<string, string>>)[]) {
    state = event.stateEnteredEventDetails?.name ?? state;
    const parameters = event.taskScheduledEventDetails?.parameters;
    if (parameters !== undefined && state === step) sent = JSON.parse(parameters);
  }
  return sent;
}

/** The values in data of any form, as texts in order: the same whatever the members are called. */
function valuesIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [String(data)];
  return Object.values(data).flatMap(valuesIn).sort();
}

describe('the plan of a workflow of the registry', () => {
  it('is there to be tried', () => expect(named.length).toBeGreaterThan(5));

  it.each(named)('%s is exactly this in the seed world', async (id, bytecode, cases) => {
    const one = cases.find(({ world, faults, expect: { status } }) => !world && !faults && status === 'SUCCEEDED');
    const { parameters, world } = one ?? (cases[0] as RegistryCase);
    const bench = planBench(one === undefined && world !== undefined ? { world } : {});
    expectGolden(join(GOLDEN, id, 'definition.json'), pretty(toPlanAsl(bytecode)));
    const plan = await planOf(bytecode, parameters, bench);
    expectGolden(join(GOLDEN, id, 'plan.json'), pretty(plan));
    expect(planSchema.parse(planOutput(plan))).toEqual(planOutput(plan));
  });

  it.each(named)('%s is made by a state machine that a validator of the language accepts', (_, bytecode) => {
    const { isValid, errorsText } = aslValidator(toPlanAsl(bytecode));
    expect(isValid ? '' : errorsText()).toBe('');
  });

  it.each(named)('%s changes nothing, whatever the case, and is the same the next time', async (_, bytecode, cases) => {
    for (const { parameters, world, faults } of cases) {
      if (!isValidCase(bytecode, parameters)) continue;
      const bench = planBench({ ...(world && { world }), ...(faults && { faults }) });
      const before = bench.account.snapshot();
      const first = await planningOf(bytecode, parameters, bench);
      expect(bench.account.snapshot()).toEqual(before);
      if (faults !== undefined || first.outcome === 'failed') continue;
      expect((await planOf(bytecode, parameters, bench)).planId).toBe(first.plan.planId);
    }
  });

  it.each(named)('%s says what a run then does', async (_, bytecode, cases) => {
    for (const one of cases) {
      const { parameters, world, faults, approvals } = one;
      if (faults !== undefined || approvals !== undefined || !isValidCase(bytecode, parameters)) continue;
      const plan = await planOf(bytecode, parameters, planBench(world && { world }));
      const { execution, steps } = await runCase(bytecode, one, catalog());
      expect([one.name, plan.stopped?.step, plan.stopped?.error]).toEqual([
        one.name,
        ...(plan.stopped === null ? [undefined, undefined] : [stepThatFailed(steps), execution.error]),
      ]);
      const failed = plan.steps.find(({ step }) => step === stepThatFailed(steps));
      expect(['holds', 'skipped', 'not_reached']).not.toContain(failed?.status);
      for (const { step, kind, status, arguments: planned } of plan.steps) {
        const became = steps.find(({ id }) => id === step)?.status;
        if (status === 'skipped' || status === 'not_reached') expect([step, became]).toEqual([step, 'SKIPPED']);
        if (kind !== 'change' || status !== 'runs' || execution.status !== 'SUCCEEDED') continue;
        expect([step, became]).toEqual([step, 'SUCCEEDED']);
        const shown = valuesIn(planned ?? {});
        if (planned === undefined || shown.some((value) => /<(?!timestamp>)/.test(value))) continue;
        const timestamp = '20260101-000000';
        expect(valuesIn(sentBy(step, execution))).toEqual(
          shown.map((value) => value.replaceAll('<timestamp>', timestamp)).sort(),
        );
      }
    }
  });
});

function stepThatFailed(steps: readonly { readonly id: string; readonly status: string }[]): string | undefined {
  return steps.find(({ status }) => status === 'FAILED')?.id;
}

function isValidCase({ parameters: declared }: Bytecode, parameters: Readonly<Record<string, unknown>>): boolean {
  return validateParameters(declared, parameters).ok;
}
