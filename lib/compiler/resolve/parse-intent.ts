import { findVerb, joinParticle, secondVerb } from './find-verb.ts';
import { findHeads, type IntentNoun, nounPhrases, type Phrase } from './noun-phrases.ts';
import { CONDITIONS, PLURAL_WORDS, PREPOSITIONS, STATES } from './nouns.ts';
import type { OperationIndex } from './operation-index.ts';
import type { Synonyms } from './synonyms.ts';
import { tokenize } from './tokenize.ts';
import { READING_VERBS, RESULTATIVE_VERBS, type VerbMeaning } from './verbs.ts';
import { stem } from './words.ts';

export interface ParsedIntent {
  readonly verb: { readonly text: string; readonly meaning: VerbMeaning } | undefined;
  /** False where the intent does not open with a verb that is known: the verb is then only good for suggestions. */
  readonly opensWithVerb: boolean;
  readonly nouns: readonly IntentNoun[];
  /** What the verb is done to: one, or several joined by "and". */
  readonly heads: readonly IntentNoun[];
  /** Whether many things are meant. */
  readonly plural: boolean;
  /** The intent says so in a word of its own: "a batch of". */
  readonly many: boolean;
  /** The thing is to be made: "a new secret". */
  readonly fresh: boolean;
  /** The word that makes the intent conditional (`unless`), where one does. */
  readonly condition: string | undefined;
  /** A second action that the intent asks for (`delete`), where it does. */
  readonly secondVerb: string | undefined;
}

const MANY = new Set(['batch', 'bulk', 'multiple', 'several']);

/** "get the database ready" */
function bringsAbout(verb: string, tokens: readonly string[]): boolean {
  if (!RESULTATIVE_VERBS.has(verb)) return false;
  return tokens.some((word, at) => {
    const next = tokens[at + 1];
    return at > 1 && STATES.has(word) && (next === undefined || next === 'again' || (PREPOSITIONS[next] ?? 1) < 0.5);
  });
}

/** Reads an intent as verb, object and circumstances, in the words of one service. Never fails: any text has a parse. */
export function parseIntent(
  intent: string,
  index: OperationIndex,
  synonyms: Synonyms,
  serviceWords: ReadonlySet<string>,
): ParsedIntent {
  const tokens = joinParticle(tokenize(intent, index));
  const verb = findVerb(tokens, index);
  const end = verb?.end ?? 0;
  const reads = Object.entries(verb?.meaning.operations ?? {}).some(
    ([op, fit]) => fit >= 0.85 && READING_VERBS.has(op),
  );
  const objects = tokens.filter((word, at) => at < end || !serviceWords.has(word) || index.vocabulary.has(stem(word)));
  const phrases = nounPhrases(objects, end, index, synonyms);
  const heads = findHeads(phrases, reads);
  const nouns = phrases.filter((item): item is Phrase => item !== 'and');
  const implied = verb?.meaning.needsNoun ? [] : (verb?.meaning.nouns ?? []);
  const many = tokens.some((word) => MANY.has(word));
  return {
    verb,
    opensWithVerb: verb?.opens === true && !bringsAbout(verb.text, tokens),
    nouns: [
      ...nouns.map((noun) => (heads.includes(noun) ? { ...noun, weight: noun.roleWeight } : noun)),
      ...implied.map((text) => ({ text, alternatives: [[stem(text)]], weight: 0.3, qualifier: true })),
    ],
    heads,
    plural: many || heads.some((head) => head.plural) || tokens.some((word) => PLURAL_WORDS.has(word)),
    many,
    fresh: tokens.slice(end, end + 3).includes('new'),
    condition: reads ? undefined : tokens.slice(end).find((word) => CONDITIONS.has(word)),
    secondVerb: secondVerb(tokens, end, index),
  };
}
