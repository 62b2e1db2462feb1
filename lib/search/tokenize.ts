import { stemmer } from 'stemmer';

/**
 * The words of a text in order, each with the parts that its capitals and underscores mark off:
 * `rds_backup DynamoDB` gives `[rds, backup]` and `[dynamodb, dynamo, db]` as `{ whole, parts }`.
 */
export interface Word {
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
  const words: Word[] = [];
  for (const [word] of text.normalize('NFKC').matchAll(WORD)) {
    if (NUMBER.test(word)) continue;
    const parts = word.split(CAMEL_BOUNDARY).filter((part) => part.length > 1 && !NUMBER.test(part));
    words.push({ stem: stem(word), parts: parts.length > 1 ? parts.map(stem) : [] });
  }
  return words;
}

function stem(word: string): string {
  return stemmer(word.toLowerCase());
}
