import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export interface Served {
  readonly url: string;
  /** What it printed until it was ready. */
  readonly output: string;
  stop(): Promise<void>;
  /** Ends it as a crash would: nothing of it gets to run any more. */
  kill(): Promise<void>;
}

/**
 * Starts the product as `npm start` does, on any free port, and waits until it says where it listens.
 * @param options more for its command line; where left out, it keeps no executions
 */
export async function startServer(options: readonly string[] = ['--no-state']): Promise<Served> {
  const process_ = spawn(process.execPath, [join(ROOT, 'bin/workflow.mjs'), 'serve', '--port', '0', ...options], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
  });
  const output = await readyOutput(process_);
  const url = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output)?.[0];
  if (url === undefined) throw new Error(`The server did not say where it listens:\n${output}`);
  return { url, output, stop: () => end(process_, 'SIGTERM'), kill: () => end(process_, 'SIGKILL') };
}

function readyOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('claude mcp add')) resolve(output);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
