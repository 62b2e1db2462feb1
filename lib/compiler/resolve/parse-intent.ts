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
  /** The words that the verb brings with it, as stems: "tag", or "export" for the task that exports. */
  readonly verbWords: readonly string[];
  /** False where the intent does not open with a verb that is known: the verb is then only good for suggestions. */
  readonly opensWithVerb: boolean;
  readonly nouns: readonly IntentNoun[];
  /** What the verb is done to: one, or several joined by "and". */
  readonly heads: readonly IntentNoun[];
  /** Whether many things are meant. */
  readonly plural: boolean;
  /** All there are: "every". */
  readonly all: boolean;
  /** The intent says so in a word of its own: "a batch of". */
  readonly many: boolean;
  /** The thing is to be made: "a new secret". */
  readonly fresh: boolean;
  /** The word that makes the intent conditional (`unless`), where one does. */
  readonly condition: string | undefined;
  /** A second action that the intent asks for (`delete`), where it does. */
  readonly secondVerb: string | undefined;
}

const ALL = new Set(['all', 'every', 'each', 'both', 'everything']);
const MANY = new Set(['batch', 'bulk', 'multiple', 'several']);

/** "get the database ready" */
function bringsAbout(verb: string, tokens: readonly string[]): boolean {
  if (!RESULTATIVE_VERBS.has(verb)) return false;
  return tokens.some((word, at) => {
    const next = tokens[at + 1];
    return (
      at > 1 &&
      STATES.has(word) &&
      (next === undefined || next === 'again' || (Object.hasOwn(PREPOSITIONS, next) && (PREPOSITIONS[next] ?? 1) < 0.5))
    );
  });
}

function impliedNoun(text: string): IntentNoun {
  return {
    text,
    alternatives: [[stem(text)]],
    weight: 0.3,
    roleWeight: 0.3,
    qualifier: true,
    purpose: false,
    light: true,
  };
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
    verbWords: [...(verb?.meaning.nouns ?? []), verb?.meaning.job ?? '', many ? 'batch' : ''].filter(Boolean).map(stem),
    opensWithVerb: verb?.opens === true && !bringsAbout(verb.text, tokens),
    nouns: [
      ...nouns.map((noun) => {
        if (heads.includes(noun)) return { ...noun, weight: noun.roleWeight };
        // "the EKS cluster": the name of the service says nothing more
        return serviceWords.has(noun.text) ? { ...noun, qualifier: true, purpose: true } : noun;
      }),
      ...implied.map(impliedNoun),
    ],
    heads,
    plural: many || heads.some((head) => head.plural) || tokens.some((word) => PLURAL_WORDS.has(word)),
    many,
    all: tokens.some((word) => ALL.has(word)),
    fresh: tokens.slice(end, end + 3).includes('new'),
    condition: reads ? undefined : tokens.slice(end).find((word) => CONDITIONS.has(word)),
    secondVerb: secondVerb(tokens, end, index),
  };
}
