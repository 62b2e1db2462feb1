import type { Bytecode } from '../compiler/bytecode.ts';
import { buildIndex } from '../search/build-index.ts';
import { loadMiniLm } from '../search/minilm-embedder.ts';
import { createSearch } from '../search/search-index.ts';
import type { WorkflowSearch } from '../search/workflow-search.ts';
import { locations } from './locations.ts';

/** Search over these workflows, with the encoder of this installation. */
export async function openSearch(bytecodes: readonly Bytecode[]): Promise<WorkflowSearch> {
  const embedder = await loadMiniLm(locations.models);
  return createSearch(await buildIndex(bytecodes, embedder), embedder);
}
