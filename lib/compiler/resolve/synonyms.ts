import type { CatalogService } from '../../catalog/catalog.ts';
import { COMMON_SYNONYMS, SERVICE_SYNONYMS } from './nouns.ts';
import { NAME_PREPOSITIONS } from './operation-index.ts';
import { stem } from './words.ts';

const LONGEST_PHRASE = 4;

/** Other words for the phrase that starts at a place in a text. */
export interface SynonymMatch {
  /** How many words the phrase has. */
  readonly length: number;
  /** The phrase itself and its synonyms, each as stems. */
  readonly alternatives: readonly (readonly string[])[];
}

export interface Synonyms {
  /** The longest known phrase at `start`; a single word without synonyms where none is known. */
  at(words: readonly string[], start: number): SynonymMatch;
}

const stems = (phrase: string): string[] => phrase.split(' ').map(stem);
const contentWords = (words: readonly string[]) => words.filter((word) => !NAME_PREPOSITIONS.has(word));

function stemKeys(table: Readonly<Record<string, string>>): Map<string, readonly string[][]> {
  return new Map(
    Object.entries(table).map(([phrase, words]) => [stems(phrase).join(' '), words.split('|').map(stems)] as const),
  );
}

const common = stemKeys(COMMON_SYNONYMS);

/** The synonyms that hold in a service: those of all services, and its own. */
export function synonymsOf(service: CatalogService): Synonyms {
  const own = stemKeys(SERVICE_SYNONYMS[service.cliName] ?? {});
  const lookUp = (phrase: string) => [...(own.get(phrase) ?? []), ...(common.get(phrase) ?? [])];
  const at = (words: readonly string[], start: number): SynonymMatch => {
    for (let length = Math.min(LONGEST_PHRASE, words.length - start); length > 0; length--) {
      const phrase = words.slice(start, start + length).map(stem);
      const found = lookUp(phrase.join(' '));
      if (found.length === 0) continue;
      const further = found.flatMap((alternative) => lookUp(alternative.join(' ')));
      return { length, alternatives: [phrase, ...found, ...further].map(contentWords) };
    }
    return { length: 1, alternatives: [words.slice(start, start + 1).map(stem)] };
  };
  return { at };
}
