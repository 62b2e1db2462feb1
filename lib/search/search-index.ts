import type { SearchEntry, SearchIndex } from './build-index.ts';
import type { Embedder } from './embedder.ts';
import { scoreLexically } from './lexical-index.ts';
import { queryTerms } from './query-terms.ts';
import { recentlyUsed } from './recently-used.ts';
import type { SearchMatch, SearchQuery, WorkflowSearch } from './workflow-search.ts';

/** Share of meaning in the score; the rest is words. Measured best for this encoder, .5 to .7 hardly differ. */
const DENSE_SHARE = 0.6;
/** Below it, a match is noise: it loses 5 % of the good answers and 95 % of the answers to unrelated requests. */
const FLOOR = 0.2;
/** From here on hardly any request that no workflow serves gets an answer. */
const HIGH_CONFIDENCE = 0.4;
const REMEMBERED_QUERIES = 512;
/** More than the encoder reads (256 word pieces); keeps a hostile query from costing time. */
const MAX_QUERY_CHARACTERS = 2_000;

/**
 * Opens an index for searching. Every workflow is compared: a query takes about 3 ms at 1,000 workflows, 10 ms at 10,000.
 * @throws Error where the index was made by another model than `embedder`: their vectors do not compare
 */
export function createSearch(index: SearchIndex, embedder: Embedder): WorkflowSearch {
  requireSameModel(index, embedder);
  const embedQuery = recentlyUsed(REMEMBERED_QUERIES, async (query) => {
    const [vector] = await embedder.embed([query]);
    if (vector === undefined) throw new Error('The embedder gave no vector.');
    return vector;
  });
  return {
    async suggest(query) {
      const text = query.query.slice(0, MAX_QUERY_CHARACTERS).trim();
      const matches = text === '' ? [] : rank(index, query, text, await embedQuery(text));
      return { matches, registryDigest: index.registryDigest };
    },
  };
}

function requireSameModel({ model }: SearchIndex, embedder: Embedder): void {
  if (
    model.id === embedder.modelId &&
    model.sha256 === embedder.modelSha256 &&
    model.dimensions === embedder.dimensions
  ) {
    return;
  }
  throw new Error(
    `The search index was made with ${model.id} (sha256 ${model.sha256}, ${model.dimensions} dimensions), ` +
      `but the model loaded is ${embedder.modelId} (sha256 ${embedder.modelSha256}, ${embedder.dimensions} dimensions). ` +
      'Build the index again.',
  );
}

function rank(index: SearchIndex, query: SearchQuery, text: string, vector: Float32Array): readonly SearchMatch[] {
  const terms = queryTerms(text, (stem) => index.lexical.postings.has(stem));
  const lexical = scoreLexically(index.lexical, terms);
  const matches: SearchMatch[] = [];
  for (const [i, entry] of index.entries.entries()) {
    if (!passes(entry, query)) continue;
    const similarity = Math.max(0, cosine(index, i, vector));
    // Rounded before it is compared, so that ties and limits do not hang on the last bit of a float.
    const score = round(DENSE_SHARE * similarity + (1 - DENSE_SHARE) * (lexical[i] ?? 0));
    if (score < FLOOR) continue;
    matches.push({ ...entry, score, confidence: score >= HIGH_CONFIDENCE ? 'high' : 'low' });
  }
  return matches.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1)).slice(0, query.limit);
}

function passes(entry: SearchEntry, { service, readOnly }: SearchQuery): boolean {
  if (readOnly === true && entry.effect !== 'read') return false;
  return service === undefined || entry.services.includes(service.toLowerCase());
}

/** Both vectors have length 1, so that their dot product is the cosine. */
function cosine({ vectors, model }: SearchIndex, entry: number, query: Float32Array): number {
  const start = entry * model.dimensions;
  let sum = 0;
  for (let i = 0; i < model.dimensions; i++) sum += (vectors[start + i] as number) * (query[i] as number);
  return sum;
}

function round(score: number): number {
  return Math.min(1, Math.round(score * 10_000) / 10_000);
}
