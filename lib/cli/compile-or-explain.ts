import type { Catalog } from '../catalog/catalog.ts';
import { type CompiledRegistry, compileRegistry } from '../registry/compile-registry.ts';
import { reportDiagnostics } from './compile-all.ts';
import type { Terminal } from './terminal.ts';

/** The compiled registry; `undefined` where it has an error, which has been printed. */
export function compileOrExplain(
  directory: string,
  catalog: Catalog,
  terminal: Terminal,
): CompiledRegistry | undefined {
  const compiled = compileRegistry(directory, catalog);
  return reportDiagnostics(compiled.files, terminal) ? compiled : undefined;
}
