import type { PlanEntry } from '../compiler/bytecode.ts';
import { doneVariable, resultVariable } from '../compiler/emit/result-variable.ts';
import { type Building, callFields, type State } from './state-machine.ts';
import { evaluated } from './to-payload.ts';

/** Ends a run that was undone with the error it failed with. */
export const FAILED = 'Failed';

/**
 * Adds the inverses of these steps, to run in reverse order; gives, for each step, the state that begins with its
 * inverse. An inverse that fails is told of, and the others still run.
 */
export function addUndo(entries: readonly PlanEntry[], building: Building): ReadonlyMap<string, string> {
  const from = new Map<string, string>();
  let next = FAILED;
  for (const entry of entries) {
    next = addInverse(entry, next, building);
    from.set(entry.step_id, next);
  }
  if (entries.length > 0) {
    building.states.set(FAILED, {
      Type: 'Fail',
      Error: '{% $failure.Error %}',
      Cause:
        '{% $failure.Cause & ($count($undone) > 0 ? " Undone: " & $join($undone, ", ") & "." : "") & ' +
        '($count($not_undone) > 0 ? " Not undone: " & $join($not_undone, ", ") & "." : "") %}',
    });
  }
  return from;
}

/** Patient: what was just begun (a snapshot being made) can often be undone only when it is finished. */
const PATIENT = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 5,
  MaxAttempts: 10,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
};

function addInverse(entry: PlanEntry, next: string, building: Building): string {
  const { undo, step_id: id } = entry;
  if (undo === undefined) throw new Error(`The step ${id} has no inverse`);
  const name = `Undo ${id}`;
  const call = callFields(undo, building.partition);
  building.states.set(name, {
    ...(entry.for_each === undefined ? call : inverseOfEach(id, call)),
    Comment: `A later step failed: undoes ${id}`,
    ...(entry.for_each === undefined ? { Retry: [PATIENT] } : {}),
    Catch: [
      { ErrorEquals: ['States.ALL'], Assign: { not_undone: evaluated(`$append($not_undone, ["${id}"])`) }, Next: next },
    ],
    Assign: entry.for_each === undefined ? { undone: evaluated(`$append($undone, ["${id}"])`) } : countUndone(id),
    Next: next,
  });
  const condition = wasDone(entry);
  if (condition === undefined) return name;
  building.states.set(`${name}?`, {
    Type: 'Choice',
    Choices: [{ Condition: evaluated(condition), Next: name }],
    Default: next,
  });
  return `${name}?`;
}

/** Whether there is anything to undo, where the run may have come by without having done it. */
function wasDone({ step_id: id, when, for_each: list, on_error: onError }: PlanEntry): string | undefined {
  if (list !== undefined) return `$count($${doneVariable(id)}) > 0`;
  if (onError === 'continue') return `$${resultVariable(id)} != null`;
  return when?.jsonata;
}

const UNDONE = 'undone';
const NOT_UNDONE = 'not undone';

/** The last entry first, and each whatever becomes of the others. */
function inverseOfEach(id: string, call: State): State {
  const name = `Undo ${id}`;
  return {
    Type: 'Map',
    Items: evaluated(`$reverse($${doneVariable(id)})`),
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: `${name} each`,
      States: {
        [`${name} each`]: {
          ...call,
          Retry: [PATIENT],
          Catch: [{ ErrorEquals: ['States.ALL'], Output: NOT_UNDONE, Next: `${name} each failed` }],
          Output: UNDONE,
          End: true,
        },
        [`${name} each failed`]: { Type: 'Succeed' },
      },
    },
  };
}

/** A step is undone where all that was done of it is; else the report says of how many that is not so. */
function countUndone(id: string): State {
  const failed = `$count($states.result[$ = "${NOT_UNDONE}"])`;
  const named = `["${id} (" & ${failed} & " of " & $count($states.result) & ")"]`;
  return {
    undone: evaluated(`${failed} = 0 ? $append($undone, ["${id}"]) : $undone`),
    not_undone: evaluated(`${failed} = 0 ? $not_undone : $append($not_undone, ${named})`),
  };
}
