import type { Catalog, CatalogService } from '../../catalog/catalog.ts';
import { findRefusal, type Refusal } from './accept.ts';
import { type ReadKey, readKeys } from './bind-context.ts';
import { operationIndex } from './operation-index.ts';
import { parseIntent } from './parse-intent.ts';
import { type Ranked, rank } from './rank.ts';
import type { Candidate, Resolution, ResolutionRequest } from './resolution.ts';
import { type Synonyms, synonymsOf } from './synonyms.ts';
import { servicePrefixes } from './term.ts';

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
  const names = [service.name, service.cliName, service.iamPrefix, ...service.serviceId.split(/\s+/), 'aws', 'amazon'];
  const vocabulary = {
    synonyms: synonymsOf(service),
    prefixes: servicePrefixes(service),
    serviceWords: new Set(names.map((name) => name.toLowerCase())),
  };
  vocabularies.set(service, vocabulary);
  return vocabulary;
}

/** The pin that would settle it, in the words of the workflow file. */
function pin(service: CatalogService, best: Ranked, keys: readonly ReadKey[]): string {
  const { name } = best.fit.indexed.operation;
  const members = [...new Set([...Object.values(best.binding.bindings), ...best.binding.missing])];
  const shown = members.map((member) => {
    const key = keys.find(({ value }) => best.binding.bindings[value.key] === member)?.value;
    return `${member}: ${typeof key?.literal === 'string' ? JSON.stringify(key.literal) : key ? `<${key.key}>` : '…'}`;
  });
  return `action: ${service.name}:${name}${shown.length > 0 ? ` and parameters: {${shown.join(', ')}}` : ''}`;
}

function refused(
  service: CatalogService,
  refusal: Refusal,
  ranked: readonly Ranked[],
  keys: readonly ReadKey[],
): Resolution {
  const [best] = ranked;
  const ways = [
    ...(refusal.advice === undefined ? [] : [refusal.advice]),
    ...(best === undefined ? [] : [`pin the call with \`${pin(service, best, keys)}\``]),
  ];
  return {
    status: 'refused',
    reason: refusal.reason,
    message: refusal.message,
    hint: ways.length > 0 ? ways.join(', or ') : `pin the call with \`action: ${service.name}:<Operation>\``,
    ...(refusal.key === undefined ? {} : { key: refusal.key }),
    ...(best === undefined ? {} : { operation: best.fit.indexed.operation.name }),
    bindings: best?.binding.bindings ?? {},
    candidates: candidatesOf(ranked),
  };
}

function candidatesOf(ranked: readonly Ranked[]): readonly Candidate[] {
  return ranked
    .slice(0, CANDIDATES)
    .map(({ fit, score }) => ({ operation: fit.indexed.operation.name, score: round(score) }));
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
    operation: best.fit.indexed.operation.name,
    bindings: best.binding.bindings,
    score: round(best.score),
    margin: round(best.score - (second?.score ?? 0)),
    candidates: candidatesOf(ranked),
  };
}
