import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { RegistryFile } from './publish-workflows.ts';

/** The files under a folder, sorted by key; the key is the path inside the folder. */
export async function readRegistryFiles(directory: string): Promise<readonly RegistryFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.map(async (path) => ({
      key: relative(directory, path).split(sep).join('/'),
      bytes: await readFile(path),
    })),
  );
  return files.sort((a, b) => (a.key < b.key ? -1 : 1));
}
