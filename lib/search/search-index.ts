import type { SearchIndex } from './build-index.ts';
import type { Embedder } from './embedder.ts';
import { prepareRanking, rank } from './rank.ts';
import { recentlyUsed } from './recently-used.ts';
import type { WorkflowSearch } from './workflow-search.ts';

const REMEMBERED_QUERIES = 512;
/** More than the encoder reads (256 word pieces); keeps a hostile query from costing time. */
const MAX_QUERY_CHARACTERS = 2_000;

/**
 * Opens an index for searching. Every workflow is compared with each query; `npm run bench:search` tells what that takes.
 * @throws Error where the index was made by another model than `embedder`: their vectors do not compare
 */
export function createSearch(index: SearchIndex, embedder: Embedder): WorkflowSearch {
  requireSameModel(index, embedder);
  const ranking = prepareRanking(index);
  const embedQuery = recentlyUsed(REMEMBERED_QUERIES, async (query) => {
    const [vector] = await embedder.embed([query]);
    if (vector === undefined) throw new Error('The embedder gave no vector.');
    return vector;
  });
  return {
    async suggest(query) {
      const text = query.query.slice(0, MAX_QUERY_CHARACTERS).trim();
      const matches = text === '' ? [] : rank(ranking, query, text, await embedQuery(text));
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
