import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTestFile } from '../../lib/cli/read-test-file.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import type { RunCase } from '../../lib/local/run-case.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { catalog } from './compile.ts';

export interface RegistryCase extends RunCase {
  readonly name: string;
  readonly expect: { readonly status?: string };
}

/** The workflows of the registry, each with the cases of its own test file. */
export function registryCases(): readonly { readonly bytecode: Bytecode; readonly cases: readonly RegistryCase[] }[] {
  return compileRegistry(join(__dirname, '../../registry'), catalog()).files.map(({ file, bytecode }) => {
    if (bytecode === undefined) throw new Error(`${file} does not compile`);
    const path = resolve(file.replace(/\.ya?ml$/, '.test.yaml'));
    const cases = readTestFile(path, readFileSync(path, 'utf8'));
    if (typeof cases === 'string') throw new Error(cases);
    return { bytecode, cases: cases as readonly RegistryCase[] };
  });
}
