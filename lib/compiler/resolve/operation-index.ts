import type { CatalogService, Member, Operation } from '../../catalog/catalog.ts';
import { type Bm25, bm25 } from './bm25.ts';
import { STOP_WORDS } from './nouns.ts';
import { VERB_PREFIXES } from './verbs.ts';
import { isPlural, splitName, stem } from './words.ts';

/** An operation as the matcher sees it. All words are stems. */
export interface IndexedOperation {
  readonly operation: Operation;
  /** First word of the name, as AWS writes it, past `Batch` and the like. */
  readonly verb: string;
  /** How many operations of the service have this verb. */
  readonly verbCount: number;
  /** Words of the name behind the verb, with what each weighs: words that many operations share weigh little. */
  readonly nouns: ReadonlyMap<string, number>;
  /** Those of them behind a preposition: `point time` of `RestoreTableToPointInTime`. */
  readonly circumstances: ReadonlySet<string>;
  /** The word that says what the call is about: `snapshot` of `CreateDBSnapshot`, `export` of `StartExportTask`. */
  readonly head: string | undefined;
  /** The last word that could: `task` of `StartExportTask`. */
  readonly last: string | undefined;
  readonly plural: boolean;
  /** Words of the input members' names. */
  readonly memberWords: ReadonlySet<string>;
  /** Words of the first sentence of the documentation. */
  readonly documentationWords: ReadonlySet<string>;
  /** AWS has a later version of it: `ListObjects` beside `ListObjectsV2`. */
  readonly superseded: boolean;
}

export interface OperationIndex {
  readonly operations: readonly IndexedOperation[];
  /** Lower-cased first words of the operations' names → as AWS writes them. */
  readonly verbs: ReadonlyMap<string, string>;
  /** Every noun of the service's operation names. */
  readonly vocabulary: ReadonlySet<string>;
  /** What its operations are about. */
  readonly heads: ReadonlySet<string>;
  /** `dbinstance`, `securitygroup`, `createdbsnapshot` → the words they are run together from. */
  readonly compounds: ReadonlyMap<string, readonly string[]>;
  readonly documentation: Bm25;
}

export const NAME_PREPOSITIONS: ReadonlySet<string> = new Set([
  'from',
  'to',
  'for',
  'by',
  'with',
  'in',
  'on',
  'of',
  'and',
]);
/** Endings of operation names that say how something is kept, not what: `ModifyDBSnapshotAttribute`. */
export const GENERIC_NOUNS: ReadonlySet<string> = new Set(
  'attribute configuration resource batch config info data detail setting option content execution run invocation id'
    .split(' ')
    .map(stem),
);
const ACTIVITIES = new Set(['task', 'job']);
const CIRCUMSTANCE_WEIGHT = 0.7;

function firstSentence(documentation: string): string {
  return /^.{20,400}?[.!?](?=\s|$)/s.exec(documentation)?.[0] ?? documentation.slice(0, 400);
}

function documentWords(text: string): string[] {
  const found = text.toLowerCase().match(/[a-z][a-z0-9]+/g) ?? [];
  return found.filter((word) => !STOP_WORDS.has(word)).map(stem);
}

function nameParts(name: string): { verb: string; rest: string[] } {
  const parts = splitName(name);
  const capital = (word: string | undefined) =>
    word === undefined ? '' : word.charAt(0).toUpperCase() + word.slice(1);
  const first = capital(parts[0]);
  const prefixed = VERB_PREFIXES.has(first) && parts.length > 1;
  const verb = prefixed ? capital(parts[1]) : first;
  const rest = parts.slice(prefixed ? 2 : 1);
  if (first === 'Batch' || first === 'Bulk') rest.push('batch');
  if (verb === 'Tag' || verb === 'Untag') rest.unshift('tag');
  return { verb, rest };
}

/** A word that half of the service's operations share says little about any of them. */
function rarity(count: number, operations: number): number {
  return Math.min(1, Math.max(0.25, 1.1 - (1.5 * count) / operations));
}

