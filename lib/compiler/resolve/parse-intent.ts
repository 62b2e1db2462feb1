import { CONDITIONS, LIGHT_NOUNS, OPENERS, PLURAL_WORDS, PREPOSITIONS, QUALIFIERS, STOP_WORDS } from './nouns.ts';
import { GENERIC_NOUNS, type OperationIndex } from './operation-index.ts';
import type { Synonyms } from './synonyms.ts';
import { READING_VERBS, VERBS, type VerbMeaning } from './verbs.ts';
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
}

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

const CONJUNCTIONS = new Set(['and', 'or', 'then', ',', ';', '&', 'but']);
const PARTICLES = new Set(['on', 'off', 'down', 'up', 'back', 'out', 'over']);
const LONGEST_VERB = 4;
const PERFORMING = new Set([
  'perform',
  'do',
  'force',
  'trigger',
  'initiate',
  'run',
  'execute',
  'make',
  'start',
  'issue',
]);
const ARTICLES = new Set(['a', 'an', 'the', 'another']);
const MANY = new Set(['batch', 'bulk', 'multiple', 'several']);
const COPULAS = new Set(['is', 'are', 'was', 'were', 'has', 'have', 'be']);
const COPULA_WEIGHT = 0.5;
/** What a noun weighs that only tells why: "to verify it exists". */
export const PURPOSE_WEIGHT = 0.2;
/** From here down a phrase is an aside: nothing behind it counts more. */
const ASIDE_WEIGHT = 0.25;

