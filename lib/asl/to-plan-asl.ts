import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { resultVariable } from '../compiler/emit/result-variable.ts';
import { type PlanScope, planScope } from '../compiler/plan-scope.ts';
import { addStep, entriesOf } from './add-block.ts';
import { type Block, toFlow } from './flow.ts';
import { type PlanNames, planNames, withShown, withTold } from './plan-names.ts';
import { assertion, isDecided, plannedStep } from './planned-step.ts';
import { quoted } from './show-expression.ts';
import type { State } from './state-machine.ts';
import {
  INVALID_INPUT,
  INVALID_PARAMETER_ERROR,
  type StateMachineDefinition,
  VALIDATE_INPUT,
  validateInput,
} from './to-asl.ts';
import { evaluated } from './to-payload.ts';
import { PROBLEM_CAUSE } from './validate-input.ts';

/** The state that gives the plan. */
const WHAT_WOULD_CHANGE = 'What would change';

/** A caller waits for it, behind an HTTP API that gives up after 30 seconds. */
const PLAN_SECONDS = 20;

/**
 * The state machine that tells what a run would do: it makes the steps that only read and hang on nothing that a run
 * does, one after the other, and gives a `PlanOutput`. It makes no call besides, so that nothing changes.
 */
export function toPlanAsl(bytecode: Bytecode, partition = 'aws'): StateMachineDefinition {
  const { execution_plan: plan, metadata, checksum } = bytecode;
  const scope = planScope(bytecode);
  const names = planNames(plan);
  const made = plan.filter((entry) => scope.reads.has(entry.step_id) || isDecided(entry, scope));
  const groups = made.map((entry, index) => statesOf(entry, made[index + 1], { plan, partition, scope, names }));
  const unset = made.filter(({ result_used: used }) => used).map(({ step_id: id }) => [resultVariable(id), null]);
  const { Assign, ...validation } = validateInput({ ...bytecode, execution_plan: [], outputs: {} }, startOf(made[0]));
  return {
    Comment: `The plan of ${metadata.name} ${metadata.version} (${checksum}): reads, and changes nothing`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: PLAN_SECONDS,
    StartAt: VALIDATE_INPUT,
    States: {
      // A step that is passed over leaves its variable as it is, so each has a value from the beginning.
      [VALIDATE_INPUT]: { ...validation, Assign: { ...Assign, [names.stopped]: null, ...Object.fromEntries(unset) } },
      [INVALID_INPUT]: { Type: 'Fail', Error: INVALID_PARAMETER_ERROR, Cause: PROBLEM_CAUSE },
      ...Object.fromEntries(groups.flatMap((states) => [...states])),
      [WHAT_WOULD_CHANGE]: { Type: 'Succeed', Output: evaluated(outputOf(bytecode, scope, names)) },
    },
  };
}

interface Making {
  readonly plan: readonly PlanEntry[];
  readonly partition: string;
  readonly scope: PlanScope;
  readonly names: PlanNames;
}

function startOf(entry: PlanEntry | undefined): string {
  if (entry === undefined) return WHAT_WOULD_CHANGE;
  return entry.type !== 'assert' && entry.when !== undefined ? `${entry.step_id}?` : entry.step_id;
}

function statesOf(entry: PlanEntry, following: PlanEntry | undefined, making: Making): ReadonlyMap<string, State> {
  const next = startOf(following);
  if (entry.type === 'assert') return assertState(entry, next, making);
  const states = new Map<string, State>();
  const { step_id: id, on_error } = entry;
  addStep(briefly(entry), { to: next }, { states, partition: making.partition });
  if (on_error === 'continue') return states;
  const failure = {
    step: id,
    error: '{% $states.errorOutput.Error %}',
    cause: causeOf(entry, making.scope),
    ...placeOf(entry, making.plan),
  };
  const stop = { ErrorEquals: ['States.ALL'], Assign: { [making.names.stopped]: failure }, Next: WHAT_WOULD_CHANGE };
  return new Map([...states].map(([name, state]) => [name, name === id ? { ...state, Catch: [stop] } : state]));
}

/** An answer of AWS can repeat what was asked with. */
function causeOf(entry: PlanEntry, scope: PlanScope): string {
  const secret = scope.secretsIn(`$${resultVariable(entry.step_id)}`).length > 0;
  return secret ? 'What AWS said is not shown: the step was made with a secret' : '{% $states.errorOutput.Cause %}';
}

/** Somebody waits, so that a step is tried again soon and not often; what it would undo is not done here. */
function briefly({ retry, undo: _undo, on_error, ...entry }: PlanEntry): PlanEntry {
  return {
    ...entry,
    ...(on_error === 'continue' ? { on_error } : {}),
    ...(retry === undefined
      ? {}
      : { retry: { ...retry, max_attempts: Math.min(2, retry.max_attempts), interval_seconds: 1, backoff_rate: 2 } }),
  };
}

function assertState(entry: PlanEntry, next: string, { plan, scope, names }: Making): ReadonlyMap<string, State> {
  const { holds, cause } = assertion(entry, scope, names);
  const failure = {
    step: entry.step_id,
    error: 'Workflow.AssertionFailed',
    cause: evaluated(withShown(cause, names)),
    ...placeOf(entry, plan),
  };
  const state = {
    Type: 'Choice',
    Choices: [{ Condition: evaluated(holds), Next: next }],
    Assign: { [names.stopped]: failure },
    Default: WHAT_WOULD_CHANGE,
  };
  return new Map([[entry.step_id, state]]);
}

function outputOf({ execution_plan: plan, checksum }: Bytecode, scope: PlanScope, names: PlanNames): string {
  const steps = plan.map((entry, at) => plannedStep(entry, at, scope, names));
  const fields = [`"checksum": ${quoted(checksum)}`, `"stopped": $${names.stopped}`, `"steps": [${steps.join(', ')}]`];
  return withShown(withTold(`{${fields.join(', ')}}`, names), names);
}

/** Where a step stands in the plan, and which steps behind it there may run beside it. */
function placeOf({ step_id: id }: PlanEntry, plan: readonly PlanEntry[]): { at: number; beside: readonly string[] } {
  const flow = toFlow(plan);
  const at = plan.findIndex(({ step_id: one }) => one === id);
  const behind = plan.slice(at + 1).map(({ step_id: one }) => one);
  return { at, beside: behind.filter((one) => !comesBefore(id, one, flow)) };
}

/** Whether one step has ended when another begins. */
function comesBefore(first: string, second: string, flow: Block): boolean {
  if (flow.kind === 'step') return false;
  const place = (id: string): number =>
    flow.blocks.findIndex((block) => entriesOf(block).some(({ step_id: one }) => one === id));
  const [a, b] = [place(first), place(second)];
  const block = flow.blocks[a];
  if (a === b && block !== undefined) return comesBefore(first, second, block);
  return flow.kind === 'sequence' && a < b;
}
