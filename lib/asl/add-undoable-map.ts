import type { PlanEntry } from '../compiler/bytecode.ts';
import { doneVariable, resultVariable } from '../compiler/emit/result-variable.ts';
import {
  type Building,
  beginUndo,
  callFields,
  commentOf,
  type Exit,
  keptExpression,
  rescue,
  retryFields,
  type State,
  target,
} from './state-machine.ts';
import { evaluated } from './to-payload.ts';

/** The first failure among what the iterations gave. */
const FIRST_FAILURE = '($states.input.failed)[0]';

/**
 * Adds a step that runs over a list and can be undone. An entry that fails does not end the Map, which would forget
 * the results of the others: each iteration gives `{done, result}` or `{failed}`, and a Choice behind the Map begins
 * the undoing where one failed. So entries behind one that failed still run. Kept is what an inverse reads, no more:
 * what a Map gives has to fit into 256 KiB.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @param items the expression of the list, which gives a list always
 */
export function addUndoableMap(entry: PlanEntry, items: string, exit: Exit, building: Building): string {
  const { step_id: id, on_error: onError } = entry;
  // A run without outputs returns what its last step gave: then each entry's result has to come out of the Map.
  const returned = exit.to === undefined && exit.output === undefined;
  const end: Exit = returned ? { to: undefined, output: '[$states.input.result]' } : exit;
  const next = target(entry, end, building);
  const decide = `${id} all?`;
  building.states.set(id, {
    Type: 'Map',
    Comment: commentOf(entry),
    Items: evaluated(items),
    ItemSelector: { item: '{% $states.context.Map.Item.Value %}' },
    MaxConcurrency: entry.for_each?.max_concurrency ?? 1,
    ItemProcessor: iteration(entry, returned || entry.result_used, building),
    ...rescue(entry, end, building),
    Assign: {
      [doneVariable(id)]: '{% [$states.result.done] %}',
      ...(entry.result_used ? { [resultVariable(id)]: evaluated(resultOf(entry)) } : {}),
    },
    Next: onError === 'continue' ? next : decide,
  });
  if (onError === 'continue') return id;
  if (onError === 'fail') {
    // A time-out has no cause of its own.
    const failure = { Error: evaluated(`${FIRST_FAILURE}.Error`), Cause: evaluated(`${FIRST_FAILURE}.Cause & ""`) };
    building.states.set(`${id} failed`, { Type: 'Fail', ...failure });
  }
  building.states.set(decide, {
    Type: 'Choice',
    Comment: `The run goes on where all entries of ${id} were done`,
    Choices: [{ Condition: '{% $exists($states.input.failed) %}', ...onFailure(entry, building) }],
    Default: next,
  });
  return id;
}

function onFailure({ step_id: id, on_error: onError }: PlanEntry, { ownUndo }: Building): State {
  if (onError === 'fail') return { Next: `${id} failed` };
  if (ownUndo === undefined) throw new Error(`The inverse of ${id} has no state`);
  return { Assign: beginUndo(evaluated(FIRST_FAILURE)), Next: ownUndo };
}

/** With on_error: continue a list in which entries are missing is no result. */
function resultOf({ on_error: onError }: PlanEntry): string {
  const results = '[$states.result.result]';
  return onError === 'continue' ? `$exists($states.result.failed) ? null : ${results}` : results;
}

function iteration(entry: PlanEntry, withResult: boolean, building: Building): State {
  const { call, for_each: list, step_id: id } = entry;
  if (call === undefined || list?.undo_reads === undefined) throw new Error(`The step ${id} cannot be undone`);
  const start = `${id} each`;
  const result = withResult ? `, "result": ${keptExpression(entry)}` : '';
  const { Type, Resource, Arguments } = callFields(call, building.partition);
  return {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: start,
    States: {
      [start]: {
        Type,
        Comment: commentOf(entry),
        Resource,
        Arguments,
        ...retryFields(entry),
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: { failed: '{% $states.errorOutput %}' }, Next: `${start} failed` },
        ],
        Output: evaluated(`{"done": ($left := ${keptExpression(entry)}; ${list.undo_reads})${result}}`),
        End: true,
      },
      [`${start} failed`]: { Type: 'Succeed' },
    },
  };
}
