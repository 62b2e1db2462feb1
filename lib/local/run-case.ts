import { toAsl } from '../asl/to-asl.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { Execution } from '../engine/execution.ts';
import { type StepReport, stepsFromHistory } from '../engine/steps-from-history.ts';
import { toPolicy } from '../iam/to-policy.ts';
import type { FaultRule } from './account/faults.ts';
import type { WorldData } from './account/plant-world.ts';
import { DEFAULT_PLACE } from './account/seed-world.ts';
import { createSimulatedAccount, type PlantedWorld, type SimulatedAccount } from './account/simulated-account.ts';
import { changedResources, type WorldSnapshot } from './account/snapshot-of.ts';
import type { StateMachineDefinition } from './asl/definition.ts';
import { type RunResult, startStateMachine } from './asl/run-state-machine.ts';
import { createVirtualClock, type VirtualClock } from './clock.ts';

/** What becomes of an approval: somebody approves or refuses it at once, or nobody answers. */
export type ApprovalAnswer = 'approve' | 'refuse' | 'none';

/** One run to try: what the account holds, what is given, what goes wrong. */
export interface RunCase {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the account holds; the seed world where it is left out. */
  readonly world?: WorldData;
  readonly faults?: readonly FaultRule[];
  /** What becomes of each approval, by its step; one that is left out is approved. */
  readonly approvals?: Readonly<Record<string, ApprovalAnswer>>;
}

export interface CaseRun {
  readonly execution: Execution;
  readonly steps: readonly StepReport[];
  /** Whether the account holds what it held before. */
  readonly unchanged: boolean;
  /** What the account holds otherwise than before: `rds snapshot orders-1`. */
  readonly changed: readonly string[];
  /** Of these, what a state changed whose answer was lost, by the name of the state. */
  readonly changedBy: Readonly<Record<string, readonly string[]>>;
  /** The names of all states that were entered. */
  readonly states: ReadonlySet<string>;
}

/** Runs cases of one workflow. */
export type CaseRunner = (one: RunCase) => Promise<CaseRun>;

const NAME = 'case';
const SETTLING_MS = 3_600_000;

/** Runs a workflow in a simulated account of its own, in virtual time: hours take milliseconds. The same every time. */
export function runCase(bytecode: Bytecode, one: RunCase, catalog: Catalog): Promise<CaseRun> {
  return createCaseRunner(bytecode, catalog)(one);
}

/**
 * A runner for many cases of one workflow: what they share (the state machine, the policy, what the account holds at
 * first) is made once. Each case has an account of its own all the same.
 */
export function createCaseRunner(bytecode: Bytecode, catalog: Catalog): CaseRunner {
  const place = DEFAULT_PLACE;
  const shared = {
    bytecode,
    definition: toAsl(bytecode, place.partition) as StateMachineDefinition,
    policy: toPolicy(bytecode, place),
  };
  const worlds = new Map<WorldData | undefined, Beginning>();
  return async (one) => {
    const clock = createVirtualClock();
    const beginning = worlds.get(one.world);
    const account = createSimulatedAccount({
      catalog,
      clock,
      place,
      random: () => 0.5,
      ...(one.faults === undefined ? {} : { faults: one.faults }),
      ...(beginning !== undefined
        ? { planted: beginning.planted }
        : one.world === undefined
          ? {}
          : { seed: one.world }),
    });
    const { planted, before } = beginning ?? { planted: account.planted, before: account.snapshot() };
    worlds.set(one.world, { planted, before });
    return runIn(account, clock, one, { ...shared, before });
  };
}

/** What accounts begin with that hold the same. */
interface Beginning {
  readonly planted: PlantedWorld;
  readonly before: WorldSnapshot;
}

interface Shared extends Pick<Beginning, 'before'> {
  readonly bytecode: Bytecode;
  readonly definition: StateMachineDefinition;
  readonly policy: ReturnType<typeof toPolicy>;
}

async function runIn(account: SimulatedAccount, clock: VirtualClock, one: RunCase, shared: Shared): Promise<CaseRun> {
  const { bytecode, before } = shared;
  const startedAt = new Date(clock.now()).toISOString();
  const changedBy: Record<string, readonly string[]> = {};
  const result = await play(account, clock, one, shared, changedBy);
  const execution = { ...result, startedAt, stoppedAt: new Date(clock.now()).toISOString(), input: one.parameters };
  // What was begun is let finish: an instance that starts again is as it was once it runs.
  await clock.advance(SETTLING_MS);
  const changed = changedResources(before, account.snapshot());
  return {
    execution,
    steps: stepsFromHistory(bytecode, execution.history, execution.status),
    unchanged: changed.length === 0,
    changed,
    changedBy,
    states: statesEntered(execution),
  };
}

async function play(
  account: SimulatedAccount,
  clock: VirtualClock,
  { parameters, faults = [], approvals = {} }: RunCase,
  { bytecode, definition, policy }: Shared,
  changedBy: Record<string, readonly string[]>,
): Promise<RunResult> {
  const { partition, region, account: number } = account.place;
  const name = `wf-${bytecode.workflow_id}`;
  const arn = (kind: string, rest: string): string => `arn:${partition}:states:${region}:${number}:${kind}:${rest}`;
  const caller = { arn: `arn:${partition}:sts::${number}:assumed-role/${name}/${NAME}`, policy };
  const random = (): number => 0.5;
  const losesAnswers = faults.some(({ done }) => done === true);
  const run = startStateMachine(definition, {
    input: JSON.parse(JSON.stringify(parameters)),
    clock,
    random,
    region,
    execution: {
      id: arn('execution', `${name}:${NAME}`),
      name: NAME,
      roleArn: `arn:${partition}:iam::${number}:role/${name}`,
    },
    stateMachine: { id: arn('stateMachine', name), name },
    checkTask: account.checkTask,
    async callTask({ resource, arguments: given, context, signal }) {
      const { Name: step = '' } = context.State as { readonly Name?: string };
      const { Token: token } = (context.Task ?? {}) as { readonly Token?: string };
      const before = losesAnswers ? account.snapshot() : undefined;
      const answer = account.answerTask(resource, given, caller, { signal, step });
      if (before !== undefined) changedBy[step] = union(changedBy[step], changedResources(before, account.snapshot()));
      const outcome = await answer;
      if (token !== undefined && outcome.kind === 'succeeded') decide(run, token, approvals[step] ?? 'approve');
      return outcome;
    },
  });
  return run.done.catch((fault: unknown) => ({
    status: 'FAILED',
    error: 'Local.Fault',
    cause: String(fault),
    history: run.history,
  }));
}

/** Answers a task that waits for somebody, as the engine does. */
function decide(run: ReturnType<typeof startStateMachine>, token: string, decision: ApprovalAnswer): void {
  if (decision === 'approve') run.answerTask(token, { kind: 'succeeded', output: { answered_by: 'test' } });
  if (decision === 'refuse')
    run.answerTask(token, { kind: 'failed', error: 'Workflow.ApprovalRefused', cause: 'refused by test' });
}

function union(one: readonly string[] = [], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])];
}

function statesEntered({ history }: Execution): ReadonlySet<string> {
  return new Set(
    history.flatMap(({ stateEnteredEventDetails: details }) => {
      const { name } = (details ?? {}) as { readonly name?: string };
      return name === undefined ? [] : [name];
    }),
  );
}
