import type { NounFit } from './fit-noun.ts';
import type { IntentNoun } from './noun-phrases.ts';
import { GENERIC_NOUNS, type IndexedOperation } from './operation-index.ts';

/** What an intent says and an operation does not, and the other way round. */
export interface Gaps {
  /** Things of the intent, known to the service, that the operation has nothing to do with. */
  readonly unexplained: readonly string[];
  /** Things of the intent that contradict what only the context names: "of the instance", with a cluster's id. */
  readonly contradicted: readonly string[];
  /** Everything in the intent that the operation's name does not say. */
  readonly beyondName: readonly IntentNoun[];
  /** Things that the operation is about and only the context names. */
  readonly namedByContext: readonly string[];
  /** Things that the operation is about and neither intent nor context names. */
  readonly unnamed: readonly string[];
  /** Words behind a preposition of the operation's name that neither intent nor context names. */
  readonly unnamedCircumstances: readonly string[];
  /** Whether the operation is about a configuration, an attribute or the like that the intent does not ask for. */
  readonly unnamedGeneric: boolean;
}

/** A noun that fits this well is accounted for. */
const NAMED = 0.5;
/** Words of an operation's name that weigh less are shared by too many operations to matter. */
const CONTENT_WEIGHT = 0.4;
/** Nouns behind `of` belong to the object still. */
const OBJECT_WEIGHT = 0.7;
/** Nouns behind `for`, `in` or `from` do not, but may contradict the context. */
const NEAR_WEIGHT = 0.45;

/** Compares the nouns of an intent with the name of an operation. `covered` are the words of the name that the intent names. */
export function findGaps(
  fits: readonly { readonly noun: IntentNoun; readonly fit: NounFit }[],
  { nouns, circumstances, head, last }: IndexedOperation,
  covered: ReadonlySet<string>,
  keyWords: ReadonlySet<string>,
  vocabulary: ReadonlySet<string>,
): Gaps {
  const isKnown = (noun: IntentNoun) => (noun.alternatives[0] ?? []).every((word) => vocabulary.has(word));
  const strange = fits
    .filter(({ noun, fit }) => fit.any < NAMED && !noun.light && !noun.qualifier)
    .map(({ noun }) => noun);
  const contradicting = strange.filter(
    (noun) => noun.roleWeight === 1 || (noun.roleWeight >= NEAR_WEIGHT && isKnown(noun)),
  );
  const unsaid = [...nouns.keys()].filter((word) => !covered.has(word) && (word === head || word !== last));
  const absent = unsaid.filter((word) => !keyWords.has(word));
  const matters = (word: string) =>
    !circumstances.has(word) && !GENERIC_NOUNS.has(word) && (nouns.get(word) ?? 0) >= CONTENT_WEIGHT;
  const text = (noun: IntentNoun) => noun.text;
  return {
    unexplained: strange.filter((noun) => noun.roleWeight >= OBJECT_WEIGHT && isKnown(noun)).map(text),
    contradicted: unsaid.some(matters) ? contradicting.map(text) : [],
    beyondName: fits.filter(({ fit }) => fit.name < NAMED).map(({ noun }) => noun),
    namedByContext: unsaid.filter((word) => matters(word) && keyWords.has(word)),
    unnamed: absent.filter(matters),
    unnamedCircumstances: absent.filter((word) => circumstances.has(word)),
    unnamedGeneric: [...nouns.keys()].some((word) => GENERIC_NOUNS.has(word) && !covered.has(word)),
  };
}
