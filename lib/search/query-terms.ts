import { STOP_WORDS } from './stop-words.ts';
import thesaurus from './thesaurus.json';
import { isNumber, tokenize, tokenizeWithNumbers, type Word } from './tokenize.ts';

/** One thing the query asks for, and the stems that a document may call it by. */
export interface QueryTerm {
  /** As the query has it, in lower case. */
  readonly text: string;
  readonly stem: string;
  /** Stems that mean the same or nearly so, without `stem` itself. */
  readonly synonyms: ReadonlySet<string>;
}

const LONGEST_PHRASE = 5;
const SYNONYMS = readThesaurus(thesaurus);

/**
 * The terms of a query, each once, in order of first use, stop words left out.
 * A name such as `DBSnapshot` is one term where the index knows it whole, else one per part.
 */
export function queryTerms(query: string, isKnown: (stem: string) => boolean): readonly QueryTerm[] {
  const words = tokenizeWithNumbers(query).flatMap((word) => termsOfWord(word, isKnown));
  const terms = new Map<string, { text: string; synonyms: Set<string> }>();
  for (const [start] of words.entries()) {
    for (let end = start + 1; end <= Math.min(start + LONGEST_PHRASE, words.length); end++) {
      const phrase = words.slice(start, end);
      const synonyms = SYNONYMS.get(phrase.map(({ stem }) => stem).join(' '));
      for (const { text, stem } of carriers(phrase, synonyms !== undefined)) {
        const term = terms.get(stem) ?? { text, synonyms: new Set() };
        for (const synonym of synonyms ?? []) if (synonym !== stem) term.synonyms.add(synonym);
        terms.set(stem, term);
      }
    }
  }
  return [...terms].map(([stem, { text, synonyms }]) => ({ text, stem, synonyms }));
}

type QueryWord = Omit<QueryTerm, 'synonyms'>;

/** The words that a phrase counts by. Where none is left but stop words and numbers, as in "is down", a known phrase is one word. */
function carriers(phrase: readonly QueryWord[], isPhrase: boolean): readonly QueryWord[] {
  const words = phrase.filter(({ stem }) => !STOP_WORDS.has(stem) && !isNumber(stem));
  if (words.length > 0 || !isPhrase) return words;
  return [{ text: phrase.map(({ text }) => text).join(' '), stem: phrase.map(({ stem }) => stem).join(' ') }];
}

function termsOfWord({ text, stem, parts }: Word, isKnown: (stem: string) => boolean): readonly QueryWord[] {
  return parts.length === 0 || isKnown(stem) ? [{ text, stem }] : parts.map((part) => ({ text, stem: part }));
}

function readThesaurus(rows: typeof thesaurus): ReadonlyMap<string, ReadonlySet<string>> {
  const synonyms = new Map<string, Set<string>>();
  for (const { when, also } of rows) {
    const stems = also.flatMap((word) => tokenize(word).map(({ stem }) => stem));
    for (const phrase of when) {
      const key = tokenizeWithNumbers(phrase)
        .map(({ stem }) => stem)
        .join(' ');
      synonyms.set(key, new Set([...(synonyms.get(key) ?? []), ...stems]));
    }
  }
  return synonyms;
}
