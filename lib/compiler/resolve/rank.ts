import { type Binding, bindContext } from './bind-context.ts';
import { fitWords, type WordFit } from './fit-words.ts';
import type { IndexedOperation, OperationIndex } from './operation-index.ts';
import type { ParsedIntent } from './parse-intent.ts';
import type { ReadKey } from './read-keys.ts';
import { bindingScore, DOCUMENTATION_WEIGHT, wordScore } from './score-operation.ts';
import { stem } from './words.ts';

/** How many operations that fit by their words are tried with the context. */
const SHORTLIST = 25;

/** An operation with how well it fits the words and the context of a step. */
export interface Ranked {
  readonly name: string;
  readonly fit: WordFit;
  readonly binding: Binding;
  readonly score: number;
}

function byScore(a: { name: string; score: number }, b: { name: string; score: number }): number {
  return b.score - a.score || (a.name < b.name ? -1 : 1);
}

/** Whether an operation shares a verb or a noun with the intent; all others are out of the question. */
function isRelevant(intent: ParsedIntent, words: ReadonlySet<string>, { verb, nouns }: IndexedOperation): boolean {
  const { operations = {}, job } = intent.verb?.meaning ?? {};
  if (Object.hasOwn(operations, verb) || (job !== undefined && nouns.has(stem(job)))) return true;
  return [...nouns.keys()].some((word) => words.has(word));
}

/** The operations of a service from best to worst for an intent and its context; ties go by name. */
export function rank(
  intent: ParsedIntent,
  keys: readonly ReadKey[],
  index: OperationIndex,
  prefixes: ReadonlySet<string>,
): readonly Ranked[] {
  const keyWords = new Set(keys.flatMap((key) => [...key.words]));
  const nouns = new Set(intent.nouns.flatMap((noun) => noun.alternatives.flat()));
  const documentation = index.documentation.score([...nouns, ...(intent.verb ? [intent.verb.text] : [])]);
  const best = Math.max(1e-9, ...documentation.values());
  const shortlist = index.operations
    .map((operation, at) => ({ operation, extra: (DOCUMENTATION_WEIGHT * (documentation.get(at) ?? 0)) / best }))
    .filter(({ operation }) => isRelevant(intent, nouns, operation))
    .map(({ operation, extra }) => {
      const fit = fitWords(intent, operation, keyWords, index.vocabulary);
      return { operation, extra, name: operation.operation.name, score: wordScore(intent, fit) + extra };
    })
    .sort(byScore)
    .slice(0, SHORTLIST);
  return shortlist
    .map(({ operation, extra, name }) => {
      const binding = bindContext(keys, operation, index, prefixes);
      const fit = fitWords(intent, operation, keyWords, index.vocabulary, binding);
      const score = wordScore(intent, fit) + extra + bindingScore(keys.length, binding, operation);
      return { name, fit, binding, score };
    })
    .sort(byScore);
}
