import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { INVALID_INPUT, toAsl, VALIDATE_INPUT } from '../../lib/asl/to-asl.ts';
import type { HistoryEvent } from '../../lib/engine/execution.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import type { FaultRule } from '../../lib/local/account/faults.ts';
import type { WorldData } from '../../lib/local/account/plant-world.ts';
import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { startStateMachine } from '../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { type Figure, printFigures, share } from './figure.ts';

const FOLDER = join(__dirname, 'transitions');

/** One run of an operation: what is given to both machines, what the account holds, how it has to end. */
interface Case {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly world?: WorldData;
  readonly faults?: readonly FaultRule[];
  /** `SUCCEEDED` where it is left out. */
  readonly status?: 'FAILED';
}

/** What a machine came to, and what it costs. */
interface Outcome {
  readonly status: string;
  readonly account: unknown;
  readonly transitions: number;
  /** Of the transitions, those into the state that checks the input. */
  readonly validations: number;
  readonly why: string;
}

/** The state transitions of one operation, over all its cases. */
interface Comparison {
  readonly name: string;
  readonly byHand: number;
  readonly compiled: number;
  readonly validations: number;
  /** The cases that did not end as they have to, or not alike. */
  readonly different: readonly string[];
}

/**
 * How many state transitions compiled workflows take, against state machines that people wrote and published for the
 * same operations (test/bench/transitions/README.md), on the same simulated accounts.
 */
export async function transitionFigures(): Promise<readonly Figure[]> {
  const comparisons: Comparison[] = [];
  for (const entry of readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory())) {
    comparisons.push(await compare(entry.name));
  }
  print(comparisons);
  const operations = comparisons.length;
  const alike = comparisons.filter(({ different }) => different.length === 0).length;
  const noMore = comparisons.filter(({ byHand, compiled }) => compiled <= byHand).length;
  const noMoreBare = comparisons.filter(({ byHand, compiled, validations }) => compiled - validations <= byHand).length;
  const of = `of ${operations}`;
  return [
    { name: 'published operations that end alike, by hand and compiled', atLeast: 100, ...share(alike, operations) },
    {
      name: 'state transitions against by hand, at worst',
      value: Math.max(...comparisons.map(({ byHand, compiled }) => compiled / byHand)),
      unit: '×',
      atMost: 1.2,
    },
    {
      name: 'operations with no more than by hand, but for the check of the input',
      value: noMoreBare,
      unit: 'count',
      of,
    },
    { name: 'operations with no more than by hand, with it', value: noMore, unit: 'count', atLeast: 8, of },
  ];
}

async function compare(name: string): Promise<Comparison> {
  const read = (file: string): string => readFileSync(join(FOLDER, name, file), 'utf8');
  const bytecode = bytecodeOf(read('workflow.yaml'), 'enterprise');
  const byHand = JSON.parse(read('by-hand.asl.json')) as StateMachineDefinition;
  let comparison: Comparison = { name, byHand: 0, compiled: 0, validations: 0, different: [] };
  for (const one of JSON.parse(read('cases.json')) as readonly Case[]) {
    const published = await run(byHand, one, () => ANY_CALL);
    const own = await run(toAsl(bytecode) as unknown as StateMachineDefinition, one, (place) =>
      toPolicy(bytecode, place),
    );
    const how = differenceOf(published, own, one.status ?? 'SUCCEEDED');
    comparison = {
      name,
      byHand: comparison.byHand + published.transitions,
      compiled: comparison.compiled + own.transitions,
      validations: comparison.validations + own.validations,
      different: [...comparison.different, ...(how === undefined ? [] : [`${one.name}: ${how}`])],
    };
  }
  return comparison;
}

const ANY_CALL: ReturnType<typeof toPolicy> = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'All', Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
} as unknown as ReturnType<typeof toPolicy>;

