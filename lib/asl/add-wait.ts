import type { PlanEntry, Wait } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import {
  assignResult,
  type Building,
  beginUndo,
  callFields,
  commentOf,
  type Exit,
  rescue,
  retryFields,
  type State,
  target,
  withoutResult,
} from './state-machine.ts';
import { evaluated } from './to-payload.ts';

/** The error of a wait that has nothing left to wait for, or has looked often enough. */
const WAIT_FAILED = 'Workflow.WaitFailed';

/**
 * A bounded loop: look, decide, wait. The count and what was seen travel as the states' input and output, so that
 * the loop works alike in a machine, in a branch and for each element of a list.
 */
export function addWait(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  const { call, wait } = entry;
  if (call === undefined || wait === undefined) throw new Error(`The wait ${entry.step_id} has no call`);
  const decide = `${name} over?`;
  const seen = `look_${entry.step_id}`;
  const looks = `(($exists($states.input.${seen}) ? $states.input.${seen}.count : 0) + 1)`;
  const output = (state: string): string => evaluated(lookOutput(seen, looks, state));
  building.states.set(name, {
    ...callFields(call, building.partition),
    Comment: commentOf(entry),
    ...retryFields(entry),
    Catch: [
      ...wait.errors.map(({ error_equals, means }) => ({
        ErrorEquals: [error_equals],
        Output: output(JSON.stringify(means)),
        Next: decide,
      })),
      ...((rescue(entry, exit, building).Catch as readonly unknown[] | undefined) ?? []),
    ],
    ...assignResult(entry),
    Output: output(stateOf(wait)),
    Next: decide,
  });
  if (wait.errors.length === 0 && rescue(entry, exit, building).Catch === undefined) dropCatch(name, building);
  building.states.set(decide, {
    Type: 'Choice',
    Choices: [
      { Condition: evaluated(`$states.input.${seen}.state = "done"`), Next: target(entry, exit, building) },
      {
        Condition: evaluated(
          `$states.input.${seen}.state = "failed" or $states.input.${seen}.count >= ${wait.max_attempts}`,
        ),
        ...onFailure(name, entry, exit, building, causeOf(entry, wait, seen)),
      },
    ],
    Default: `${name} pause`,
  });
  building.states.set(`${name} pause`, { Type: 'Wait', Seconds: wait.interval_seconds, Next: name });
  return name;
}

function dropCatch(name: string, { states }: Building): void {
  const { Catch: _, ...rest } = states.get(name) ?? {};
  states.set(name, rest);
}

function lookOutput(seen: string, looks: string, state: string): string {
  return `$merge([{"item": $states.input.item}, {"${seen}": {"count": ${looks}, "state": ${state}}}])`;
}

function stateOf({ done, failed }: Wait): string {
  return failed === undefined
    ? `(${done}) ? "done" : "again"`
    : `(${done}) ? "done" : (${failed}) ? "failed" : "again"`;
}

function causeOf(entry: PlanEntry, wait: Wait, seen: string): string {
  const gone = JSON.stringify(`${entry.step_id}: ${actionOf(entry)} shows a state that cannot become the awaited one`);
  const late = JSON.stringify(`${entry.step_id}: not reached after ${wait.max_attempts} looks`);
  return `$states.input.${seen}.state = "failed" ? ${gone} : ${late}`;
}

/** Where a wait that failed goes: on, into the undoing of the run, or to a state that fails. */
function onFailure(name: string, entry: PlanEntry, exit: Exit, building: Building, cause: string): State {
  if (entry.on_error === 'continue' && !building.inItem)
    return { ...withoutResult(entry), Next: target(entry, exit, building) };
  if (entry.on_error !== 'fail' && building.undoFrom !== undefined) {
    return { Assign: beginUndo({ Error: WAIT_FAILED, Cause: evaluated(cause) }), Next: building.undoFrom };
  }
  building.states.set(`${name} failed`, { Type: 'Fail', Error: WAIT_FAILED, Cause: evaluated(cause) });
  return { Next: `${name} failed` };
}
