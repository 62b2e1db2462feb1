import type { Binding } from './bind-context.ts';
import { GENERIC_NOUNS, type IndexedOperation } from './operation-index.ts';
import { stem } from './words.ts';

/** Words that make a member's name a reference to a thing. */
export const REFERENCE_WORDS: ReadonlySet<string> = new Set(['id', 'identifier', 'name', 'arn', 'url'].map(stem));

const CHANGES = new Set(['Modify', 'Update', 'Change', 'Edit', 'Put']);
/** Words of members that say how to do it, not what: `ApplyImmediately`, `DryRun`, `Force`. */
const MANNER = new Set(['apply immediately', 'dry run', 'force'].map((words) => words.split(' ').map(stem).join(' ')));

/** Whether a member of these words only says which thing the call is about, or how to go about it. */
export function isIdentifier(words: readonly string[], { nouns, head }: IndexedOperation): boolean {
  // `Description` of `UpdateKeyDescription` is the change, `service` of `UpdateService` is not
  if (words.length === 1 && words[0] === head && nouns.size > 1) return false;
  if (MANNER.has(words.join(' '))) return true;
  return words.every((word) => nouns.has(word) || GENERIC_NOUNS.has(word) || REFERENCE_WORDS.has(word));
}

/**
 * Whether a call is only told which thing to change, though it could be told more: `ModifyDBInstance` with nothing
 * but `DBInstanceIdentifier` succeeds and does nothing, `PutMetricAlarm` with nothing but a name does harm.
 */
export function changesNothing(indexed: IndexedOperation, { bound, content }: Binding): boolean {
  if (!CHANGES.has(indexed.verb) || content.length > 0) return false;
  const { members } = indexed.operation.input;
  const more = members.some((member) => !member.required && !bound.some((used) => used.member === member));
  return more && bound.every(({ words }) => isIdentifier(words, indexed));
}
