import { STOP_WORDS } from './stop-words.ts';
import thesaurus from './thesaurus.json';
import { tokenize, type Word } from './tokenize.ts';

/** One thing the query asks for, and the stems that a document may call it by. */
export interface QueryTerm {
  readonly stem: string;
  /** Stems that mean the same or nearly so, without `stem` itself. */
  readonly synonyms: ReadonlySet<string>;
}

const LONGEST_PHRASE = 3;
const SYNONYMS = readThesaurus(thesaurus);

/**
 * The terms of a query, each once, in order of first use, stop words left out.
 * A name such as `DBSnapshot` is one term where the index knows it whole, else one per part.
 */
export function queryTerms(query: string, isKnown: (stem: string) => boolean): readonly QueryTerm[] {
  const stems = tokenize(query).flatMap((word) => stemsOfQueryWord(word, isKnown));
  const terms = new Map<string, Set<string>>();
  for (const [start] of stems.entries()) {
    for (let length = 1; length <= LONGEST_PHRASE && start + length <= stems.length; length++) {
      const phrase = stems.slice(start, start + length);
      const synonyms = SYNONYMS.get(phrase.join(' ')) ?? [];
      for (const stem of phrase) {
        if (STOP_WORDS.has(stem)) continue;
        const known = terms.get(stem) ?? new Set();
        for (const synonym of synonyms) if (synonym !== stem) known.add(synonym);
        terms.set(stem, known);
      }
    }
  }
  return [...terms].map(([stem, synonyms]) => ({ stem, synonyms }));
}

function stemsOfQueryWord(word: Word, isKnown: (stem: string) => boolean): readonly string[] {
  return word.parts.length === 0 || isKnown(word.stem) ? [word.stem] : word.parts;
}

function readThesaurus(rows: typeof thesaurus): ReadonlyMap<string, ReadonlySet<string>> {
  const synonyms = new Map<string, Set<string>>();
  for (const { when, also } of rows) {
    const stems = also.flatMap((word) => tokenize(word).map(({ stem }) => stem));
    for (const phrase of when) {
      const key = tokenize(phrase)
        .map(({ stem }) => stem)
        .join(' ');
      synonyms.set(key, new Set([...(synonyms.get(key) ?? []), ...stems]));
    }
  }
  return synonyms;
}
