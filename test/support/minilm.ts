import { join } from 'node:path';
import type { Embedder } from '../../lib/search/embedder.ts';
import { loadMiniLm } from '../../lib/search/minilm-embedder.ts';

/** The folder of the repository's own weights. */
export const MODEL_DIRECTORY = join(__dirname, '../../models');

let embedder: Promise<Embedder> | undefined;

/** The real encoder, loaded once a test file. */
export function miniLm(): Promise<Embedder> {
  embedder ??= loadMiniLm(MODEL_DIRECTORY);
  return embedder;
}
