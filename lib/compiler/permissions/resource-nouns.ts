/** Words that say how something is named, not what it is. */
const REFERENCE_WORDS = new Set([
  'id',
  'identifier',
  'name',
  'arn',
  'url',
  'path',
  'with',
  'without',
  'leading',
  'slash',
]);
/** Words that say which of two, not what. */
const QUALIFIERS = new Set(['source', 'target', 'destination', 'current', 'final', 'replica']);
const PREPOSITIONS = new Set(['by', 'for', 'from', 'in', 'of', 'on', 'to', 'with']);
/** Words without a meaning of their own in the names of some service. */
const EMPTY_WORDS = new Set(['db', 'aws', 'amazon']);

/** How a name refers: by ARN, URL, the id that AWS gave, the name that a person gave, or one of the two last. */
export type ReferenceKind = 'arn' | 'url' | 'id' | 'name' | 'identifier' | 'none';

/** A member, variable or resource type, taken apart. */
export interface Nouns {
  /** What it is, in one word: `DBSnapshotIdentifier` → `snapshot`, `NatGatewayId` → `natgateway`. Empty for `Name`. */
  readonly noun: string;
  /** The same in several words. */
  readonly words: readonly string[];
  /** Without `source`, `target` and the like: `SourceDBSnapshotIdentifier` → `snapshot`. */
  readonly unqualified: string;
  readonly qualifiers: readonly string[];
  readonly kind: ReferenceKind;
}

/** Takes a name apart; words of `prefix`, the service's IAM prefix, say nothing within the service. */
export function nounsOf(name: string, prefix: string): Nouns {
  const all = wordsOf(name);
  const words = all.filter(
    (word, index) =>
      !EMPTY_WORDS.has(word) &&
      word !== prefix &&
      // `DbiResourceId` is another thing than an instance's name; the resource in `ResourceArn` is any.
      (word === 'resource' ? all[index + 1] === 'id' && all.length > 2 : !REFERENCE_WORDS.has(word)),
  );
  return {
    noun: words.join(''),
    words,
    unqualified: words.filter((word) => !QUALIFIERS.has(word)).join(''),
    qualifiers: words.filter((word) => QUALIFIERS.has(word)),
    kind: kindOf(all),
  };
}

/**
 * Whether what a member holds can be what a variable of an ARN has. A name is no id; an identifier is a name
 * (`DBInstanceIdentifier`) or an id, but a variable that is called identifier is one that AWS gave.
 */
export function canFill(member: Nouns, variable: Nouns): boolean {
  // `SnapshotTarget` says where, `cluster` and `targetGroup` say which.
  if (member.kind === 'none') return member.qualifiers.length === 0 || member.noun === variable.noun;
  if (variable.kind === 'id' || variable.kind === 'identifier') return ['id', 'identifier'].includes(member.kind);
  return member.kind !== 'url';
}

/** What an operation is about, without its verb: `RestoreDBInstanceFromDBSnapshot` → `instance`. */
export function nounOfOperation(operation: string, prefix: string): string {
  const [, ...all] = wordsOf(operation);
  const end = all.findIndex((word, index) => index > 0 && PREPOSITIONS.has(word));
  const words = end < 0 ? all : all.slice(0, end);
  return words.filter((word) => !EMPTY_WORDS.has(word) && word !== prefix).join('');
}

function kindOf(words: readonly string[]): ReferenceKind {
  const kind = words.findLast((word) => ['arn', 'url', 'id', 'identifier', 'name'].includes(word));
  return kind === undefined ? 'none' : (kind as ReferenceKind);
}

/** `DBSnapshotIdentifiers` → db, snapshot, identifier. */
function wordsOf(name: string): readonly string[] {
  const parts = name
    // Plural acronyms are one word: ARNs, VpcIDs.
    .replace(/[A-Z]{2,}s(?![a-z])/g, (plural) => plural.charAt(0) + plural.slice(1, -1).toLowerCase())
    .match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+/g);
  return (parts ?? []).map((word) => singular(word.toLowerCase()));
}

function singular(word: string): string {
  if (word === 'ids') return 'id';
  if (word.length < 4 || /(?:ss|us|is|as)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|us)es$/.test(word) || word === 'aliases') return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
