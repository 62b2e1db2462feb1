import { basename, dirname } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import { printDiagnostics } from '../diagnostics/print-diagnostics.ts';
import { type CompiledFile, type CompiledRegistry, compileFile, readCeilings } from '../registry/compile-registry.ts';
import { paint, type Terminal } from './terminal.ts';

/** Prints what the compiler found; true where nothing of it is an error. */
export function reportDiagnostics(files: readonly CompiledFile[], terminal: Terminal): boolean {
  const diagnostics = files.flatMap((file) => file.diagnostics);
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const printed = printDiagnostics(diagnostics, texts, { colour: terminal.colour });
  if (printed !== '') terminal.err(printed);
  return !diagnostics.some(({ severity }) => severity === 'error');
}

/** Compiles single files; the folder a file stands in says its tier, and outside a registry it is the strictest. */
export function compileFiles(
  files: readonly string[],
  registry: string,
  catalog: Catalog,
): Pick<CompiledRegistry, 'files'> {
  const ceilings = readCeilings(registry);
  return { files: files.map((file) => compileFile(file, { tier: tierOf(file), catalog, ceilings })) };
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
