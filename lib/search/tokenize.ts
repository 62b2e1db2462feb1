import { stemmer } from 'stemmer';

/**
 * The words of a text in order, each with the parts that its capitals and underscores mark off:
 * `rds_backup DynamoDB` gives `[rds, backup]` and `[dynamodb, dynamo, db]` as `{ stem, parts }`.
 */
export interface Word {
  /** As it stands in the text, in lower case. */
  readonly text: string;
  /** Stem of the word in lower case. */
  readonly stem: string;
  /** Stems of its camel-case parts; empty where it has but one. */
  readonly parts: readonly string[];
}

const WORD = /[\p{L}\p{N}]+/gu;
const CAMEL_BOUNDARY = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const NUMBER = /^\p{N}+$/u;

/** Splits a text into stemmed words. Underscores, dots and hyphens separate; bare numbers say nothing and are left out. */
export function tokenize(text: string): readonly Word[] {
  return tokenizeWithNumbers(text).filter(({ stem }) => !isNumber(stem));
}

/** The same with the bare numbers, for phrases in which they do say something: "port 22", "route 53". */
export function tokenizeWithNumbers(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const [word] of text.normalize('NFKC').matchAll(WORD)) {
    const parts = word.split(CAMEL_BOUNDARY).filter((part) => part.length > 1 && !isNumber(part));
    words.push({ text: word.toLowerCase(), stem: stem(word), parts: parts.length > 1 ? parts.map(stem) : [] });
  }
  return words;
}

/** Words that the stemmer would make the same as others that mean something else: here, a certificate. */
const OWN_STEMS: ReadonlyMap<string, string> = new Map([
  ['certification', 'certification'],
  ['certifications', 'certification'],
]);

function stem(word: string): string {
  const lower = word.toLowerCase();
  return OWN_STEMS.get(lower) ?? stemmer(lower);
}

export function isNumber(stem: string): boolean {
  return NUMBER.test(stem);
}
