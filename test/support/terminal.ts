import { runProgram } from '../../lib/cli/program.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line of `workflow` in this process. */
export async function runCommand(...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), colour: false };
  const exitCode = await runProgram(args, terminal);
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}
