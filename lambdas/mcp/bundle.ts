import path from 'node:path';
import { build } from 'esbuild';
import { smallBundle } from './small-bundle.ts';

export interface BundleOptions {
  readonly outputDirectory: string;
}

/**
 * Writes `index.js`, which exports `handler`, into the directory. The same sources give the same bytes in any folder.
 * The AWS SDK is part of Lambda's runtime and stays outside.
 */
export async function bundleMcp({ outputDirectory }: BundleOptions): Promise<void> {
  await build({
    absWorkingDir: path.join(__dirname, '..', '..'),
    entryPoints: ['lambdas/mcp/handler.ts'],
    outfile: path.join(outputDirectory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    external: ['@aws-sdk/*'],
    // The runtime's SDK is on NODE_PATH, where `require` looks, and `import()` does not.
    // https://nodejs.org/api/esm.html#no-node_path
    supported: { 'dynamic-import': false },
    plugins: [smallBundle],
    logLevel: 'silent',
  });
}
