import type { ContextKey } from './resolution.ts';
import type { Synonyms } from './synonyms.ts';
import { keyWords, type Term, toTerm } from './term.ts';

/** A context key with every way its words can be read. */
export interface ReadKey {
  readonly value: ContextKey;
  /** The literal reading first, then those by synonyms. */
  readonly terms: readonly Term[];
  /** All stems that it speaks of. */
  readonly words: ReadonlySet<string>;
}

/** Reads the keys of a context, in order of their names, so that their order in the file does not matter. */
export function readKeys(
  context: readonly ContextKey[],
  synonyms: Synonyms,
  prefixes: ReadonlySet<string>,
): readonly ReadKey[] {
  const sorted = [...context].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.map((value) => {
    const terms = readings(keyWords(value.key), synonyms).map((reading) => {
      const term = toTerm(reading, prefixes);
      const isArn = typeof value.literal === 'string' && value.literal.startsWith('arn:');
      return isArn && term.kind === undefined ? { ...term, kind: 'arn' as const } : term;
    });
    return { value, terms, words: new Set(terms.flatMap((term) => [...term.nouns, ...term.serviceWords])) };
  });
}

function readings(words: readonly string[], synonyms: Synonyms): readonly (readonly string[])[] {
  const found = new Map([[words.join(' '), words]]);
  for (let at = 0; at < words.length; at++) {
    const { length, alternatives } = synonyms.at(words, at);
    for (const alternative of alternatives.slice(1)) {
      const reading = [...words.slice(0, at), ...alternative, ...words.slice(at + length)];
      found.set(reading.join(' '), reading);
    }
  }
  return [...found.values()];
}
