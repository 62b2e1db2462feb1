import type { MemberTerm } from './member-term.ts';
import { GENERIC_NOUNS, type IndexedOperation, type OperationIndex } from './operation-index.ts';
import { DESTINATIONS, ORIGINS, type Term } from './term.ts';
import { stem } from './words.ts';

/** Words that say in what form a member holds something, not what: `KeyConditionExpression`. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  ...GENERIC_NOUNS,
  ...'expression value list specification document string text body'.split(' ').map(stem),
]);
/** Words of a member's name that a key may well leave out. */
const CHEAP_WORDS = new Set([...WRAPPERS, ...['type', 'size', 'count'].map(stem)]);
const NEVER = 1;
/** What a member's documentation says of it counts less than its name. */
const DOCUMENTED_COST = 0.12;

/** What it costs that key and member refer in different ways: by id, name, ARN, URL or none said. */
function kindCost(key: Term, { term: { kind }, ...said }: MemberTerm): number {
  if (key.kind === kind) return 0;
  if (key.kind === undefined) return kind === 'name' ? 0.02 : kind === 'id' ? 0.06 : 0.1;
  if (key.kind === 'arn') {
    if (said.mentionsArn) return 0.1;
    return kind === undefined && said.mentionsId ? 0.12 : NEVER;
  }
  if (key.kind === 'url') return kind === undefined && said.mentionsUrl ? 0.1 : NEVER;
  if (kind === 'arn' || kind === 'url') return said.nameOrArn ? 0.15 : NEVER;
  return key.nouns.length === 0 ? 0.3 : 0.08;
}

function keyWordCost(word: string, operation: IndexedOperation, index: OperationIndex): number {
  if (operation.nouns.has(word)) return 0.08;
  if (ORIGINS.has(word)) return NEVER;
  if (DESTINATIONS.has(word)) return 0.3;
  return index.vocabulary.has(word) ? NEVER : 0.3;
}

function memberWordCost(word: string, operation: IndexedOperation): number {
  if (operation.nouns.has(word) || stem(operation.verb.toLowerCase()) === word) return 0.05;
  return CHEAP_WORDS.has(word) ? 0.1 : 0.2;
}

/** Whether the nouns of key and member can mean one thing at all. */
function canMeet(key: Term, member: Term, operation: IndexedOperation): boolean {
  const implied = (nouns: readonly string[]) => nouns.every((word) => operation.nouns.has(word));
  if (key.nouns.length === 0 || member.nouns.length === 0) {
    // `topic_name` for `CreateTopic.Name`, `name` for `CreateSecurityGroup.GroupName`
    return implied(key.nouns) && implied(member.nouns) && member.kind !== undefined;
  }
  const last = member.nouns.at(-1) ?? '';
  if (key.kind === undefined) {
    // a bucket is not a bucket's region
    const named = key.nouns.includes(last) || CHEAP_WORDS.has(last) || operation.nouns.has(last);
    return named && key.nouns.some((word) => member.nouns.includes(word));
  }
  // the id of a plan is not the id of a plan's template
  return key.nouns.includes(last) && member.nouns.includes(key.nouns.at(-1) ?? '');
}

function nounCost(key: Term, member: Term, operation: IndexedOperation, index: OperationIndex): number {
  if (!canMeet(key, member, operation)) return NEVER;
  let cost = 0;
  for (const word of key.nouns) if (!member.nouns.includes(word)) cost += keyWordCost(word, operation, index);
  for (const word of member.nouns) if (!key.nouns.includes(word)) cost += memberWordCost(word, operation);
  for (const word of key.serviceWords) if (!member.serviceWords.has(word)) cost += 0.02;
  for (const word of member.serviceWords) if (!key.serviceWords.has(word)) cost += 0.01;
  return cost;
}

/** What it costs that the member's value is not of the form that the key speaks of. */
function formCost(key: Term, { term, member: { shape }, list }: MemberTerm): number {
  const scalar = shape.kind === 'scalar';
  const reference = key.kind !== undefined;
  const item = shape.kind === 'list' ? shape.item : shape;
  if (reference && (item.kind === 'structure' || item.kind === 'map')) return NEVER;
  if (reference && scalar && (shape.enum !== undefined || shape.type !== 'string')) return NEVER;
  if (key.unit !== undefined && term.unit !== undefined && key.unit !== term.unit) return NEVER;
  let cost = key.unit === term.unit ? 0 : 0.05;
  if (key.unit !== undefined && scalar && shape.type !== 'integer' && shape.type !== 'number') cost += 0.3;
  // several of them do not fit where one is wanted
  if (key.plural && !term.plural && !list) cost += scalar && reference ? NEVER : 0.15;
  else if (!key.plural && (term.plural || list)) cost += 0.03;
  return cost;
}

function costOf(
  key: Term,
  member: Term,
  candidate: MemberTerm,
  operation: IndexedOperation,
  index: OperationIndex,
): number {
  const nouns = nounCost(key, member, operation, index);
  return nouns >= NEVER ? NEVER : nouns + kindCost(key, candidate) + formCost(key, candidate);
}

/** How well a context key names an input member, 1 at best; a required member gets 0.05 more. */
export function similarity(
  key: Term,
  candidate: MemberTerm,
  operation: IndexedOperation,
  index: OperationIndex,
): number {
  const { term, said, member, discouraged } = candidate;
  const byName = costOf(key, term, candidate, operation, index);
  const bySaid = said === undefined ? NEVER : costOf(key, said, candidate, operation, index) + DOCUMENTED_COST;
  const cost = Math.min(byName, bySaid);
  return cost >= NEVER ? 0 : 1 - cost - (discouraged ? 0.3 : 0) + (member.required ? 0.05 : 0);
}
