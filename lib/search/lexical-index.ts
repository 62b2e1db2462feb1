import type { QueryTerm } from './query-terms.ts';
import { STOP_WORDS } from './stop-words.ts';
import { tokenize } from './tokenize.ts';

/** A text of a document, and how many times a word in it counts. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** What BM25F needs to know of the documents: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009). */
export interface LexicalIndex {
  /** Weighted number of words of each document. */
  readonly lengths: readonly number[];
  /** For each stem the documents that have it, with the weighted number of times they do. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
}

export type Posting = readonly [document: number, frequency: number];

const K1 = 1.2;
const B = 0.75;
const SYNONYM_WEIGHT = 0.6;
/** A word that no document has says what is missing, but often only that people chat. */
const UNKNOWN_WEIGHT = 0.6;
/** Counted as further documents without any of the words: a registry of few says little about how rare a word is. */
const BACKGROUND_DOCUMENTS = 20;
/** A document half as long as the average that has the word once: what a perfect match looks like. */
const BEST_LENGTH_RATIO = 0.5;

/** Counts the words of the documents, each given as its fields. */
export function buildLexicalIndex(documents: readonly (readonly WeightedText[])[]): LexicalIndex {
  const postings = new Map<string, Posting[]>();
  const lengths = documents.map((fields, document) => {
    const frequencies = countStems(fields);
    for (const [stem, frequency] of frequencies) {
      const posting: Posting = [document, frequency];
      const known = postings.get(stem);
      if (known === undefined) postings.set(stem, [posting]);
      else known.push(posting);
    }
    return [...frequencies.values()].reduce((sum, frequency) => sum + frequency, 0);
  });
  return { lengths, postings };
}

function countStems(fields: readonly WeightedText[]): ReadonlyMap<string, number> {
  const frequencies = new Map<string, number>();
  for (const { text, weight } of fields) {
    for (const { stem, parts } of tokenize(text)) {
      for (const each of [stem, ...parts]) {
        if (!STOP_WORDS.has(each)) frequencies.set(each, (frequencies.get(each) ?? 0) + weight);
      }
    }
  }
  return frequencies;
}

/**
 * How well each document answers the terms, 0 to 1, where 1 is what a short document that has every term once would get.
 * A term counts once, by its own stem or less by its best synonym.
 */
export function scoreLexically(index: LexicalIndex, terms: readonly QueryTerm[]): Float64Array {
  const documents = index.lengths.length;
  const averageLength = index.lengths.reduce((sum, length) => sum + length, 0) / documents;
  const scores = new Float64Array(documents);
  const ofTerm = new Float64Array(documents);
  let best = 0;
  for (const { stem, synonyms } of terms) {
    const matched: number[] = [];
    const addStem = (each: string, weight: number) => {
      const postings = index.postings.get(each) ?? [];
      const idf = weight * inverseDocumentFrequency(index, postings.length);
      for (const [document, frequency] of postings) {
        const score = idf * saturate(frequency, (index.lengths[document] ?? 0) / averageLength);
        const before = ofTerm[document] ?? 0;
        if (before === 0) matched.push(document);
        if (score > before) ofTerm[document] = score;
      }
    };
    addStem(stem, 1);
    for (const synonym of synonyms) addStem(synonym, SYNONYM_WEIGHT);
    for (const document of matched) {
      scores[document] = (scores[document] ?? 0) + (ofTerm[document] ?? 0);
      ofTerm[document] = 0;
    }
    const reachable =
      inverseDocumentFrequency(index, index.postings.get(stem)?.length ?? 0) *
      ((K1 + 1) / (1 + BEST_LENGTH_RATIO * K1));
    best += matched.length === 0 ? UNKNOWN_WEIGHT * reachable : reachable;
  }
  return best === 0 ? scores : scores.map((score) => Math.min(1, score / best));
}

/** Whether a document has a stem. The documents of a stem come in order. */
export function hasStem({ postings }: LexicalIndex, stem: string, document: number): boolean {
  const found = postings.get(stem) ?? [];
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found[middle]?.[0] ?? 0) < document) low = middle + 1;
    else high = middle;
  }
  return found[low]?.[0] === document;
}

function inverseDocumentFrequency(index: LexicalIndex, documentsWithStem: number): number {
  const documents = index.lengths.length + BACKGROUND_DOCUMENTS;
  return Math.log(1 + (documents - documentsWithStem + 0.5) / (documentsWithStem + 0.5));
}

function saturate(frequency: number, lengthRatio: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * lengthRatio));
}
