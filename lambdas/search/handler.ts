import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadMiniLm } from '../../lib/search/minilm-embedder.ts';
import { readSearchQuery } from '../../lib/search/read-search-query.ts';
import { createSearch } from '../../lib/search/search-index.ts';
import { deserializeIndex } from '../../lib/search/serialize-index.ts';
import type { SearchAnswer, WorkflowSearch } from '../../lib/search/workflow-search.ts';

/** Started while the Lambda initialises, once for all invocations. Index and model lie beside the code. */
const search = openSearch(process.env.MODEL_DIR ?? join(__dirname, 'models'), join(__dirname, 'search-index.json'));

/** Invoked directly by the MCP Lambda: the event is a `SearchQuery`. */
export async function handler(event: unknown): Promise<SearchAnswer> {
  return (await search).suggest(readSearchQuery(event));
}

async function openSearch(modelDirectory: string, indexFile: string): Promise<WorkflowSearch> {
  const [embedder, index] = await Promise.all([loadMiniLm(modelDirectory), readFile(indexFile)]);
  return createSearch(deserializeIndex(index), embedder);
}
