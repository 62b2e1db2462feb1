import type { Binding } from './bind-context.ts';
import { changesNothing } from './changes-nothing.ts';
import type { WordFit } from './fit-words.ts';
import type { IndexedOperation } from './operation-index.ts';
import type { ParsedIntent } from './parse-intent.ts';
import { READING_VERBS, STRONG_VERB } from './verbs.ts';

/** The weight of the documentation's BM25 score, relative to the best. */
export const DOCUMENTATION_WEIGHT = 0.7;
/** The exact verb of so few operations all but names one. */
const RARE_VERB = 3;

/** What speaks for an operation by the words alone; about 8 where everything fits. */
export function wordScore(intent: ParsedIntent, fit: WordFit): number {
  const { verb, indexed } = fit;
  let score = 3 * verb + 2.2 * fit.precision + 1.8 * fit.recall + 0.5 * fit.headFit;
  if (fit.aligned) score += 0.6;
  if (intent.fresh && indexed.verb === 'Create' && verb >= STRONG_VERB) score += 0.5;
  if (verb === 1 && indexed.verbCount <= RARE_VERB) score += 0.5;
  if (verb === 0) score -= 2;
  // where the verb is not known, what reads is suggested before what changes
  if (intent.verb === undefined && READING_VERBS.has(indexed.verb)) score += 0.5;
  return score - wordCost(intent, fit);
}

function wordCost(intent: ParsedIntent, { indexed, gaps }: WordFit): number {
  const { unnamed, unnamedCircumstances, unnamedGeneric } = gaps;
  let cost = 0.02 * indexed.nouns.size + 0.25 * unnamed.length + 0.15 * unnamedCircumstances.length;
  if (unnamedGeneric) cost += 0.2;
  if (indexed.superseded) cost += 0.4;
  if (indexed.operation.deprecated === true) cost += 0.6;
  if (indexed.plural !== intent.plural) {
    if (intent.many) cost += 0.5;
    else if (!READING_VERBS.has(indexed.verb) || indexed.verb === 'Get') cost += 0.45;
  }
  return cost;
}

/** What the binding adds to the score: nothing at best, less for each key or required member left over. */
export function bindingScore(keys: number, binding: Binding, operation: IndexedOperation): number {
  if (keys === 0) return 0;
  const required = operation.operation.input.members.filter((member) => member.required).length;
  const unboundShare = binding.unbound.length / keys;
  const missingShare = required === 0 ? 0 : binding.missing.length / required;
  const idle = changesNothing(operation, binding) ? 1 : 0;
  return 0.5 * (binding.fit - 1) - 2 * unboundShare - 1.5 * missingShare - idle;
}
