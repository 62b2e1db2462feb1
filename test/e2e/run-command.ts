import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutSeconds: number;
}

/** Runs a program to its end and gives back what it printed; throws with all of it where it fails or takes too long. */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutSeconds * 1_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (code === 0) return printed;
  const end = code === null ? `was ended after ${options.timeoutSeconds} s` : `ended with ${code}`;
  throw new Error(`${[program, ...args].join(' ')} ${end}:\n${printed}`);
}
