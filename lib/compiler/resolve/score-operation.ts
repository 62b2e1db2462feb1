import type { Binding, ReadKey } from './bind-context.ts';
import { changesNothing } from './changes-nothing.ts';
import type { IntentNoun } from './noun-phrases.ts';
import { GENERIC_NOUNS, type IndexedOperation, type OperationIndex } from './operation-index.ts';
import type { ParsedIntent } from './parse-intent.ts';
import { JOB_VERBS, READING_VERBS, STRONG_VERB } from './verbs.ts';
import { splitName, stem } from './words.ts';

/** How well an operation fits an intent by its words alone, each part from 0 to 1. */
export interface WordFit {
  readonly indexed: IndexedOperation;
  readonly verb: number;
  /** Share of the intent's nouns that the operation explains. */
  readonly precision: number;
  /** The same, by the operation's name and the bound members alone. */
  readonly grounded: number;
  /** The same, by the operation's name alone. */
  readonly namePrecision: number;
  /** Share of the operation's nouns that the intent or the context names. */
  readonly recall: number;
  /** The same without what stands behind a preposition in the operation's name. */
  readonly objectRecall: number;
  /** The least explained object of the verb. */
  readonly headFit: number;
  /** Whether the object of the verb is what the operation is about. */
  readonly aligned: boolean;
  /** Whether the intent or the context names what the operation is about. */
  readonly operationHeadNamed: boolean;
  /** Things of the intent, known to the service, that the operation has nothing to do with. */
  readonly unexplained: readonly string[];
  /** Everything in the intent that the operation's name does not say. */
  readonly beyondName: readonly IntentNoun[];
  /** Things that the operation is about and neither intent nor context names. */
  readonly unnamed: readonly string[];
  readonly score: number;
}

/** A noun that fits this well is accounted for. */
const NAMED = 0.5;
/** Nouns that weigh less are circumstances. */
const CONTENT_WEIGHT = 0.4;
const MEMBER_FIT = 0.4;
const DOCUMENTATION_FIT = 0.25;
const KEY_FIT = 0.8;
/** `AddTagsToResource` is about whatever can be tagged. */
const ANY_THING = stem('resource');
const ANY_THING_FIT = 0.6;
/** The exact verb of so few operations all but names one. */
const RARE_VERB = 3;
const NAMELESS_FIT = 0.85;

interface NounFit {
  readonly name: number;
  readonly grounded: number;
  readonly any: number;
  readonly covered: readonly string[];
}

function shareOf(alternative: readonly string[], known: (word: string) => boolean): number {
  return alternative.length === 0 ? 0 : alternative.filter(known).length / alternative.length;
}

/** How far an operation explains a noun: by its name, else by its members, else by its documentation. */
function fitNoun(noun: IntentNoun, operation: IndexedOperation, boundWords: ReadonlySet<string>): NounFit {
  let name = 0;
  let other = 0;
  let bound = 0;
  let covered: readonly string[] = [];
  const nameless = operation.nouns.size === 0;
  noun.alternatives.forEach((alternative, at) => {
    const damp = at === 0 ? 1 : 0.95;
    const fit = shareOf(alternative, (word) => operation.nouns.has(word)) * damp;
    const words = alternative.filter((word) => operation.nouns.has(word));
    if (fit > name || (fit === name && words.length > covered.length)) covered = words;
    name = Math.max(name, fit);
    bound = Math.max(
      bound,
      shareOf(alternative, (word) => boundWords.has(word)),
    );
    other = Math.max(
      other,
      shareOf(alternative, (word) => operation.memberWords.has(word)) * (nameless ? NAMELESS_FIT : MEMBER_FIT),
      shareOf(alternative, (word) => operation.documentationWords.has(word)) *
        (nameless ? NAMELESS_FIT : DOCUMENTATION_FIT),
    );
  });
  if (operation.nouns.has(ANY_THING) || boundWords.has(ANY_THING)) other = Math.max(other, ANY_THING_FIT);
  if (nameless) name = other;
  return { name, grounded: Math.max(name, bound), any: Math.max(name, bound * KEY_FIT, other), covered };
}

function verbFit(intent: ParsedIntent, operation: IndexedOperation): number {
  const meaning = intent.verb?.meaning;
  const fit = Object.hasOwn(meaning?.operations ?? {}, operation.verb) ? (meaning?.operations[operation.verb] ?? 0) : 0;
  if (meaning?.job !== undefined && operation.nouns.has(stem(meaning.job))) {
    return Math.max(fit, JOB_VERBS[operation.verb] ?? 0);
  }
  if (meaning?.needsNoun !== true) return fit;
  return meaning.nouns?.some((noun) => operation.nouns.has(stem(noun))) ? fit : Math.min(fit, 0.1);
}

function recallOf(
  { nouns, circumstances }: IndexedOperation,
  covered: ReadonlySet<string>,
  keyWords: ReadonlySet<string>,
  objectOnly: boolean,
): number {
  if (nouns.size === 0) return 0.75;
  let total = 0;
  let found = 0;
  for (const [word, weight] of nouns) {
    if (objectOnly && circumstances.has(word)) continue;
    total += weight;
    found += covered.has(word) ? weight : keyWords.has(word) ? weight * KEY_FIT : 0;
  }
  return found / total;
}

