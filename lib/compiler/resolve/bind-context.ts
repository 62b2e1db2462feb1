import type { Member, Shape } from '../../catalog/catalog.ts';
import { isIdentifier } from './changes-nothing.ts';
import { fitsType } from './fits-type.ts';
import { type MemberTerm, memberTerms } from './member-term.ts';
import type { IndexedOperation, OperationIndex } from './operation-index.ts';
import type { ReadKey } from './read-keys.ts';
import { similarity } from './similarity.ts';
import { ORIGINS } from './term.ts';

/** Below this a key does not name the member. */
const THRESHOLD = 0.55;
/** Two members as close as this cannot be told apart. */
const TIE = 0.03;
/** A key whose best member is taken, or of another type, is given to no member that fits this much worse. */
const SECOND_CHOICE = 0.2;
/** Of equals, what a key says itself goes before what its synonyms say. */
const SYNONYM_COST = 0.02;

export interface Binding {
  /** context key → input member */
  readonly bindings: Readonly<Record<string, string>>;
  readonly bound: readonly MemberTerm[];
  /** The words of the names of the bound members, as stems. */
  readonly words: ReadonlySet<string>;
  /** The bound members that say what the call makes of its object, not which object it is. */
  readonly content: readonly MemberTerm[];
  /** Mean of how well the keys fit, 0 to 1. */
  readonly fit: number;
  readonly unbound: readonly string[];
  readonly ambiguous: readonly { readonly key: string; readonly members: readonly string[] }[];
  /** Keys whose words name a member that their value cannot be given to. */
  readonly wrongType: readonly { readonly key: string; readonly member: string }[];
  /** Required members that no key is bound to. */
  readonly missing: readonly string[];
}

interface Pair {
  readonly key: string;
  readonly member: Member;
  readonly score: number;
}

function byScore(a: Pair, b: Pair): number {
  return b.score - a.score || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.member.name < b.member.name ? -1 : 1);
}

/** Every key with every member that its words name, best first, apart by whether the value's type fits as well. */
function rankPairs(
  keys: readonly ReadKey[],
  operation: IndexedOperation,
  index: OperationIndex,
  members: readonly MemberTerm[],
): { readonly fitting: readonly Pair[]; readonly wrongType: readonly Pair[] } {
  const fitting: Pair[] = [];
  const wrongType: Pair[] = [];
  for (const { value, terms } of keys) {
    for (const candidate of members) {
      const scores = terms.map(
        (term, at) => similarity(term, candidate, operation, index) - (at > 0 ? SYNONYM_COST : 0),
      );
      const pair = { key: value.key, member: candidate.member, score: Math.max(...scores) };
      if (pair.score < THRESHOLD) continue;
      (fitsType(value, candidate.member.shape) ? fitting : wrongType).push(pair);
    }
  }
  return { fitting: fitting.sort(byScore), wrongType: wrongType.sort(byScore) };
}

function isComposite(shape: Shape): boolean {
  return shape.kind === 'list' ? isComposite(shape.item) : shape.kind !== 'scalar';
}

/** Best pairs first, one member a key and one key a member. */
function assign(fitting: readonly Pair[], wrongType: readonly Pair[]): ReadonlyMap<string, Pair> {
  const wanted = new Map<string, number>();
  for (const { key, score } of [...fitting, ...wrongType]) wanted.set(key, Math.max(score, wanted.get(key) ?? 0));
  const bound = new Map<string, Pair>();
  const taken = new Set<Member>();
  for (const pair of fitting) {
    if (bound.has(pair.key) || taken.has(pair.member)) continue;
    if ((wanted.get(pair.key) ?? 0) - pair.score > SECOND_CHOICE) continue;
    bound.set(pair.key, pair);
    taken.add(pair.member);
  }
  return bound;
}

/** A free member that is the same but for an origin: `SourceDBInstanceIdentifier` beside `DBInstanceIdentifier`. */
function originSiblings(bound: Member, taken: ReadonlySet<Member>, members: readonly MemberTerm[]): readonly Member[] {
  const own = members.find(({ member }) => member === bound)?.term;
  if (own === undefined) return [];
  const siblings = members.filter(({ member, term }) => {
    if (taken.has(member) || term.kind !== own.kind) return false;
    const extra = term.nouns.filter((word) => !own.nouns.includes(word));
    return extra.length === 1 && ORIGINS.has(extra[0] ?? '') && own.nouns.every((word) => term.nouns.includes(word));
  });
  return siblings.map(({ member }) => member);
}

function findAmbiguous(
  bound: ReadonlyMap<string, Pair>,
  fitting: readonly Pair[],
  members: readonly MemberTerm[],
): Binding['ambiguous'] {
  const taken = new Set([...bound.values()].map((pair) => pair.member));
  return [...bound.values()].flatMap(({ key, member, score }) => {
    const rivals = fitting.filter((pair) => pair.key === key && !taken.has(pair.member) && score - pair.score < TIE);
    const others = [...rivals.map((pair) => pair.member), ...originSiblings(member, taken, members)];
    const names = new Set([member, ...others].map(({ name }) => name));
    return names.size === 1 ? [] : [{ key, members: [...names] }];
  });
}

/**
 * Gives each context key to one input member of an operation and says what is wrong where it cannot.
 * Nothing is guessed by elimination: a key is given to a member that its words name, or to none.
 */
export function bindContext(
  keys: readonly ReadKey[],
  operation: IndexedOperation,
  index: OperationIndex,
  prefixes: ReadonlySet<string>,
): Binding {
  const members = memberTerms(operation, prefixes);
  const { fitting, wrongType } = rankPairs(keys, operation, index, members);
  const bound = assign(fitting, wrongType);
  const taken = new Set([...bound.values()].map((pair) => pair.member));
  const used = members.filter(({ member }) => taken.has(member));
  const isContent = ({ member, term, words }: MemberTerm) =>
    isComposite(member.shape) || (!isIdentifier(words, operation) && !(member.required && term.kind !== undefined));
  const names = keys.map(({ value }) => value.key);
  const unbound = names.filter((key) => !bound.has(key));
  const fit = [...bound.values()].reduce((sum, pair) => sum + Math.min(1, pair.score), 0);
  return {
    bindings: Object.fromEntries(
      names.flatMap((key) => {
        const pair = bound.get(key);
        return pair === undefined ? [] : [[key, pair.member.name]];
      }),
    ),
    bound: used,
    words: new Set(used.flatMap(({ words }) => words)),
    content: used.filter(isContent),
    fit: keys.length === 0 ? 0 : fit / keys.length,
    unbound,
    ambiguous: findAmbiguous(bound, fitting, members),
    wrongType: unbound.flatMap((key) => {
      const pair = wrongType.find((wrong) => wrong.key === key && !taken.has(wrong.member));
      return pair === undefined ? [] : [{ key, member: pair.member.name }];
    }),
    missing: members.filter(({ member }) => member.required && !taken.has(member)).map(({ member }) => member.name),
  };
}
