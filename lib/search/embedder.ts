/**
 * Turns texts into vectors whose cosine says how close the texts are in meaning. A text's vector does not depend on
 * the other texts of the call.
 */
export interface Embedder {
  /** As the model's publisher names it: `Xenova/all-MiniLM-L6-v2`. */
  readonly modelId: string;
  /** 64 hexadecimal digits over all files of the model: vectors compare only where it is the same. */
  readonly modelSha256: string;
  readonly dimensions: number;
  /** One vector of length 1 per text, in the same order. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}
