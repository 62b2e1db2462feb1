import { loadCatalog } from '../../catalog/load-catalog.ts';
import { compileRegistry } from '../../registry/compile-registry.ts';
import { writeRegistry } from '../../registry/write-registry.ts';
import { reportDiagnostics, workflowLine } from '../compile-all.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface CompileCommandOptions {
  readonly registry: string;
  /** Where the bytecode goes. */
  readonly out: string;
  readonly json: boolean;
}

/** `workflow compile`: writes the bytecode of the whole registry, or nothing where one workflow has an error. */
export function compileCommand(options: CompileCommandOptions, terminal: Terminal): ExitCode {
  const compiled = compileRegistry(options.registry, loadCatalog());
  const ok = !compiled.diagnostics.some(({ severity }) => severity === 'error');
  if (ok) writeRegistry(options.out, compiled.bytecodes);
  if (options.json) {
    const workflows = compiled.bytecodes.map(({ metadata: { name, version, tier }, checksum, security }) => {
      return { name, version, tier, checksum, risk_score: security.risk_score };
    });
    const written = ok ? { out: options.out } : {};
    terminal.out(JSON.stringify({ ok, workflows, diagnostics: compiled.diagnostics, ...written }, null, 2));
    return ok ? EXIT.ok : EXIT.failed;
  }
  if (!reportDiagnostics(compiled.files, terminal)) return EXIT.failed;
  for (const bytecode of compiled.bytecodes) terminal.out(workflowLine(bytecode, terminal));
  terminal.out(`${compiled.bytecodes.length} compiled to ${options.out}`);
  return EXIT.ok;
}
