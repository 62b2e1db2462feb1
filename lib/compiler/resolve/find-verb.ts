import { OPENERS, QUALIFIERS } from './nouns.ts';
import type { OperationIndex } from './operation-index.ts';
import { PERFORMING_VERBS, VERBS, type VerbMeaning } from './verbs.ts';
import { stem } from './words.ts';

export interface FoundVerb {
  readonly text: string;
  readonly meaning: VerbMeaning;
  /** Index of the first token behind it. */
  readonly end: number;
  /** Whether the intent opens with it. */
  readonly opens: boolean;
}

/** Join two clauses of an intent. */
export const CONJUNCTIONS: ReadonlySet<string> = new Set(['and', 'or', 'then', ',', ';', '&', 'but']);
const PARTICLES = new Set(['on', 'off', 'down', 'up', 'back', 'out', 'over']);
const ARTICLES = new Set(['a', 'an', 'the', 'another']);
const LONGEST_VERB = 4;

/** The word and what it may be a form of: `creates`, `creating` → `create`. */
function forms(word: string): string[] {
  if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`];
  if (word.endsWith('ing')) {
    const root = word.slice(0, -3);
    return [word, root, `${root}e`, root.slice(0, -1)];
  }
  if (word.endsWith('es')) return [word, word.slice(0, -1), word.slice(0, -2)];
  return word.endsWith('s') && !word.endsWith('ss') ? [word, word.slice(0, -1)] : [word];
}

interface VerbHere {
  readonly text: string;
  readonly meaning: VerbMeaning;
  readonly length: number;
}

/** The longest verb that starts at a token: one of the table, or the first word of an operation of the service. */
export function verbAt(tokens: readonly string[], start: number, index: OperationIndex): VerbHere | undefined {
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
export function joinParticle(tokens: readonly string[]): readonly string[] {
  const [first, ...rest] = tokens;
  const last = rest.at(-1);
  if (first === undefined || last === undefined || !PARTICLES.has(last)) return tokens;
  return Object.hasOwn(VERBS, `${first} ${last}`) ? [first, last, ...rest.slice(0, -1)] : tokens;
}

/** Whether a word may stand before the verb: "please", "then", "safely". */
function isOpener(tokens: readonly string[], at: number, index: OperationIndex): boolean {
  const word = tokens[at] ?? '';
  if (OPENERS.has(word)) return true;
  if (word.endsWith('ly')) return !index.vocabulary.has(stem(word)) && verbAt(tokens, at, index) === undefined;
  return word === 'force' && verbAt(tokens, at + 1, index) !== undefined;
}

/** "force a failover of the cluster" is "failover the cluster". */
function performedAct(tokens: readonly string[], start: number, index: OperationIndex): VerbHere | undefined {
  if (!PERFORMING_VERBS.has(tokens[start] ?? '') || !ARTICLES.has(tokens[start + 1] ?? '')) return undefined;
  const text = tokens[start + 2] ?? '';
  const verb = index.vocabulary.has(stem(text)) ? undefined : index.verbs.get(text);
  return verb === undefined ? undefined : { text, length: 3, meaning: { operations: { [verb]: 1 } } };
}

/** The verb of an intent: the one it opens with, else the first there is. */
export function findVerb(tokens: readonly string[], index: OperationIndex): FoundVerb | undefined {
  let start = 0;
  while (start < tokens.length - 1 && isOpener(tokens, start, index)) start++;
  for (let at = start; at < tokens.length; at++) {
    const found = performedAct(tokens, at, index) ?? verbAt(tokens, at, index);
    if (found === undefined) continue;
    return { text: found.text, meaning: found.meaning, end: at + found.length, opens: at === start };
  }
  return undefined;
}

/** A verb behind the first one that asks for something else: "stop it and delete it", "stop using it". */
export function secondVerb(tokens: readonly string[], from: number, index: OperationIndex): string | undefined {
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
