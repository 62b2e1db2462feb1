import type { Origin } from './bytecode.ts';

/**
 * What the resolver decided for each step that is written in words, kept in a file that is reviewed like code.
 * A new dictionary or a new SDK can decide otherwise; with the lock that is an error, never a silent change.
 */
export interface LockedResolution {
  /** The words that were resolved. Where they have changed, the entry says nothing about the step. */
  readonly intent: string;
  readonly service: string;
  /** The context keys, sorted. */
  readonly keys: readonly string[];
  readonly operation: string;
  /** context key → input member */
  readonly bindings: Readonly<Record<string, string>>;
  readonly score: number;
  readonly margin: number;
  readonly runner_up: string | null;
}

/** A decision as another workflow takes it over, with what followed from the types of the parameters. */
export interface TakenOver extends LockedResolution {
  /** Members that take a list, for which one value was written. */
  readonly wrapped: readonly string[];
}

/** workflow → step → decision */
export type ResolutionLock = Readonly<Record<string, Readonly<Record<string, LockedResolution>>>>;

/** workflow → step of the type `workflow` → what was put in its place */
export type WorkflowLock = Readonly<Record<string, Readonly<Record<string, Origin>>>>;

/** The entry that was made for these very words; `undefined` where there is none. */
export function lockedResolution(
  steps: Readonly<Record<string, LockedResolution>>,
  stepId: string,
  words: Pick<LockedResolution, 'intent' | 'service' | 'keys'>,
): LockedResolution | undefined {
  const entry = Object.hasOwn(steps, stepId) ? steps[stepId] : undefined;
  const same =
    entry !== undefined &&
    entry.intent === words.intent &&
    entry.service === words.service &&
    entry.keys.join('\n') === words.keys.join('\n');
  return same ? entry : undefined;
}

/** Whether two decisions are the same one: the same call with the same members. Scores may differ. */
export function sameDecision(
  left: Pick<LockedResolution, 'operation' | 'bindings'>,
  right: Pick<LockedResolution, 'operation' | 'bindings'>,
): boolean {
  const text = ({ operation, bindings }: Pick<LockedResolution, 'operation' | 'bindings'>): string =>
    JSON.stringify([operation, Object.entries(bindings).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return text(left) === text(right);
}
