import { join } from 'node:path';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { digestOf, indexDocuments } from '../../lib/search/build-index.ts';
import type { Embedder } from '../../lib/search/embedder.ts';
import { toDocument } from '../../lib/search/search-document.ts';
import { createSearch } from '../../lib/search/search-index.ts';
import { type Figure, share } from './figure.ts';

/** The project's own workflows. */
export function ownWorkflows(): readonly Bytecode[] {
  return compileRegistry(join(__dirname, '../../registry'), loadCatalog()).bytecodes;
}

/** Each line of `use_cases` is asked of a registry in which that line is left out. */
export async function registryFigures(workflows: readonly Bytecode[], embedder: Embedder): Promise<readonly Figure[]> {
  const remembered = remembering(embedder);
  let found = 0;
  let first = 0;
  let lines = 0;
  for (const { metadata } of workflows) {
    for (const line of metadata.use_cases) {
      const documents = workflows.map(toDocument).map((document) => {
        const { name, useCases } = document;
        return name === metadata.name ? { ...document, useCases: useCases.filter((each) => each !== line) } : document;
      });
      const index = await indexDocuments(documents, remembered, { registryDigest: digestOf([line]) });
      const { matches } = await createSearch(index, remembered).suggest({ query: line, limit: 3 });
      lines += 1;
      if (matches.some(({ name }) => name === metadata.name)) found += 1;
      else console.log(`not found: "${line}" of ${metadata.name}: ${matches.map(({ name }) => name).join(', ')}`);
      if (matches[0]?.name === metadata.name) first += 1;
    }
  }
  return [
    {
      name: 'own registry: a use case left out finds its workflow in the first 3',
      atLeast: 97,
      ...share(found, lines),
    },
    { name: 'own registry: a use case left out finds its workflow first', ...share(first, lines) },
  ];
}

/** The same vectors come up again for every line. */
function remembering(embedder: Embedder): Embedder {
  const known = new Map<string, Float32Array>();
  return {
    ...embedder,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        const vector = known.get(text) ?? (await embedder.embed([text]))[0];
        if (vector === undefined) throw new Error('The embedder gave no vector.');
        known.set(text, vector);
        vectors.push(vector);
      }
      return vectors;
    },
  };
}
