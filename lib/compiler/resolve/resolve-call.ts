import type { Catalog, CatalogService } from '../../catalog/catalog.ts';
import { findRefusal } from './accept.ts';
import { SERVICE_NICKNAMES } from './nouns.ts';
import { operationIndex } from './operation-index.ts';
import { parseIntent } from './parse-intent.ts';
import { type Ranked, rank } from './rank.ts';
import { type ReadKey, readKeys } from './read-keys.ts';
import type { Refusal } from './refusal.ts';
import type { Candidate, Resolution, ResolutionRequest } from './resolution.ts';
import { type Synonyms, synonymsOf } from './synonyms.ts';
import { servicePrefixes } from './term.ts';
import { splitName } from './words.ts';

const CANDIDATES = 5;
/** Scores are rounded so that they read well in a lock file. */
const round = (score: number) => Math.round(score * 100) / 100;

interface Vocabulary {
  readonly synonyms: Synonyms;
  readonly prefixes: ReadonlySet<string>;
  /** Words of an intent that only name the service. */
  readonly serviceWords: ReadonlySet<string>;
}

const vocabularies = new WeakMap<CatalogService, Vocabulary>();

function vocabularyOf(service: CatalogService): Vocabulary {
  const known = vocabularies.get(service);
  if (known !== undefined) return known;
  const names = [
    ...[service.name, service.cliName, service.iamPrefix, ...service.serviceId.split(/\s+/), 'aws', 'amazon'],
    ...splitName(service.serviceId.replace(/\s+/g, '')),
    ...(SERVICE_NICKNAMES[service.cliName] ?? []),
  ];
  const vocabulary = {
    synonyms: synonymsOf(service),
    prefixes: servicePrefixes(service),
    serviceWords: new Set(names.map((name) => name.toLowerCase())),
  };
  vocabularies.set(service, vocabulary);
  return vocabulary;
}

/** The pin that would settle it, in the words of the workflow file. */
function pin(service: CatalogService, { name, binding }: Ranked, keys: readonly ReadKey[]): string {
  const members = [...new Set([...Object.values(binding.bindings), ...binding.missing])];
  const shown = members.map((member) => {
    const value = keys.find((key) => binding.bindings[key.value.key] === member)?.value;
    return `${member}: ${typeof value?.literal === 'string' ? JSON.stringify(value.literal) : value ? `<${value.key}>` : '…'}`;
  });
  const action = `\`action: ${service.name}:${name}\``;
  return `pin the call with ${action} and \`parameters: {${shown.join(', ')}}\``;
}

/** How to mend it. Where even the verb is unknown no call is put into the author's mouth. */
function hintFor(
  service: CatalogService,
  refusal: Refusal,
  ranked: readonly Ranked[],
  keys: readonly ReadKey[],
): string {
  const [best] = ranked;
  const guess = refusal.reason !== 'unknown-verb' && best !== undefined;
  const way = guess
    ? pin(service, best, keys)
    : `pin the call with \`action: ${service.name}:<Operation>\` and \`parameters:\``;
  return refusal.advice === undefined ? way : `${refusal.advice}, or ${way}`;
}

function refused(
  service: CatalogService,
  refusal: Refusal,
  ranked: readonly Ranked[],
  keys: readonly ReadKey[],
): Resolution {
  const [best] = ranked;
  return {
    status: 'refused',
    reason: refusal.reason,
    message: refusal.message,
    hint: hintFor(service, refusal, ranked, keys),
    ...(refusal.key === undefined ? {} : { key: refusal.key }),
    ...(best === undefined ? {} : { operation: best.name }),
    bindings: best?.binding.bindings ?? {},
    candidates: candidatesOf(ranked),
  };
}

function candidatesOf(ranked: readonly Ranked[]): readonly Candidate[] {
  return ranked.slice(0, CANDIDATES).map(({ name, score }) => ({ operation: name, score: round(score) }));
}

/**
 * Finds the one operation of a service that a step's words and context mean, and which input member each context key
 * is, or says why there is not exactly one. When in doubt it refuses: a wrong call accepted in silence is the
 * worst that can happen. Pure and deterministic: the order of the context does not matter, ties go by name.
 *
 * @example
 * resolveCall(rds, catalog, {
 *   intent: 'create RDS snapshot for database instance',
 *   context: [{ key: 'instance_id', type: 'string' }, { key: 'snapshot_id', type: 'string' }],
 * });
 * // accepted: CreateDBSnapshot, { instance_id: 'DBInstanceIdentifier', snapshot_id: 'DBSnapshotIdentifier' }
 */
export function resolveCall(service: CatalogService, catalog: Catalog, request: ResolutionRequest): Resolution {
  const index = operationIndex(service);
  const { synonyms, prefixes, serviceWords } = vocabularyOf(service);
  const intent = parseIntent(request.intent, index, synonyms, serviceWords);
  const keys = readKeys(request.context, synonyms, prefixes);
  const ranked = rank(intent, keys, index, prefixes);
  const [best, second] = ranked;
  if (best === undefined) {
    const message = `No call of ${service.name} has a word of the intent.`;
    return refused(service, { reason: 'unknown-verb', message }, ranked, keys);
  }
  const refusal = findRefusal({ service, catalog, request, intent, keys, ranked, best });
  if (refusal !== undefined) return refused(service, refusal, ranked, keys);
  return {
    status: 'accepted',
    operation: best.name,
    bindings: best.binding.bindings,
    score: round(best.score),
    margin: round(best.score - (second?.score ?? 0)),
    candidates: candidatesOf(ranked),
  };
}