function differenceOf(published: Outcome, own: Outcome, status: string): string | undefined {
  if (published.status !== status) return `by hand it ends as ${published.status} ${published.why}`;
  if (own.status !== status) return `compiled it ends as ${own.status} ${own.why}`;
  return isDeepStrictEqual(published.account, own.account) ? undefined : 'the account holds something else';
}

const SETTLING_MS = 3_600_000;

/** Runs a machine in an account of its own, in virtual time. */
async function run(
  definition: StateMachineDefinition,
  { input, world, faults }: Case,
  policyIn: (place: ReturnType<typeof createSimulatedAccount>['place']) => ReturnType<typeof toPolicy>,
): Promise<Outcome> {
  const clock = createVirtualClock();
  const account = createSimulatedAccount({
    catalog: catalog(),
    clock,
    random: () => 0.5,
    ...(world === undefined ? {} : { seed: world }),
    ...(faults === undefined ? {} : { faults }),
  });
  const { partition, region, account: number } = account.place;
  const arn = (kind: string, rest: string): string => `arn:${partition}:states:${region}:${number}:${kind}:${rest}`;
  const caller = {
    arn: `arn:${partition}:sts::${number}:assumed-role/machine/case`,
    policy: policyIn(account.place),
  };
  const { done, history } = startStateMachine(definition, {
    input,
    clock,
    random: () => 0.5,
    region,
    execution: {
      id: arn('execution', 'machine:case'),
      name: 'case',
      roleArn: `arn:${partition}:iam::${number}:role/machine`,
    },
    stateMachine: { id: arn('stateMachine', 'machine'), name: 'machine' },
    checkTask: account.checkTask,
    callTask: ({ resource, arguments: given, signal }) => account.answerTask(resource, given, caller, { signal }),
  });
  let status: string | undefined;
  let why = '';
  void done.then((result) => {
    status = result.status;
    why = `${result.error ?? ''} ${result.cause ?? ''}`;
  });
  while (status === undefined) await clock.advance(60_000);
  await clock.advance(SETTLING_MS);
  return {
    status,
    why,
    account: account.snapshot(),
    transitions: transitionsOf(history),
    validations: history.filter(({ stateEnteredEventDetails: details }) => isValidation(details)).length,
  };
}

/**
 * What Step Functions bills: each time a state is executed, and each retry
 * (https://aws.amazon.com/step-functions/pricing/). A task is scheduled once for each attempt.
 */
function transitionsOf(history: readonly HistoryEvent[]): number {
  const stateOf = new Map<number, number>();
  const attempts = new Map<number, number>();
  for (const { id, type, previousEventId } of history) {
    const state = type.endsWith('StateEntered') ? id : (stateOf.get(previousEventId) ?? 0);
    stateOf.set(id, state);
    if (state === id) attempts.set(state, 0);
    if (type === 'TaskScheduled') attempts.set(state, (attempts.get(state) ?? 0) + 1);
  }
  return [...attempts.values()].reduce((sum, count) => sum + Math.max(count, 1), 0);
}

function isValidation(details: unknown): boolean {
  const { name } = (details ?? {}) as { readonly name?: string };
  return name === VALIDATE_INPUT || name === INVALID_INPUT;
}

function print(comparisons: readonly Comparison[]): void {
  console.log(`${'state transitions'.padEnd(30)} by hand  compiled  without the check of the input`);
  for (const { name, byHand, compiled, validations, different } of comparisons) {
    const ratio = (count: number): string => `${String(count).padStart(3)} (${(count / byHand).toFixed(2)} ×)`;
    console.log(
      `${name.padEnd(30)} ${String(byHand).padStart(7)}  ${ratio(compiled)}  ${ratio(compiled - validations)}`,
    );
    for (const how of different) console.log(`    differs: ${how.slice(0, 600)}`);
  }
}

async function main(): Promise<void> {
  process.exitCode = printFigures(await transitionFigures()) ? 0 : 1;
}

if (require.main === module) void main();
