import { askPerson } from './ask-person.ts';

/** Where a command writes, and what the place can show. */
export interface Terminal {
  /** The answer; with `--json`, nothing but JSON. */
  out(text: string): void;
  /** Progress, diagnostics and anything else that is not the answer. */
  err(text: string): void;
  readonly colour: boolean;
  /**
   * Asks whoever sits there, and gives what they typed: undefined at the end of the input, or once `signal` is aborted.
   * Absent where nobody can be asked.
   */
  ask?(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** Shows how far a long job is, in place of what it showed before; an empty text takes it away. Absent where nobody looks on. */
  progress?(text: string): void;
}

/** Exit codes: what a script can tell apart. */
export const EXIT = {
  ok: 0,
  /** The workflow has errors, or its run failed. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
} as const;

export type ExitCode = number;

/**
 * The process's own terminal. Colour only where a person reads all of it: a pipe behind one of the two streams must not
 * get escape codes. https://no-color.org, https://force-color.org
 */
export function processTerminal(): Terminal {
  const { NO_COLOR = '', FORCE_COLOR = '' } = process.env;
  const isTerminal = process.stdout.isTTY === true && process.stderr.isTTY === true;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colour: NO_COLOR === '' && (isTerminal || FORCE_COLOR !== ''),
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true
      ? { ask: (question, signal) => askPerson(question, signal) }
      : {}),
    ...(process.stderr.isTTY === true ? { progress: (text) => process.stderr.write(`\r\u001b[2K${text}`) } : {}),
  };
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** Paints text where the terminal has colour, leaves it alone elsewhere. */
export function paint(terminal: Terminal, style: Style, text: string): string {
  return terminal.colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}