function tokenize(intent: string, index: OperationIndex): string[] {
  const plain = intent
    .toLowerCase()
    .replace(/\$\{[^}]*\}/g, ' ')
    .replace(/[’']s\b/g, '')
    .replace(/[.:!?](?=\s|$)/g, ' ; ');
  const found = plain.match(/[a-z0-9]+|[,;&]/g) ?? [];
  const split = found.flatMap((word) =>
    index.vocabulary.has(stem(word)) || index.verbs.has(word) ? [word] : (index.compounds.get(word) ?? [word]),
  );
  while (split.at(-1) === ';') split.pop();
  return split;
}

function forms(word: string): string[] {
  if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`];
  if (word.endsWith('ing')) {
    const root = word.slice(0, -3);
    return [word, root, `${root}e`, root.slice(0, -1)];
  }
  if (word.endsWith('es')) return [word, word.slice(0, -1), word.slice(0, -2)];
  return word.endsWith('s') && !word.endsWith('ss') ? [word, word.slice(0, -1)] : [word];
}

interface FoundVerb {
  readonly text: string;
  readonly meaning: VerbMeaning;
  readonly length: number;
}

function verbAt(tokens: readonly string[], start: number, index: OperationIndex): FoundVerb | undefined {
  for (let length = Math.min(LONGEST_VERB, tokens.length - start); length > 0; length--) {
    const rest = tokens.slice(start + 1, start + length);
    for (const form of forms(tokens[start] ?? '')) {
      const text = [form, ...rest].join(' ');
      const exact = index.verbs.get([form, ...rest].join(''));
      const meaning = Object.hasOwn(VERBS, text) ? VERBS[text] : undefined;
      if (exact !== undefined) {
        return { text, length, meaning: { ...meaning, operations: { ...meaning?.operations, [exact]: 1 } } };
      }
      if (meaning !== undefined) return { text, length, meaning };
    }
  }
  return undefined;
}

/** "turn the instance off" is "turn off the instance". */
function joinParticle(tokens: readonly string[]): readonly string[] {
  const [first, ...rest] = tokens;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || !PARTICLES.has(last)) return tokens;
  return Object.hasOwn(VERBS, `${first} ${last}`) ? [first, last, ...rest.slice(0, -1)] : tokens;
}

function findVerb(
  tokens: readonly string[],
  index: OperationIndex,
): { found: Omit<FoundVerb, 'length'> | undefined; end: number; leading: boolean } {
  let start = 0;
  while (start < tokens.length - 1 && isOpener(tokens, start, index)) start++;
  if (PERFORMING.has(tokens[start] ?? '') && ARTICLES.has(tokens[start + 1] ?? '')) {
    // "force a failover of the cluster"
    const act = tokens[start + 2] ?? '';
    const operations = index.vocabulary.has(stem(act)) ? undefined : index.verbs.get(act);
    if (operations !== undefined) {
      return { found: { text: act, meaning: { operations: { [operations]: 1 } } }, end: start + 3, leading: true };
    }
  }
  const leading = verbAt(tokens, start, index);
  if (leading !== undefined) return { found: leading, end: start + leading.length, leading: true };
  for (let at = start + 1; at < tokens.length; at++) {
    const later = verbAt(tokens, at, index);
    if (later !== undefined) return { found: later, end: at + later.length, leading: false };
  }
  return { found: undefined, end: start, leading: false };
}

function isOpener(tokens: readonly string[], at: number, index: OperationIndex): boolean {
  const word = tokens[at] ?? '';
  if (OPENERS.has(word) || (word.endsWith('ly') && !index.vocabulary.has(stem(word)))) return true;
  return word === 'force' && verbAt(tokens, at + 1, index) !== undefined;
}

function secondVerbOf(tokens: readonly string[], from: number, index: OperationIndex): string | undefined {
  const gerund = tokens[from];
  if (gerund?.endsWith('ing') && !index.vocabulary.has(stem(gerund)) && !QUALIFIERS.has(gerund)) return gerund;
  for (let at = from; at < tokens.length; at++) {
    if (!CONJUNCTIONS.has(tokens[at] ?? '')) continue;
    let next = at + 1;
    while (CONJUNCTIONS.has(tokens[next] ?? '') || isOpener(tokens, next, index)) next++;
    const verb = verbAt(tokens, next, index);
    if (verb !== undefined) return verb.text;
  }
  return undefined;
}

interface Phrase extends IntentNoun {
  readonly role: number;
  readonly light: boolean;
  readonly plural: boolean;
}

function phrases(tokens: readonly string[], start: number, index: OperationIndex, synonyms: Synonyms) {
  let found: (Phrase | 'and')[] = [];
  let asksWhether = false;
  let weight = 1;
  let role = 0;
  for (let at = start; at < tokens.length; ) {
    const word = tokens[at] ?? '';
    const match = synonyms.at(tokens, at);
    const preposition = match.length === 1 ? PREPOSITIONS[word] : undefined;
    if (preposition !== undefined && Object.hasOwn(PREPOSITIONS, word)) {
      const asks = (word === 'if' || word === 'whether') && found.length === 0;
      const purpose = (word === 'to' || word === 'for') && verbAt(tokens, at + 1, index) !== undefined;
      const next = tokens[at + 1] ?? '';
      const verbal = purpose && !(index.vocabulary.has(stem(next)) && (word === 'for' || STOP_WORDS.has(next)));
      if (!asks) weight = Math.min(weight <= ASIDE_WEIGHT ? weight : 1, verbal ? PURPOSE_WEIGHT : preposition);
      if (asks) asksWhether = true;
      else role++;
      at++;
    } else if (CONJUNCTIONS.has(word)) {
      found.push('and');
      at++;
    } else if (match.length === 1 && (STOP_WORDS.has(word) || PLURAL_WORDS.has(word))) {
      if (COPULAS.has(word) && found.length > 0) {
        const asksAboutPart = asksWhether && (word === 'has' || word === 'have') && role === 0;
        // "whether the user has a device" is about devices
        if (asksAboutPart)
          found = found.map((item) => (item === 'and' ? item : { ...item, weight: item.weight * 0.65, role: -1 }));
        else weight = Math.min(weight, COPULA_WEIGHT);
        role++;
      }
      at++;
    } else {
      found.push(phrase(tokens.slice(at, at + match.length), match.alternatives, weight, role, index));
      at += match.length;
    }
  }
  return found;
}

function phrase(
  words: readonly string[],
  alternatives: readonly (readonly string[])[],
  roleWeight: number,
  role: number,
  index: OperationIndex,
): Phrase {
  const text = words.join(' ');
  const last = words.at(-1) ?? '';
  const known = alternatives.some((alternative) => alternative.every((word) => index.vocabulary.has(word)));
  const generic = words.length === 1 && GENERIC_NOUNS.has(stem(text));
  const light = generic || (words.length === 1 && LIGHT_NOUNS.has(text));
  const manner = words.length === 1 && (QUALIFIERS.has(text) || (text.endsWith('ly') && !known));
  const participle = words.length === 1 && /..(?:ed|ing)$/.test(text) && !known;
  const qualifier = (manner && !known) || participle;
  const share = light ? 0.3 : qualifier ? 0.2 : manner || !known ? 0.6 : 1;
  return { text, alternatives, weight: roleWeight * share, role, light, qualifier, plural: isPlural(last) };
}

/** The last noun of each joined group in the first part of the sentence that has one. */
function findHeads(found: readonly (Phrase | 'and')[]): Phrase[] {
  const nouns = found.filter((item): item is Phrase => item !== 'and');
  for (const lightToo of [false, true]) {
    const serves = (item: Phrase) => item.role >= 0 && !item.qualifier && (lightToo || !item.light);
    const first = nouns.find(serves);
    if (first === undefined) continue;
    const heads: Phrase[] = [];
    let last: Phrase | undefined;
    for (const item of found) {
      if (item === 'and') {
        if (last !== undefined) heads.push(last);
        last = undefined;
      } else if (item.role === first.role && serves(item)) last = item;
    }
    return last === undefined ? heads : [...heads, last];
  }
  return [];
}

function joinSplitCompounds(tokens: readonly string[], index: OperationIndex): string[] {
  const joined: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [word, next] = [tokens[at] ?? '', tokens[at + 1] ?? ''];
    const both = `${word}${next}`;
    if (next !== '' && !index.vocabulary.has(stem(word)) && index.vocabulary.has(stem(both))) {
      joined.push(both);
      at++;
    } else joined.push(word);
  }
  return joined;
}

/** Reads an intent as verb, object and circumstances, in the words of one service. Never fails: any text has a parse. */
export function parseIntent(
  intent: string,
  index: OperationIndex,
  synonyms: Synonyms,
  serviceWords: ReadonlySet<string>,
): ParsedIntent {
  const tokens = joinParticle(joinSplitCompounds(tokenize(intent, index), index));
  const { found, end, leading } = findVerb(tokens, index);
  const rest = tokens.filter((word, at) => at < end || !serviceWords.has(word) || index.vocabulary.has(stem(word)));
  const objects = phrases(rest, end, index, synonyms);
  const heads = findHeads(objects);
  const nouns = objects.filter((item): item is Phrase => item !== 'and');
  const implied = (found?.meaning.nouns ?? []).length === 0 || found?.meaning.needsNoun ? [] : found?.meaning.nouns;
  const many = tokens.some((word) => MANY.has(word));
  const reads = Object.entries(found?.meaning.operations ?? {}).some(
    ([verb, fit]) => fit >= 0.9 && READING_VERBS.has(verb),
  );
  return {
    verb: found && { text: found.text, meaning: found.meaning },
    opensWithVerb: leading,
    nouns: [
      ...nouns,
      ...(implied ?? []).map((text) => ({ text, alternatives: [[stem(text)]], weight: 0.3, qualifier: true })),
    ],
    heads,
    plural: many || heads.some((head) => head.plural) || tokens.some((word) => PLURAL_WORDS.has(word)),
    many,
    fresh: tokens.slice(end, end + 3).includes('new'),
    condition: reads ? undefined : tokens.slice(end).find((word) => CONDITIONS.has(word)),
    secondVerb: secondVerbOf(tokens, end, index),
  };
}
