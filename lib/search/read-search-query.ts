import type { Tier } from '../compiler/bytecode.ts';
import type { SearchQuery } from './workflow-search.ts';

const MAX_LIMIT = 10;
const DEFAULT_LIMIT = 5;
const TIERS: readonly Tier[] = ['community', 'verified', 'enterprise'];

/**
 * Takes a query from outside the program, as a Lambda event is.
 * @throws Error naming the member that does not fit {@link SearchQuery}
 */
export function readSearchQuery(event: unknown): SearchQuery {
  const { query, limit = DEFAULT_LIMIT, service, readOnly, tier } = isRecord(event) ? event : {};
  if (typeof query !== 'string') throw new Error('"query" has to be a string.');
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new Error(`"limit" has to be an integer from 1 to ${MAX_LIMIT}.`);
  }
  if (service !== undefined && typeof service !== 'string') throw new Error('"service" has to be a string.');
  if (readOnly !== undefined && typeof readOnly !== 'boolean') throw new Error('"readOnly" has to be true or false.');
  const known = TIERS.find((each) => each === tier);
  if (tier !== undefined && known === undefined) throw new Error(`"tier" has to be ${TIERS.join(', ')}.`);
  return {
    query,
    limit,
    ...(service === undefined ? {} : { service }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(known === undefined ? {} : { tier: known }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
