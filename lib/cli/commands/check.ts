import { loadCatalog } from '../../catalog/load-catalog.ts';
import { compileRegistry } from '../../registry/compile-registry.ts';
import { compileFiles, reportDiagnostics } from '../compile-all.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface CheckOptions {
  readonly registry: string;
  readonly json: boolean;
}

/** `workflow check [files…]`: says what is wrong, writes nothing. */
export function check(files: readonly string[], options: CheckOptions, terminal: Terminal): ExitCode {
  const catalog = loadCatalog();
  const compiled =
    files.length === 0
      ? compileRegistry(options.registry, catalog).files
      : compileFiles(files, options.registry, catalog).files;
  const diagnostics = compiled.flatMap((file) => file.diagnostics);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  if (options.json) {
    terminal.out(JSON.stringify({ ok: !failed, files: compiled.map(({ file }) => file), diagnostics }, null, 2));
    return failed ? EXIT.failed : EXIT.ok;
  }
  if (!reportDiagnostics(compiled, terminal)) return EXIT.failed;
  terminal.out(compiled.length === 1 ? '1 workflow is valid' : `${compiled.length} workflows are valid`);
  return EXIT.ok;
}
