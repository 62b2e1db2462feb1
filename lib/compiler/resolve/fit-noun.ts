import type { IntentNoun } from './noun-phrases.ts';
import type { IndexedOperation } from './operation-index.ts';
import { stem } from './words.ts';

/** How far an operation explains a noun of the intent, 0 to 1. */
export interface NounFit {
  /** By its name. */
  readonly name: number;
  /** By its name or the members that the context is bound to. */
  readonly grounded: number;
  /** By those, its other members or its documentation. */
  readonly any: number;
  /** Words of the operation's name that the noun names. */
  readonly covered: readonly string[];
}

const SYNONYM_FIT = 0.95;
const BOUND_FIT = 0.8;
const MEMBER_FIT = 0.4;
const DOCUMENTATION_FIT = 0.25;
/** The name of `Invoke` says nothing: its members and documentation stand in for it. */
const NAMELESS_FIT = 0.85;
/** `AddTagsToResource` is about whatever can be tagged. */
const ANY_THING = stem('resource');
const ANY_THING_FIT = 0.6;

function share(words: readonly string[], known: ReadonlySet<string> | ReadonlyMap<string, number>): number {
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
}

/** How far an operation explains a noun, by the best of the noun's synonyms. `boundWords` are those of bound members. */
export function fitNoun(noun: IntentNoun, operation: IndexedOperation, boundWords: ReadonlySet<string>): NounFit {
  const nameless = operation.nouns.size === 0;
  const anyThing = operation.nouns.has(ANY_THING) || boundWords.has(ANY_THING);
  let name = 0;
  let bound = 0;
  let other = anyThing ? ANY_THING_FIT : 0;
  let covered: readonly string[] = [];
  const whole: string[] = [];
  noun.alternatives.forEach((words, at) => {
    const fit = share(words, operation.nouns) * (at === 0 ? 1 : SYNONYM_FIT);
    const named = words.filter((word) => operation.nouns.has(word));
    if (named.length === words.length) whole.push(...named);
    if (fit > name) covered = named;
    name = Math.max(name, fit);
    bound = Math.max(bound, share(words, boundWords));
    other = Math.max(
      other,
      share(words, operation.memberWords) * (nameless ? NAMELESS_FIT : MEMBER_FIT),
      share(words, operation.documentationWords) * (nameless ? NAMELESS_FIT : DOCUMENTATION_FIT),
    );
  });
  if (nameless) name = other;
  return {
    name,
    grounded: Math.max(name, bound),
    any: Math.max(name, bound * BOUND_FIT, other),
    covered: [...covered, ...whole],
  };
}
