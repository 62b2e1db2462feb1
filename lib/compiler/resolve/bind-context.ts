import type { Member } from '../../catalog/catalog.ts';
import { fitsType } from './fits-type.ts';
import type { IndexedOperation, OperationIndex } from './operation-index.ts';
import { GENERIC_NOUNS } from './operation-index.ts';
import type { ContextKey } from './resolution.ts';
import type { Synonyms } from './synonyms.ts';
import { keyWords, type ReferenceKind, type Term, toTerm } from './term.ts';
import { splitName, stem } from './words.ts';

/** Below this a key does not name the member. */
const THRESHOLD = 0.55;
/** Two members as close as this cannot be told apart. */
const TIE = 0.03;
/** A key whose best member is taken, or of another type, is given to no member that fits this much worse. */
const SECOND_CHOICE = 0.2;

/** A context key with every way its words can be read. */
export interface ReadKey {
  readonly value: ContextKey;
  readonly terms: readonly Term[];
  /** All stems that it speaks of. */
  readonly words: ReadonlySet<string>;
}

export interface Binding {
  readonly bindings: Readonly<Record<string, string>>;
  /** Mean of how well the keys fit, 0 to 1. */
  readonly fit: number;
  readonly unbound: readonly string[];
  readonly ambiguous: readonly { readonly key: string; readonly members: readonly string[] }[];
  /** Keys whose words name a member that their value cannot be given to. */
  readonly wrongType: readonly { readonly key: string; readonly member: string }[];
  readonly missing: readonly string[];
}

/** Reads the keys of a context, in order of their names, so that their order in the file does not matter. */
export function readKeys(
  context: readonly ContextKey[],
  synonyms: Synonyms,
  prefixes: ReadonlySet<string>,
): readonly ReadKey[] {
  const sorted = [...context].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.map((value) => {
    const words = keyWords(value.key);
    const readings = new Map<string, Term>();
    const add = (reading: readonly string[]) => {
      const term = toTerm(reading, prefixes);
      const literalArn = typeof value.literal === 'string' && value.literal.startsWith('arn:');
      readings.set(reading.join(' '), literalArn && term.kind === undefined ? { ...term, kind: 'arn' } : term);
    };
    add(words);
    for (let at = 0; at < words.length; at++) {
      const { length, alternatives } = synonyms.at(words, at);
      for (const alternative of alternatives.slice(1)) {
        add([...words.slice(0, at), ...alternative, ...words.slice(at + length)]);
      }
    }
    const terms = [...readings.values()];
    return { value, terms, words: new Set(terms.flatMap((term) => [...term.nouns, ...term.serviceWords])) };
  });
}

interface MemberTerm {
  readonly member: Member;
  readonly term: Term;
}

const memberTerms = new WeakMap<IndexedOperation, readonly MemberTerm[]>();

function termsOf(operation: IndexedOperation, prefixes: ReadonlySet<string>): readonly MemberTerm[] {
  const known = memberTerms.get(operation);
  if (known !== undefined) return known;
  const terms = operation.operation.input.members.map((member) => ({
    member,
    term: toTerm(splitName(member.name), prefixes),
  }));
  memberTerms.set(operation, terms);
  return terms;
}

/** Say where a thing comes from: such a word in a key must be in the member, and the other way round it matters. */
const ORIGINS = new Set(['source', 'parent', 'origin', 'original', 'old'].map(stem));
const DESTINATIONS = new Set(['new', 'target', 'destination', 'final', 'restored'].map(stem));
const CHEAP_WORDS = new Set([
  ...GENERIC_NOUNS,
  ...['expression', 'value', 'list', 'specification', 'document', 'string', 'type', 'text'].map(stem),
]);

