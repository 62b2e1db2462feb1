import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { canonicalBytes } from '../../lib/compiler/checksum.ts';

/**
 * Writes the publisher, ready for Lambda, and the workflows that it publishes. Whatever was in the folder is gone.
 * @param outputDirectory becomes `index.js` and `registry/workflows/<name>/<version>.json`
 */
export async function bundlePublish(options: {
  readonly outputDirectory: string;
  readonly bytecodes: readonly Bytecode[];
}): Promise<void> {
  const { outputDirectory, bytecodes } = options;
  await rm(outputDirectory, { recursive: true, force: true });
  await mkdir(join(outputDirectory, 'registry'), { recursive: true });
  await build({
    entryPoints: [join(__dirname, 'handler.ts')],
    outfile: join(outputDirectory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const bytecode of bytecodes) {
    const { name, version } = bytecode.metadata;
    const file = join(outputDirectory, 'registry', 'workflows', name, `${version}.json`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, canonicalBytes(bytecode));
  }
}
