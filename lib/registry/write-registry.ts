import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalBytes } from '../compiler/checksum.ts';

/** Something stands there that this compiler did not write: it is left as it is. */
export class NotOurFolder extends Error {
  override readonly name = 'NotOurFolder';
  readonly hint = 'name a folder that is empty, does not exist, or holds compiled workflows and nothing else';
}

/**
 * Writes compiled workflows as `<directory>/<name>/<version>.json`, in place of the compiled workflows that stood there.
 * @throws NotOurFolder where anything else stands there, before anything is removed
 */
export function writeRegistry(directory: string, bytecodes: readonly Bytecode[]): void {
  const foreign = foreignPath(directory);
  if (foreign !== undefined) throw new NotOurFolder(`${foreign} is no compiled workflow: nothing was written`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const bytecode of bytecodes) {
    const folder = join(directory, bytecode.metadata.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${bytecode.metadata.version}.json`), canonicalBytes(bytecode));
  }
}

/** The first thing in a folder that is not `<name>/<version>.json` with bytecode in it; the path itself if it is no folder. */
function foreignPath(directory: string): string | undefined {
  if (!existsSync(directory)) return undefined;
  if (!statSync(directory).isDirectory()) return directory;
  for (const name of readdirSync(directory)) {
    const folder = join(directory, name);
    if (!statSync(folder).isDirectory()) return folder;
    const foreign = readdirSync(folder).find((file) => !isBytecode(join(folder, file)));
    if (foreign !== undefined) return join(folder, foreign);
  }
  return undefined;
}

/** What earlier versions wrote counts, too: only the format is looked at. */
function isBytecode(file: string): boolean {
  return file.endsWith('.json') && statSync(file).isFile() && readFileSync(file, 'utf8').includes(FORMAT);
}

const FORMAT = '"format":"aws-mcp-bytecode"';