function kindCost(key: Term, member: Term, { documentation }: Member): number {
  const pair = (a: ReferenceKind | undefined, b: ReferenceKind | undefined) => key.kind === a && member.kind === b;
  if (key.kind === member.kind) return 0;
  if (pair(undefined, 'name')) return 0.02;
  if (pair(undefined, 'id')) return 0.06;
  if (pair(undefined, 'arn') || pair(undefined, 'url')) return 0.1;
  if (key.kind === 'arn') {
    if (/\bARNs?\b|Amazon Resource Name/.test(documentation)) return 0.1;
    return member.kind === undefined && /\b(?:ID|identifier|short name)\b/i.test(documentation) ? 0.12 : 1;
  }
  if (key.kind === 'url') return member.kind === undefined && /\bUR[LI]\b/.test(documentation) ? 0.1 : 1;
  if (member.kind === 'arn' || member.kind === 'url') {
    return /\b(?:names?|ids?|identifiers?) or (?:the )?(?:full )?(?:ARN|Amazon Resource Name)/i.test(documentation)
      ? 0.15
      : 1;
  }
  return key.nouns.length === 0 ? 0.3 : 0.08;
}

function keyWordCost(word: string, operation: IndexedOperation, index: OperationIndex): number {
  if (operation.nouns.has(word)) return 0.08;
  if (ORIGINS.has(word)) return 1;
  if (DESTINATIONS.has(word)) return 0.3;
  return index.vocabulary.has(word) ? 1 : 0.3;
}

function memberWordCost(word: string, operation: IndexedOperation): number {
  if (operation.nouns.has(word) || stem(operation.verb.toLowerCase()) === word) return 0.05;
  return CHEAP_WORDS.has(word) ? 0.1 : 0.2;
}

function nounCost(key: Term, member: Term, operation: IndexedOperation, index: OperationIndex): number {
  const shared = key.nouns.filter((word) => member.nouns.includes(word)).length;
  const implied = (nouns: readonly string[]) => nouns.every((word) => operation.nouns.has(word));
  // `topic_name` for `CreateTopic.Name`, `name` for `CreateSecurityGroup.GroupName`; `foo_id` never for `InstanceId`.
  const bare = key.nouns.length === 0 || member.nouns.length === 0;
  if (shared === 0 && !(bare && implied(key.nouns) && implied(member.nouns) && member.kind !== undefined)) return 1;
  // the id of a plan is not the id of a plan's template
  const last = (nouns: readonly string[]) => nouns.at(-1) ?? '';
  if (!bare && key.kind !== undefined) {
    if (!key.nouns.includes(last(member.nouns)) || !member.nouns.includes(last(key.nouns))) return 1;
  }
  let cost = 0;
  for (const word of key.nouns) if (!member.nouns.includes(word)) cost += keyWordCost(word, operation, index);
  for (const word of member.nouns) if (!key.nouns.includes(word)) cost += memberWordCost(word, operation);
  for (const word of key.serviceWords) if (!member.serviceWords.has(word)) cost += 0.02;
  for (const word of member.serviceWords) if (!key.serviceWords.has(word)) cost += 0.01;
  return cost;
}

function similarity(
  key: Term,
  { member, term }: MemberTerm,
  operation: IndexedOperation,
  index: OperationIndex,
): number {
  if (key.unit !== undefined && term.unit !== undefined && key.unit !== term.unit) return 0;
  let cost = nounCost(key, term, operation, index) + kindCost(key, term, member);
  const list = member.shape.kind === 'list';
  if (key.unit !== term.unit) cost += 0.05;
  if (key.unit !== undefined && member.shape.kind === 'scalar' && !/integer|number/.test(member.shape.type))
    cost += 0.3;
  // several of them do not fit where one is wanted
  if (key.plural && !term.plural && !list) cost += member.shape.kind === 'scalar' && key.kind !== undefined ? 1 : 0.15;
  else if (!key.plural && (term.plural || list)) cost += 0.03;
  if (key.kind !== undefined) {
    if (member.shape.kind === 'structure' || member.shape.kind === 'map') return 0;
    if (member.shape.kind === 'scalar' && (member.shape.enum !== undefined || member.shape.type !== 'string')) return 0;
  }
  if (member.deprecated || /legacy parameter|no longer (?:used|supported)/i.test(member.documentation)) cost += 0.3;
  return 1 - cost + (member.required ? 0.05 : 0);
}

interface Pair {
  readonly key: string;
  readonly member: Member;
  readonly score: number;
}

