import { CONJUNCTIONS, verbAt } from './find-verb.ts';
import { LIGHT_NOUNS, PLURAL_WORDS, PREPOSITIONS, PURPOSE_VERBS, QUALIFIERS, STOP_WORDS } from './nouns.ts';
import { GENERIC_NOUNS, type OperationIndex } from './operation-index.ts';
import type { Synonyms } from './synonyms.ts';
import { isPlural, stem } from './words.ts';

export interface IntentNoun {
  /** As the intent has it. */
  readonly text: string;
  /** Stems that would match it, the phrase itself first. */
  readonly alternatives: readonly (readonly string[])[];
  /** How much it matters: 1 for the object of the verb, less behind prepositions. */
  readonly weight: number;
  /** An adjective or the like: it may restrict what is meant, but names no other thing. */
  readonly qualifier: boolean;
  /** Only tells why: "to verify it exists". */
  readonly purpose: boolean;
  /** What the place in the sentence gives: less behind each preposition. */
  readonly roleWeight: number;
  /** Says what about a thing is wanted, not which thing. */
  readonly light: boolean;
}

export interface Phrase extends IntentNoun {
  /** Counts the prepositions before it; negative where a clause behind it took over. */
  readonly role: number;
  readonly plural: boolean;
}

const PURPOSE_WEIGHT = 0.2;
/** From here down a phrase is an aside: nothing behind it counts more. */
const ASIDE_WEIGHT = 0.25;
const COPULAS = new Set(['is', 'are', 'was', 'were', 'has', 'have', 'be']);
const COPULA_WEIGHT = 0.5;

/** Nouns of an intent, in order, with `and` where two are joined. */
export type Phrases = readonly (Phrase | 'and')[];

/** How much the words behind a preposition weigh, or `undefined` where the word is none. */
function prepositionWeight(tokens: readonly string[], at: number, index: OperationIndex): number | undefined {
  const word = tokens[at] ?? '';
  if (!Object.hasOwn(PREPOSITIONS, word)) return undefined;
  const follows = tokens[at + 1] ?? '';
  if (word !== 'to' && word !== 'for') return PREPOSITIONS[word];
  if (PURPOSE_VERBS.has(follows)) return PURPOSE_WEIGHT;
  const noun = index.vocabulary.has(stem(follows)) && word === 'for';
  return verbAt(tokens, at + 1, index) !== undefined && !noun ? PURPOSE_WEIGHT : PREPOSITIONS[word];
}

/** Reads the nouns behind the verb with what each of them weighs. */
export function nounPhrases(
  tokens: readonly string[],
  start: number,
  index: OperationIndex,
  synonyms: Synonyms,
): Phrases {
  let found: (Phrase | 'and')[] = [];
  let asksWhether = false;
  let weight = 1;
  let role = 0;
  for (let at = start; at < tokens.length; ) {
    const word = tokens[at] ?? '';
    const match = synonyms.at(tokens, at);
    const preposition = match.length === 1 ? prepositionWeight(tokens, at, index) : undefined;
    if (preposition !== undefined && (word === 'if' || word === 'whether') && found.length === 0) {
      asksWhether = true;
    } else if (preposition !== undefined) {
      weight = Math.min(weight <= ASIDE_WEIGHT ? weight : 1, preposition);
      role++;
    } else if (CONJUNCTIONS.has(word)) {
      found.push('and');
    } else if (COPULAS.has(word) && found.length > 0) {
      // "whether the user has a device" is about devices
      if (asksWhether && role === 0 && (word === 'has' || word === 'have')) found = found.map(setAside);
      else weight = Math.min(weight, COPULA_WEIGHT);
      role++;
    } else if (match.length > 1 || !(STOP_WORDS.has(word) || (PLURAL_WORDS.has(word) && !index.vocabulary.has(word)))) {
      found.push(phrase(tokens.slice(at, at + match.length), match.alternatives, weight, role, index));
    }
    at += match.length;
  }
  return found.map((item, at) => (item === 'and' ? item : closing(item, found[at - 1], found[at + 1])));
}

function setAside(item: Phrase | 'and'): Phrase | 'and' {
  return item === 'and' ? item : { ...item, weight: item.weight * 0.65, role: -1 };
}

/** What closes a noun phrase: "stop instance monitoring" is about the monitoring, "policies attached to" about policies. */
function closing(item: Phrase, before: Phrase | 'and' | undefined, next: Phrase | 'and' | undefined): Phrase {
  if (next !== undefined && next !== 'and' && next.role === item.role) return item;
  const adjective = QUALIFIERS.has(item.text);
  if (item.qualifier && item.text.endsWith('ing') && !adjective) {
    return { ...item, qualifier: false, weight: item.roleWeight * UNKNOWN_SHARE };
  }
  const trails = before !== undefined && before !== 'and' && before.role === item.role;
  return trails && adjective && item.text.endsWith('ed') ? { ...item, qualifier: true } : item;
}

const LIGHT_SHARE = 0.3;
const QUALIFIER_SHARE = 0.2;
const UNKNOWN_SHARE = 0.6;

function phrase(
  words: readonly string[],
  alternatives: readonly (readonly string[])[],
  roleWeight: number,
  role: number,
  index: OperationIndex,
): Phrase {
  const text = words.join(' ');
  const known = alternatives.some((alternative) => alternative.every((word) => index.vocabulary.has(word)));
  const single = words.length === 1;
  const word = stem(text);
  const light = single && !index.heads.has(word) && (GENERIC_NOUNS.has(word) || LIGHT_NOUNS.has(text));
  const manner = single && (QUALIFIERS.has(text) || (text.endsWith('ly') && !known));
  const qualifier = single && !known && (manner || /..(?:ed|ing)$/.test(text));
  const share = light ? LIGHT_SHARE : qualifier ? QUALIFIER_SHARE : manner || !known ? UNKNOWN_SHARE : 1;
  const plural = isPlural(words.at(-1) ?? '');
  const purpose = roleWeight === PURPOSE_WEIGHT;
  return { text, alternatives, weight: roleWeight * share, roleWeight, role, light, qualifier, purpose, plural };
}

/**
 * What the verb is done to: the last noun of each joined group, in the first part of the sentence that has one.
 * To read "the status of the task" is to read the task; to delete "the contents of the bucket" is not to delete the bucket.
 */
export function findHeads(found: Phrases, reads: boolean): readonly Phrase[] {
  for (const lightToo of reads ? [false, true] : [true]) {
    const serves = (item: Phrase) => item.role >= 0 && !item.qualifier && (lightToo || !item.light);
    const first = found.find((item): item is Phrase => item !== 'and' && serves(item));
    if (first === undefined) continue;
    const heads: Phrase[] = [];
    let last: Phrase | undefined;
    for (const item of [...found, 'and' as const]) {
      if (item === 'and') {
        if (last !== undefined) heads.push(last);
        last = undefined;
      } else if (item.role === first.role && serves(item)) last = item;
    }
    return heads;
  }
  return [];
}
