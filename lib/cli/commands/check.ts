import { existsSync, statSync } from 'node:fs';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { toSarif } from '../../diagnostics/to-sarif.ts';
import { compileRegistry } from '../../registry/compile-registry.ts';
import { compileFiles, reportDiagnostics } from '../compile-all.ts';
import type { ReportFormat } from '../report-format.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface CheckOptions {
  readonly registry: string;
  readonly format: ReportFormat;
}

/** `workflow check [files…]`: says what is wrong, writes nothing. */
export function check(files: readonly string[], options: CheckOptions, terminal: Terminal): ExitCode {
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    terminal.err(`there is no file ${missing.join(', ')}`);
    return EXIT.usage;
  }
  const folder = files.find((file) => statSync(file).isDirectory());
  if (folder !== undefined) {
    terminal.err(`${folder} is a folder\nhint: name files, or the registry that they stand in: --registry ${folder}`);
    return EXIT.usage;
  }
  const catalog = loadCatalog();
  const compiled =
    files.length === 0
      ? compileRegistry(options.registry, catalog).files
      : compileFiles(files, options.registry, catalog).files;
  const diagnostics = compiled.flatMap((file) => file.diagnostics);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  if (options.format !== 'human') {
    const report =
      options.format === 'sarif'
        ? toSarif(diagnostics)
        : { ok: !failed, files: compiled.map(({ file }) => file), diagnostics };
    terminal.out(JSON.stringify(report, null, 2));
    return failed ? EXIT.failed : EXIT.ok;
  }
  if (!reportDiagnostics(compiled, terminal)) return EXIT.failed;
  terminal.out(compiled.length === 1 ? '1 workflow is valid' : `${compiled.length} workflows are valid`);
  return EXIT.ok;
}
