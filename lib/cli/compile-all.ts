import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import { printDiagnostics } from '../diagnostics/print-diagnostics.ts';
import {
  type CompiledFile,
  type CompiledRegistry,
  compilerOf,
  readCeilings,
  readSource,
  sourceFiles,
  TIERS_FILE,
} from '../registry/compile-registry.ts';
import { paint, type Terminal } from './terminal.ts';

/** Prints what the compiler found; true where nothing of it is an error. */
export function reportDiagnostics(files: readonly CompiledFile[], terminal: Terminal): boolean {
  const diagnostics = files.flatMap((file) => file.diagnostics);
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const printed = printDiagnostics(diagnostics, texts, { colour: terminal.colour });
  if (printed !== '') terminal.err(printed);
  return !diagnostics.some(({ severity }) => severity === 'error');
}

/**
 * Compiles single files; the folder a file stands in says its tier, and outside a registry it is the strictest. What a
 * file draws in is looked for in the registry that it stands in, else in the given one.
 */
export function compileFiles(
  files: readonly string[],
  registry: string,
  catalog: Catalog,
): Pick<CompiledRegistry, 'files'> {
  const byRegistry = new Map<string, ReturnType<typeof compilerOf>>();
  return {
    files: files.map((file) => {
      const directory = registryOf(file) ?? registry;
      const compileOne =
        byRegistry.get(directory) ?? compilerOf(sourceFiles(directory), { catalog, ceilings: readCeilings(directory) });
      byRegistry.set(directory, compileOne);
      return compileOne(readSource(file, tierOf(file)));
    }),
  };
}

/** `registry/<tier>/<file>` stands in `registry`, which says what its tiers allow. */
function registryOf(file: string): string | undefined {
  const directory = dirname(dirname(file));
  return existsSync(join(directory, TIERS_FILE)) ? directory : undefined;
}

function tierOf(file: string): Tier {
  const folder = basename(dirname(file));
  return folder === 'verified' || folder === 'enterprise' ? folder : 'community';
}

/** One line a workflow: name, tier, risk, calls, ✓. */
export function workflowLine(bytecode: Bytecode, terminal: Terminal): string {
  const { metadata, security, execution_plan: plan } = bytecode;
  const calls = plan.map(actionOf).join(' → ');
  const name = paint(terminal, 'bold', `${metadata.name}@${metadata.version}`);
  const valid = paint(terminal, 'green', '✓ validated');
  return `  ${name}  ${metadata.tier}  risk ${security.risk_score.toFixed(1)}  ${calls}  ${valid}`;
}
