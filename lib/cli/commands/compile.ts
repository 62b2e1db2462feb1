import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { toSarif } from '../../diagnostics/to-sarif.ts';
import { compileRegistry } from '../../registry/compile-registry.ts';
import { LOCK_FILE } from '../../registry/lock-file.ts';
import { writeRegistry } from '../../registry/write-registry.ts';
import { reportDiagnostics, workflowLine } from '../compile-all.ts';
import type { ReportFormat } from '../report-format.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface CompileCommandOptions {
  readonly registry: string;
  /** Where the bytecode goes. */
  readonly out: string;
  readonly format: ReportFormat;
  /** Take the resolver's decisions of today, whatever the lock file says. */
  readonly updateLock: boolean;
  /** Fail where the lock file is not what this build would write: for CI. */
  readonly frozenLock: boolean;
}

/**
 * `workflow compile`: writes the bytecode of the whole registry and its lock file, or nothing where one workflow has
 * an error.
 */
export function compileCommand(options: CompileCommandOptions, terminal: Terminal): ExitCode {
  const { registry, updateLock: ignoreLock, frozenLock } = options;
  const compiled = compileRegistry(registry, loadCatalog(), { ignoreLock });
  const ok = !compiled.diagnostics.some(({ severity }) => severity === 'error');
  if (ok && frozenLock && !compiled.lock.upToDate) {
    terminal.err(`${LOCK_FILE} is not up to date\nhint: run npx workflow compile, and commit the file`);
    return EXIT.failed;
  }
  if (ok) writeRegistry(options.out, compiled.bytecodes);
  if (ok && !compiled.lock.upToDate) writeFileSync(join(registry, LOCK_FILE), compiled.lock.text);
  if (options.format === 'sarif') {
    terminal.out(JSON.stringify(toSarif(compiled.diagnostics), null, 2));
    return ok ? EXIT.ok : EXIT.failed;
  }
  if (options.format === 'json') {
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
