import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalBytes } from '../compiler/checksum.ts';

/** Writes compiled workflows as `<directory>/<name>/<version>.json`, in place of whatever stood there. */
export function writeRegistry(directory: string, bytecodes: readonly Bytecode[]): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const bytecode of bytecodes) {
    const folder = join(directory, bytecode.metadata.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${bytecode.metadata.version}.json`), canonicalBytes(bytecode));
  }
}
