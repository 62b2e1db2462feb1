import { tokenizeWithNumbers } from './tokenize.ts';

const LONGEST_PHRASE = 5;

/** Phrases, by their stems joined with blanks, and what each stands for. */
export type PhraseTable<T> = ReadonlyMap<string, readonly T[]>;

/** Makes a table of phrases. Words are compared by their stems, so that one form of a word stands for all. */
export function phraseTable<T>(rows: Iterable<readonly [phrase: string, value: T]>): PhraseTable<T> {
  const table = new Map<string, T[]>();
  for (const [phrase, value] of rows) {
    const key = tokenizeWithNumbers(phrase)
      .map(({ stem }) => stem)
      .join(' ');
    table.set(key, [...(table.get(key) ?? []), value]);
  }
  return table;
}

/**
 * What the phrases of a row of stems stand for, in the order of the phrases. A phrase that lies within a longer one is
 * left out: a "load balancer" is no load, and to "get rid of" is not to get.
 */
export function findPhrases<T>(stems: readonly string[], table: PhraseTable<T>): readonly T[] {
  const found: T[] = [];
  let covered = 0;
  for (const [start] of stems.entries()) {
    for (let end = Math.min(start + LONGEST_PHRASE, stems.length); end > Math.max(start, covered); end--) {
      const values = table.get(stems.slice(start, end).join(' '));
      if (values === undefined) continue;
      found.push(...values);
      covered = end;
      break;
    }
  }
  return found;
}
