import { resolve } from 'node:path';
import { checkModel } from './check-model.ts';
import type { Embedder } from './embedder.ts';

const MODEL_ID = 'Xenova/all-MiniLM-L6-v2';
const DIMENSIONS = 384;
/** What the model was trained on; its tokenizer would let 512 through. The library cuts the closing [SEP] off too. */
const MAX_WORD_PIECES = 256;

/** Everything that the encoder reads, relative to the model directory. */
export const MINILM_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'].map(
  (file) => `${MODEL_ID}/${file}`,
);

/**
 * Loads all-MiniLM-L6-v2 (int8) from a local folder; nothing is fetched or written. Takes about 0.3 s.
 * @param modelDirectory the folder that holds `SHA256SUMS` and `Xenova/all-MiniLM-L6-v2/`
 * @throws Error where a model file is missing or altered
 */
export async function loadMiniLm(modelDirectory: string): Promise<Embedder> {
  const directory = resolve(modelDirectory);
  const { sha256 } = checkModel(directory, MINILM_FILES);
  const { env, pipeline } = await import('@xenova/transformers');
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.localModelPath = directory;
  const extract = await pipeline('feature-extraction', MODEL_ID, { quantized: true, local_files_only: true });
  extract.tokenizer.model_max_length = MAX_WORD_PIECES;

  return {
    modelId: MODEL_ID,
    modelSha256: sha256,
    dimensions: DIMENSIONS,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      // One by one: int8 activations are scaled per batch, so that in a batch each text would alter the others' vectors.
      for (const text of texts) {
        const { data } = await extract(text, { pooling: 'mean', normalize: true });
        vectors.push(Float32Array.from(data));
      }
      return vectors;
    },
  };
}
