import type { Bytecode } from '../compiler/bytecode.ts';
import { showValue } from '../diagnostics/show-value.ts';
import { didYouMean, listNames } from '../diagnostics/suggest.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

/** Says that there is no workflow of this name, and which ones there are. */
export function noSuchWorkflow(name: string, bytecodes: readonly Bytecode[], terminal: Terminal): ExitCode {
  const names = bytecodes.map(({ workflow_id: id }) => id).sort();
  const guess = didYouMean(name, names);
  const isPath = /[/\\]|\.ya?ml$/.test(name);
  const wanted = isPath ? 'give the name that stands in the file; workflows here' : 'workflows here';
  const hint = guess === undefined ? `${wanted}: ${listNames(names, 12)}` : `did you mean "${guess}"?`;
  terminal.err(`no workflow named ${showValue(name)}\nhint: ${hint}`);
  return EXIT.failed;
}
