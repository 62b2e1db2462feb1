import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { checkModel } from '../../lib/search/check-model.ts';
import { MINILM_FILES } from '../../lib/search/minilm-embedder.ts';

const ROOT = join(__dirname, '../..');

/** What onnxruntime-node loads at run time on Lambda (x86_64); its package holds the binaries of five more platforms. */
const NATIVE_FILES = [
  'onnxruntime-node/package.json',
  'onnxruntime-node/dist/index.js',
  'onnxruntime-node/dist/backend.js',
  'onnxruntime-node/dist/binding.js',
  'onnxruntime-node/bin/napi-v3/linux/x64/onnxruntime_binding.node',
  'onnxruntime-node/bin/napi-v3/linux/x64/libonnxruntime.so.1.14.0',
  'onnxruntime-common/package.json',
  'onnxruntime-common/dist/ort-common.node.js',
];

export interface SearchBundle {
  /** Emptied first; gets `index.js` (handler `index.handler`), the model, the index and the native library. */
  readonly outputDirectory: string;
  /** From `serializeIndex`. */
  readonly indexBytes: Uint8Array;
  /** The folder with `SHA256SUMS`; the repository's own where left out. */
  readonly modelDirectory?: string;
}

/**
 * Prepares the search Lambda's package: about 41 MB, for x86_64 and Node.js 20 or later. Needs neither Docker nor network;
 * takes about 0.3 s. The same inputs give the same bytes, so that the asset's hash changes only with its contents.
 * @throws Error where a model file is missing or altered, or the code cannot be bundled
 */
export function bundleSearch({
  outputDirectory,
  indexBytes,
  modelDirectory = join(ROOT, 'models'),
}: SearchBundle): void {
  const { files: modelFiles } = checkModel(modelDirectory, MINILM_FILES);
  rmSync(outputDirectory, { recursive: true, force: true });
  mkdirSync(outputDirectory, { recursive: true });
  bundleCode(join(outputDirectory, 'index.js'));
  writeFileSync(join(outputDirectory, 'search-index.json'), indexBytes);
  for (const file of ['SHA256SUMS', ...modelFiles]) copy(modelDirectory, join(outputDirectory, 'models'), file);
  const modules = join(ROOT, 'node_modules');
  for (const file of NATIVE_FILES) copy(modules, join(outputDirectory, 'node_modules'), file);
}

function bundleCode(outfile: string): void {
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['lambdas/search/handler.ts'],
    outfile,
    bundle: true,
    // Names stay, for the sake of stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['onnxruntime-node'],
    // @xenova/transformers is an ES module and asks for its own URL, which CommonJS does not have.
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { 'import.meta.url': 'bundleUrl' },
    logLevel: 'silent',
  });
}

function copy(from: string, to: string, file: string): void {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  cpSync(join(from, file), join(to, file), { dereference: true });
}
