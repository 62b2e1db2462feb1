import type { CatalogService } from '../../catalog/catalog.ts';
import { splitName, stem } from './words.ts';

export type ReferenceKind = 'id' | 'name' | 'arn' | 'url';

/** What a context key or a member's name speaks of: `source_snapshot_ids` is `source snapshot`, by id, several. */
export interface Term {
  /** Stems, without reference kind, unit and words that only name the service. */
  readonly nouns: readonly string[];
  /** Words that only name the service (`db`, `kms`): they may be missing on the other side. */
  readonly serviceWords: ReadonlySet<string>;
  readonly kind: ReferenceKind | undefined;
  readonly unit: string | undefined;
  readonly plural: boolean;
}

const KINDS: ReadonlyMap<string, ReferenceKind> = new Map(
  Object.entries({
    id: 'id',
    identifier: 'id',
    name: 'name',
    arn: 'arn',
    url: 'url',
    uri: 'url',
  }),
);
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gb: 'gib',
    gib: 'gib',
    mb: 'mib',
    mib: 'mib',
    kb: 'kib',
    bytes: 'byte',
    days: 'day',
    hours: 'hour',
    minutes: 'minute',
    mins: 'minute',
    seconds: 'second',
    secs: 'second',
    ms: 'millisecond',
    millis: 'millisecond',
    milliseconds: 'millisecond',
    percent: 'percent',
    percentage: 'percent',
  }),
);
/** Written as one word by people and by some services. */
const RUN_TOGETHER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    username: ['user', 'name'],
    hostname: ['host', 'name'],
    filename: ['file', 'name'],
    keyname: ['key', 'name'],
    arns: ['arn'],
    ids: ['id'],
    dbname: ['db', 'name'],
  }),
);
/** Say where a thing comes from: `source_id` is never `Id`. */
export const ORIGINS: ReadonlySet<string> = new Set(['source', 'parent', 'origin', 'original', 'old'].map(stem));
/** Say where it goes to. */
export const DESTINATIONS: ReadonlySet<string> = new Set(
  ['new', 'target', 'destination', 'final', 'restored'].map(stem),
);
const PREFIXES = new Set(['db', 'kms', 'aws', 'amazon']);

/** Words by which a service's members are prefixed and which distinguish nothing: `DB`, `KMS`, `log`. */
export function servicePrefixes(service: CatalogService): ReadonlySet<string> {
  return new Set([...PREFIXES, stem(service.cliName), stem(service.iamPrefix)]);
}

/** The words of a context key: `dbInstanceId`, `db-instance-id` and `db_instance_id` are one. */
export function keyWords(key: string): string[] {
  const parts = key.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return parts.flatMap((part) => (part === part.toUpperCase() ? [part.toLowerCase()] : splitName(part)));
}

/** What the words of a key or of a member's name speak of. */
export function toTerm(words: readonly string[], prefixes: ReadonlySet<string>): Term {
  const rest = words.flatMap((word) => RUN_TOGETHER.get(word) ?? [word]);
  const last = words.at(-1) ?? '';
  const plural = stem(last) !== last && last.endsWith('s') && !UNITS.has(last);
  let unit: string | undefined;
  if (rest.length > 1) {
    unit = UNITS.get(rest.at(-1) ?? '');
    if (unit !== undefined) rest.pop();
    if (rest.length > 1 && unit !== undefined && rest.at(-1) === 'in') rest.pop();
  }
  const ending = rest.at(-1) ?? '';
  const kind = KINDS.get(ending) ?? KINDS.get(ending.replace(/s$/, ''));
  if (kind !== undefined) rest.pop();
  const stems = rest.map(stem);
  const nouns = stems.filter((word) => !prefixes.has(word));
  return {
    nouns: nouns.length > 0 ? nouns : kind === undefined ? stems : [],
    serviceWords: new Set(stems.filter((word) => prefixes.has(word))),
    kind,
    unit,
    plural: plural || words.at(-1) === 'ids' || words.at(-1) === 'arns',
  };
}
