import { createInterface } from 'node:readline';

/**
 * Asks at the process's own terminal, and gives the line that is typed. Undefined at the end of the input, or as soon
 * as `signal` is aborted because nobody wants to know any more. Throws nothing.
 */
export function askPerson(
  question: string,
  signal: AbortSignal,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Without `terminal`, the keyboard stays as it is: Ctrl-C ends the process as ever.
    const lines = createInterface({ input, terminal: false });
    const done = (line?: string): void => {
      signal.removeEventListener('abort', given);
      // Before it is closed, which tells of the end of the input.
      resolve(line);
      lines.close();
    };
    const given = (): void => {
      output.write('\n');
      done();
    };
    signal.addEventListener('abort', given, { once: true });
    lines.once('line', done);
    lines.once('close', () => done());
    output.write(question);
  });
}
