import type { Bytecode } from '../compiler/bytecode.ts';
import { EXIT, type ExitCode, paint, type Terminal } from './terminal.ts';

/** Why nothing is run or planned. */
interface Problem {
  readonly message: string;
  /** Of a parameter: which rule it breaks. */
  readonly rule?: string;
}

/** Tells why a run or a plan is refused; with `--json` the problems as they are. */
export function refuse(
  problems: readonly Problem[],
  { workflow_id: name, parameters }: Bytecode,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  if (json) {
    terminal.out(JSON.stringify({ status: 'REFUSED', problems }, null, 2));
    return EXIT.failed;
  }
  for (const { message } of problems) terminal.err(paint(terminal, 'red', message));
  if (problems.some(({ rule }) => rule === 'required')) {
    const wanted = parameters.filter(({ required }) => required).map((one) => `-p ${one.name}=<${one.type}>`);
    terminal.err(`hint: ${wanted.join(' ')}; npx workflow explain ${name} says what each has to be`);
  }
  return EXIT.failed;
}
