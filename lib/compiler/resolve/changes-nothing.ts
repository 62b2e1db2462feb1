import type { Binding } from './bind-context.ts';
import { GENERIC_NOUNS, type IndexedOperation } from './operation-index.ts';
import { splitName, stem } from './words.ts';

/** Words that make a member's name a reference to a thing. */
export const REFERENCE_WORDS: ReadonlySet<string> = new Set(['id', 'identifier', 'name', 'arn', 'url'].map(stem));

const CHANGES = new Set(['Modify', 'Update', 'Change', 'Edit']);
/** Members that say how to do it, not what. */
const MANNER = new Set(['ApplyImmediately', 'DryRun', 'Force']);

/**
 * Whether a call would succeed and do nothing, because it is only told which thing to change:
 * `ModifyDBInstance` with nothing but `DBInstanceIdentifier`.
 */
export function changesNothing({ verb, nouns, head }: IndexedOperation, { bindings }: Binding): boolean {
  if (!CHANGES.has(verb)) return false;
  const identifies = (words: readonly string[]) => {
    // `Description` of `UpdateKeyDescription` is the change, `service` of `UpdateService` is not
    if (words.length === 1 && words[0] === head && nouns.size > 1) return false;
    return words.every((word) => nouns.has(word) || GENERIC_NOUNS.has(word) || REFERENCE_WORDS.has(word));
  };
  return Object.values(bindings).every((member) => MANNER.has(member) || identifies(splitName(member).map(stem)));
}
