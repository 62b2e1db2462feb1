import type { PlanEntry } from '../compiler/bytecode.ts';
import { type Building, callFields } from './state-machine.ts';
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

function addInverse(entry: PlanEntry, next: string, building: Building): string {
  const { undo, step_id: id, when } = entry;
  if (undo === undefined) throw new Error(`The step ${id} has no inverse`);
  const name = `Undo ${id}`;
  building.states.set(name, {
    ...callFields(undo, building.partition),
    Comment: `A later step failed: undoes ${id}`,
    // Patient: what was just begun (a snapshot being made) can often be undone only when it is finished.
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 60 }],
    Catch: [
      { ErrorEquals: ['States.ALL'], Assign: { not_undone: evaluated(`$append($not_undone, ["${id}"])`) }, Next: next },
    ],
    Assign: { undone: evaluated(`$append($undone, ["${id}"])`) },
    Next: next,
  });
  if (when === undefined) return name;
  building.states.set(`${name}?`, {
    Type: 'Choice',
    Choices: [{ Condition: evaluated(when.jsonata), Next: name }],
    Default: next,
  });
  return `${name}?`;
}