/** Scores an operation by the words of the intent; `binding` adds the members that the context names. */
export function fitWords(
  intent: ParsedIntent,
  operation: IndexedOperation,
  keyWords: ReadonlySet<string>,
  vocabulary: ReadonlySet<string>,
  binding?: Binding,
): WordFit {
  const bound = Object.values(binding?.bindings ?? {}).flatMap((member) => splitName(member).map(stem));
  const boundWords = new Set(bound);
  const covered = new Set(intent.verb?.meaning.nouns?.map(stem) ?? []);
  if (intent.many) covered.add('batch');
  if (intent.verb?.meaning.job !== undefined) covered.add(stem(intent.verb.meaning.job));
  let total = 0;
  let explained = 0;
  let explainedByName = 0;
  let grounding = 0;
  const unexplained: string[] = [];
  const beyondName: IntentNoun[] = [];
  for (const noun of intent.nouns) {
    const fit = fitNoun(noun, operation, boundWords);
    total += noun.weight;
    explained += noun.weight * fit.any;
    explainedByName += noun.weight * fit.name;
    grounding += noun.weight * fit.grounded;
    for (const word of fit.covered) covered.add(word);
    if (fit.name < NAMED) beyondName.push(noun);
    if (
      fit.any < NAMED &&
      noun.weight >= CONTENT_WEIGHT &&
      noun.alternatives[0]?.every((word) => vocabulary.has(word))
    ) {
      unexplained.push(noun.text);
    }
  }
  const verb = verbFit(intent, operation);
  const precision = total === 0 ? 0 : explained / total;
  const namePrecision = total === 0 ? 0 : explainedByName / total;
  const grounded = total === 0 ? 0 : grounding / total;
  const recall = recallOf(operation, covered, keyWords, false);
  const objectRecall = recallOf(operation, covered, keyWords, true);
  const headFit = Math.min(1, ...intent.heads.map((head) => fitNoun(head, operation, boundWords).any));
  const { head } = operation;
  const unnamed = [...operation.nouns.keys()].filter(
    (word) =>
      !covered.has(word) &&
      !keyWords.has(word) &&
      !operation.circumstances.has(word) &&
      !GENERIC_NOUNS.has(word) &&
      (operation.nouns.get(word) ?? 0) >= CONTENT_WEIGHT,
  );
  const operationHeadNamed = head === undefined || covered.has(head) || keyWords.has(head) || GENERIC_NOUNS.has(head);
  const aligned =
    head === undefined ||
    intent.verb?.meaning.nouns?.map(stem).includes(head) === true ||
    intent.verb?.meaning.job === head ||
    intent.heads.some((noun) =>
      fitNoun(noun, operation, boundWords).covered.some((word) => word === head || word === operation.last),
    ) ||
    ((intent.heads.length === 0 || GENERIC_NOUNS.has(head)) && covered.has(head));
  const extraGeneric = [...operation.nouns.keys()].some((word) => GENERIC_NOUNS.has(word) && !covered.has(word));
  const otherNumber = operation.plural !== intent.plural;
  const numbers =
    otherNumber && intent.many
      ? 0.5
      : otherNumber && (!READING_VERBS.has(operation.verb) || operation.verb === 'Get')
        ? 0.45
        : 0;
  const score =
    3 * verb +
    4 * (0.55 * precision + 0.45 * recall) +
    0.5 * headFit +
    (aligned ? 0.6 : 0) +
    (intent.fresh && operation.verb === 'Create' && verb >= STRONG_VERB ? 0.5 : 0) +
    (verb === 1 && operation.verbCount <= RARE_VERB ? 0.5 : 0) -
    (verb === 0 ? 1.5 : 0) -
    (operation.superseded ? 0.4 : 0) -
    numbers -
    (extraGeneric ? 0.2 : 0) -
    0.25 * unnamed.length -
    (operation.operation.deprecated ? 0.6 : 0) -
    0.02 * operation.nouns.size;
  return {
    indexed: operation,
    unexplained,
    beyondName,
    unnamed,
    verb,
    precision,
    grounded,
    namePrecision,
    recall,
    objectRecall,
    headFit,
    aligned,
    operationHeadNamed,
    score,
  };
}

/** What the binding adds to the score: nothing at best, less for each key or required member left over. */
export function bindingScore(keys: readonly ReadKey[], binding: Binding, operation: IndexedOperation): number {
  if (keys.length === 0) return 0;
  const required = operation.operation.input.members.filter((member) => member.required).length;
  const boundShare = 1 - binding.unbound.length / keys.length;
  const requiredShare = required === 0 ? 1 : 1 - binding.missing.length / required;
  return (
    2 * (boundShare - 1) +
    1.5 * (requiredShare - 1) +
    0.5 * (binding.fit - 1) -
    (changesNothing(operation, binding) ? 1 : 0)
  );
}

/** The weight of the documentation's BM25 score, relative to the best. */
export const DOCUMENTATION_WEIGHT = 0.7;

/** The operations that share a verb or a noun with the intent, all others being out of the question. */
export function relevant(intent: ParsedIntent, index: OperationIndex): readonly IndexedOperation[] {
  const { job } = intent.verb?.meaning ?? {};
  const words = new Set([...intent.nouns.flatMap((noun) => noun.alternatives.flat()), ...(job === undefined ? [] : [stem(job)])]);
  return index.operations.filter(
    (operation) =>
      Object.hasOwn(intent.verb?.meaning.operations ?? {}, operation.verb) ||
      [...operation.nouns.keys()].some((word) => words.has(word)),
  );
}
