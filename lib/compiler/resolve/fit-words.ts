import type { Binding } from './bind-context.ts';
import { findGaps, type Gaps } from './find-gaps.ts';
import { fitNoun } from './fit-noun.ts';
import { GENERIC_NOUNS, type IndexedOperation } from './operation-index.ts';
import type { ParsedIntent } from './parse-intent.ts';
import { JOB_VERBS } from './verbs.ts';
import { stem } from './words.ts';

/** How well an operation fits an intent by its words, each number from 0 to 1. */
export interface WordFit {
  readonly indexed: IndexedOperation;
  readonly verb: number;
  /** Share of the intent's nouns that the operation explains in any way. */
  readonly precision: number;
  /** The same, by the operation's name and the bound members alone. */
  readonly grounded: number;
  /** The same, by the operation's name alone. */
  readonly namePrecision: number;
  /** Share of the words of the operation's name that the intent or the context names. */
  readonly recall: number;
  /** The same without what stands behind a preposition in the operation's name. */
  readonly objectRecall: number;
  /** How far the least explained object of the verb is explained. */
  readonly headFit: number;
  /** Whether the object of the verb is what the operation is about. */
  readonly aligned: boolean;
  /** Whether the intent or the context names what the operation is about. */
  readonly operationHeadNamed: boolean;
  readonly gaps: Gaps;
}

const NO_WORDS: ReadonlySet<string> = new Set();
const KEY_FIT = 0.8;
const NAMELESS_RECALL = 0.75;
/** What a verb fits that goes with another noun than the operation's. */
const WRONG_NOUN_FIT = 0.1;

function verbFit(intent: ParsedIntent, operation: IndexedOperation): number {
  const { meaning } = intent.verb ?? {};
  if (meaning === undefined) return 0;
  const fit = Object.hasOwn(meaning.operations, operation.verb) ? (meaning.operations[operation.verb] ?? 0) : 0;
  if (meaning.job !== undefined && operation.nouns.has(stem(meaning.job))) {
    return Math.max(fit, JOB_VERBS[operation.verb] ?? 0);
  }
  if (meaning.needsNoun !== true) return fit;
  return meaning.nouns?.some((noun) => operation.nouns.has(stem(noun))) ? fit : Math.min(fit, WRONG_NOUN_FIT);
}

function recall(
  { nouns, circumstances }: IndexedOperation,
  named: (word: string) => number,
  objectOnly: boolean,
): number {
  if (nouns.size === 0) return NAMELESS_RECALL;
  let total = 0;
  let found = 0;
  for (const [word, weight] of nouns) {
    if (objectOnly && circumstances.has(word)) continue;
    total += weight;
    found += weight * named(word);
  }
  return found / total;
}

/** Compares an operation with the words of the intent; `binding` adds the members that the context names. */
export function fitWords(
  intent: ParsedIntent,
  indexed: IndexedOperation,
  keyWords: ReadonlySet<string>,
  vocabulary: ReadonlySet<string>,
  binding?: Binding,
): WordFit {
  const boundWords = binding?.words ?? NO_WORDS;
  const fits = intent.nouns.map((noun) => ({ noun, fit: fitNoun(noun, indexed, boundWords) }));
  const total = fits.reduce((sum, { noun }) => sum + noun.weight, 0);
  const mean = (part: 'any' | 'grounded' | 'name') =>
    total === 0 ? 0 : fits.reduce((sum, { noun, fit }) => sum + noun.weight * fit[part], 0) / total;
  const headTexts = new Set(intent.heads.map(({ text }) => text));
  const heads = fits.filter(({ noun }) => headTexts.has(noun.text)).map(({ fit }) => fit);
  const covered = new Set([...intent.verbWords, ...fits.flatMap(({ fit }) => fit.covered)]);
  const named = (word: string) => (covered.has(word) ? 1 : keyWords.has(word) ? KEY_FIT : 0);
  const { head } = indexed;
  const coveredByHeads = heads.flatMap((fit) => fit.covered);
  return {
    indexed,
    verb: verbFit(intent, indexed),
    precision: mean('any'),
    grounded: mean('grounded'),
    namePrecision: mean('name'),
    recall: recall(indexed, named, false),
    objectRecall: recall(indexed, named, true),
    headFit: Math.min(1, ...heads.map((fit) => fit.any)),
    aligned: isAligned(intent, indexed, coveredByHeads, covered),
    operationHeadNamed: head === undefined || named(head) > 0 || GENERIC_NOUNS.has(head),
    gaps: findGaps(fits, indexed, covered, keyWords, vocabulary),
  };
}

function isAligned(
  intent: ParsedIntent,
  { head, last }: IndexedOperation,
  coveredByHeads: readonly string[],
  covered: ReadonlySet<string>,
): boolean {
  if (head === undefined || intent.verbWords.includes(head)) return true;
  if (coveredByHeads.some((word) => word === head || word === last)) return true;
  return (intent.heads.length === 0 || GENERIC_NOUNS.has(head)) && covered.has(head);
}