function rankPairs(
  keys: readonly ReadKey[],
  operation: IndexedOperation,
  index: OperationIndex,
  members: readonly MemberTerm[],
) {
  const pairs: Pair[] = [];
  const wrongType: Pair[] = [];
  for (const { value, terms } of keys) {
    for (const candidate of members) {
      const score = Math.max(
        ...terms.map((term, at) => similarity(term, candidate, operation, index) - (at > 0 ? 0.02 : 0)),
      );
      if (score < THRESHOLD) continue;
      const pair = { key: value.key, member: candidate.member, score };
      (fitsType(value, candidate.member.shape) ? pairs : wrongType).push(pair);
    }
  }
  const order = (a: Pair, b: Pair) =>
    b.score - a.score || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.member.name < b.member.name ? -1 : 1);
  return { pairs: pairs.sort(order), wrongType: wrongType.sort(order) };
}

/** A member that is the same but for an origin: `SourceDBInstanceIdentifier` beside `DBInstanceIdentifier`. */
function originSibling(bound: Member, taken: ReadonlySet<string>, members: readonly MemberTerm[]): string | undefined {
  const own = members.find(({ member }) => member === bound)?.term;
  if (own === undefined) return undefined;
  const sibling = members.find(({ member, term }) => {
    if (taken.has(member.name) || term.kind !== own.kind) return false;
    const extra = term.nouns.filter((word) => !own.nouns.includes(word));
    return extra.length === 1 && ORIGINS.has(extra[0] ?? '') && own.nouns.every((word) => term.nouns.includes(word));
  });
  return sibling?.member.name;
}

/**
 * Gives each context key to one input member of an operation, best pairs first, and says what is wrong where it cannot.
 * Nothing is guessed by elimination.
 */
export function bindContext(
  keys: readonly ReadKey[],
  operation: IndexedOperation,
  index: OperationIndex,
  prefixes: ReadonlySet<string>,
): Binding {
  const members = termsOf(operation, prefixes);
  const { pairs, wrongType } = rankPairs(keys, operation, index, members);
  const bound = new Map<string, Pair>();
  const taken = new Set<string>();
  const wanted = new Map<string, number>();
  for (const { key, score } of [...pairs, ...wrongType]) wanted.set(key, Math.max(score, wanted.get(key) ?? 0));
  for (const pair of pairs) {
    if (bound.has(pair.key) || taken.has(pair.member.name)) continue;
    if ((wanted.get(pair.key) ?? 0) - pair.score > SECOND_CHOICE) continue;
    bound.set(pair.key, pair);
    taken.add(pair.member.name);
  }
  const ambiguous = [...bound.values()].flatMap((best) => {
    const rivals = pairs.filter(
      (pair) => pair.key === best.key && !taken.has(pair.member.name) && best.score - pair.score < TIE,
    );
    const sibling = originSibling(best.member, taken, members);
    const names = [...rivals.map((pair) => pair.member.name), ...(sibling === undefined ? [] : [sibling])];
    return names.length === 0 ? [] : [{ key: best.key, members: [...new Set([best.member.name, ...names])] }];
  });
  const unbound = keys.filter(({ value }) => !bound.has(value.key)).map(({ value }) => value.key);
  return {
    bindings: Object.fromEntries(
      keys.flatMap(({ value: { key } }) => {
        const pair = bound.get(key);
        return pair === undefined ? [] : [[key, pair.member.name]];
      }),
    ),
    fit:
      keys.length === 0 ? 0 : [...bound.values()].reduce((sum, pair) => sum + Math.min(1, pair.score), 0) / keys.length,
    unbound,
    ambiguous: ambiguous.sort((a, b) => (a.key < b.key ? -1 : 1)),
    wrongType: unbound.flatMap((key) => {
      const pair = wrongType.find((wrong) => wrong.key === key && !taken.has(wrong.member.name));
      return pair === undefined ? [] : [{ key, member: pair.member.name }];
    }),
    missing: operation.operation.input.members
      .filter(({ name, required }) => required && !taken.has(name))
      .map(({ name }) => name),
  };
}