function indexOperation(
  operation: Operation,
  weigh: (word: string) => number,
  facts: { readonly superseded: boolean; readonly verbCount: number },
): IndexedOperation {
  const { verb, rest } = nameParts(operation.name);
  const nouns = new Map<string, number>();
  const circumstances = new Set<string>();
  let head: string | undefined;
  let last: string | undefined;
  let plural = false;
  let secondary = false;
  for (const part of rest) {
    if (NAME_PREPOSITIONS.has(part)) {
      secondary = nouns.size > 0;
      continue;
    }
    const word = stem(part);
    const generic = GENERIC_NOUNS.has(word);
    const weight = weigh(word) * (secondary ? CIRCUMSTANCE_WEIGHT : 1) * (generic ? 0.4 : 1);
    if (secondary && !nouns.has(word)) circumstances.add(word);
    nouns.set(word, Math.max(weight, nouns.get(word) ?? 0));
    if (part === 'batch') plural = true;
    else if (!secondary) {
      last = word;
      if (head === undefined || !(generic || ACTIVITIES.has(word))) head = word;
      if (head === word || ACTIVITIES.has(word)) plural = isPlural(part);
    }
  }
  // `Invoke`, `Query`: the name says nothing, so the documentation has to say what it is about
  const described = nouns.size === 0 ? operation.documentation.slice(0, 800) : firstSentence(operation.documentation);
  const members = operation.input.members.flatMap((member) => splitName(member.name).map(stem));
  return {
    operation,
    verb,
    nouns,
    circumstances,
    head,
    last,
    plural,
    memberWords: new Set(members),
    documentationWords: new Set(documentWords(described)),
    ...facts,
  };
}

function findCompounds(names: readonly string[]): Map<string, readonly string[]> {
  const compounds = new Map<string, readonly string[]>();
  for (const name of names) {
    const parts = splitName(name);
    compounds.set(name.toLowerCase(), parts);
    for (let start = 1; start < parts.length; start++) {
      for (let end = start + 2; end <= Math.min(parts.length, start + 3); end++) {
        const run = parts.slice(start, end);
        compounds.set(run.join(''), run);
      }
    }
  }
  return compounds;
}

/**
 * Not every V2 is a successor: some are another API under the same permission. It is one where it needs the same
 * permission and returns the same things: `ListObjects`, but not Security Hub's `GetFindings`.
 */
function isSuperseded(service: CatalogService, { name, iamActions, output }: Operation): boolean {
  const later = service.operation(`${name}V2`);
  if (later === undefined || iamActions.length === 0 || later.iamActions.join() !== iamActions.join()) return false;
  const lists = output.members.filter(({ shape }) => shape.kind === 'list');
  const returns = (list: Member) =>
    later.output.members.some(
      ({ name, shape }) => name === list.name && JSON.stringify(shape) === JSON.stringify(list.shape),
    );
  return lists.length > 0 && lists.every(returns);
}

function buildIndex(service: CatalogService): OperationIndex {
  const found = service.operations.flatMap((name) => service.operation(name) ?? []);
  const counts = new Map<string, number>();
  for (const { name } of found) {
    for (const word of new Set(nameParts(name).rest.map(stem))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const verbCounts = new Map<string, number>();
  for (const { name } of found) {
    const { verb } = nameParts(name);
    verbCounts.set(verb, (verbCounts.get(verb) ?? 0) + 1);
  }
  const weigh = (word: string) => rarity(counts.get(word) ?? 0, found.length);
  const operations = found.map((operation) =>
    indexOperation(operation, weigh, {
      superseded: isSuperseded(service, operation),
      verbCount: verbCounts.get(nameParts(operation.name).verb) ?? 0,
    }),
  );
  const documents = operations.map(({ operation }) => [
    ...documentWords(firstSentence(operation.documentation)),
    ...splitName(operation.name).map(stem),
  ]);
  const vocabulary = new Set(operations.flatMap(({ nouns }) => [...nouns.keys()]));
  return {
    operations,
    verbs: new Map(operations.map(({ verb }) => [verb.toLowerCase(), verb])),
    vocabulary,
    heads: new Set(operations.flatMap(({ head }) => head ?? [])),
    compounds: findCompounds(service.operations),
    documentation: bm25(documents),
  };
}

const indexes = new WeakMap<CatalogService, OperationIndex>();

/** The index of a service's operations. Built once per service: a pure function of it, remembered. */
export function operationIndex(service: CatalogService): OperationIndex {
  const known = indexes.get(service);
  if (known !== undefined) return known;
  const built = buildIndex(service);
  indexes.set(service, built);
  return built;
}
