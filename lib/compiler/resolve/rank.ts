import { type Binding, bindContext, type ReadKey } from './bind-context.ts';
import type { OperationIndex } from './operation-index.ts';
import type { ParsedIntent } from './parse-intent.ts';
import { bindingScore, DOCUMENTATION_WEIGHT, fitWords, relevant, type WordFit } from './score-operation.ts';

/** How many operations that fit by their words are tried with the context. */
const SHORTLIST = 40;

export interface Ranked {
  readonly fit: WordFit;
  readonly binding: Binding;
  readonly score: number;
}

function byScore(a: { name: string; score: number }, b: { name: string; score: number }): number {
  return b.score - a.score || (a.name < b.name ? -1 : 1);
}

/** The operations of a service from best to worst for an intent and its context; ties go by name. */
export function rank(
  intent: ParsedIntent,
  keys: readonly ReadKey[],
  index: OperationIndex,
  prefixes: ReadonlySet<string>,
): readonly Ranked[] {
  const keyWords = new Set(keys.flatMap((key) => [...key.words]));
  const words = [
    ...intent.nouns.flatMap((noun) => noun.alternatives.flat()),
    ...(intent.verb ? [intent.verb.text] : []),
  ];
  const documentation = index.documentation.score(words);
  const best = Math.max(1e-9, ...documentation.values());
  const positions = new Map(index.operations.map((operation, at) => [operation, at]));
  const shortlist = relevant(intent, index)
    .map((operation) => {
      const extra = DOCUMENTATION_WEIGHT * ((documentation.get(positions.get(operation) ?? -1) ?? 0) / best);
      const fit = fitWords(intent, operation, keyWords, index.vocabulary);
      return { operation, extra, name: operation.operation.name, score: fit.score + extra };
    })
    .sort(byScore)
    .slice(0, SHORTLIST);
  return shortlist
    .map(({ operation, extra, name }) => {
      const binding = bindContext(keys, operation, index, prefixes);
      const fit = fitWords(intent, operation, keyWords, index.vocabulary, binding);
      return { fit, binding, name, score: fit.score + extra + bindingScore(keys, binding, operation) };
    })
    .sort(byScore);
}
