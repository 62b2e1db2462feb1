import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../../lib/catalog/catalog.ts';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import type { Bytecode, Tier } from '../../lib/compiler/bytecode.ts';
import { printDiagnostics } from '../../lib/diagnostics/print-diagnostics.ts';
import { type CompiledFile, compilerOf, readCeilings } from '../../lib/registry/compile-registry.ts';

const REGISTRY = join(__dirname, '../../registry');

let loaded: Catalog | undefined;

/** The real catalog, loaded once a test file. */
export function catalog(): Catalog {
  loaded ??= loadCatalog();
  return loaded;
}

/** The seed sample, as it stands in the registry. */
export const SEED = readFileSync(join(REGISTRY, 'community/rds-backup.yaml'), 'utf8');

/** `others` are the workflows that it can draw in, in the order of their names: `other-1.yaml` … */
export function compileText(
  text: string,
  tier: Tier = 'community',
  file = 'workflow.yaml',
  others: readonly { readonly text: string; readonly tier: Tier }[] = [],
): CompiledFile {
  const files = others.map((other, index) => ({ ...other, file: `other-${index + 1}.yaml` }));
  return compilerOf(files, { catalog: catalog(), ceilings: readCeilings(REGISTRY) })({ file, text, tier });
}

/** The bytecode of a text that has to compile. */
export function bytecodeOf(text: string, tier: Tier = 'community'): Bytecode {
  const { bytecode, diagnostics } = compileText(text, tier);
  if (bytecode === undefined) throw new Error(`It does not compile:\n${diagnosticsText(text, diagnostics)}`);
  return bytecode;
}

/** Diagnostics as a person sees them, without colour. */
export function diagnosticsText(text: string, diagnostics: CompiledFile['diagnostics']): string {
  return printDiagnostics(diagnostics, new Map([['workflow.yaml', text]]), { colour: false });
}
