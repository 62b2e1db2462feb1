import { appendFileSync, closeSync, fdatasync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ExecutionEnd, ExecutionJournal, JournaledExecution } from './execution-journal.ts';
import { readJournalLine, toJournalLine } from './journal-line.ts';
import { readJournal } from './read-journal.ts';
import { readLines } from './read-lines.ts';
import { serverStopped } from './server-stopped.ts';

export interface JournalOptions {
  /** How many executions that have ended are kept when the journal is opened; 10,000 where not given. */
  readonly maxEnded?: number;
  /** Is told what is damaged or cannot be written, in a sentence. */
  readonly onProblem: (message: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface OpenJournal extends ExecutionJournal {
  /** Writes the rest and lets go of the file. */
  close(): void;
}

/** What has changed is written at the latest after this time, several events of an execution in one line. */
const WRITE_AFTER_MS = 20;
/** The disk is told to keep what was written at most this often. */
const SYNC_EVERY_MS = 1_000;
const PRIVATE = 0o600;

/**
 * A journal in a file: one line of JSON for each batch of events of an execution, only ever appended. Opening it
 * writes it anew, one line for each execution: those that had not ended have failed with `Local.ServerStopped`, and
 * the oldest beyond `maxEnded` are gone. Lines that cannot be read go to `<file>.damaged`.
 *
 * What is written survives the death of the process at once, because the operating system has it. It is synced to the
 * disk once a second and not with every line: only a machine that loses its power can lose the last second, and the
 * simulated account whose executions these are does not outlive the process anyway.
 */
export function openJournal(file: string, options: JournalOptions): OpenJournal {
  compact(file, options);
  const descriptor = openSync(file, 'a', PRIVATE);
  const written = new WeakMap<JournaledExecution, number>();
  const dirty = new Set<JournaledExecution>();
  let timer: NodeJS.Timeout | undefined;
  let sync: NodeJS.Timeout | undefined;
  let torn = false;
  let closed = false;
  let told = '';

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (dirty.size === 0) return;
    for (const execution of dirty) {
      const line = toJournalLine(execution, written.get(execution) ?? 0);
      const count = execution.history.length;
      try {
        // A line of which only a part could be written stands alone: the next begins on a line of its own.
        writeAll(descriptor, torn ? `\n${line}` : line);
        torn = false;
      } catch (error) {
        torn = true;
        throw error;
      }
      written.set(execution, count);
      dirty.delete(execution);
      told = '';
    }
    sync ??= setTimeout(() => {
      sync = undefined;
      fdatasync(descriptor, () => undefined);
    }, SYNC_EVERY_MS).unref();
  };
  const flushLater = (): void => {
    timer ??= setTimeout(() => {
      try {
        flush();
      } catch (error) {
        const message = `Executions cannot be written to ${file}: ${(error as Error).message}`;
        if (message !== told) options.onProblem(message);
        told = message;
        flushLater();
      }
    }, WRITE_AFTER_MS).unref();
  };

  return {
    earlier: () => executionsIn(file),
    changed(execution) {
      // What still happens in a process that is about to end has not happened for the next.
      if (closed) return;
      dirty.add(execution);
      flushLater();
    },
    flush,
    close() {
      try {
        flush();
        fsyncSync(descriptor);
      } finally {
        closed = true;
        dirty.clear();
        clearTimeout(timer);
        clearTimeout(sync);
        closeSync(descriptor);
      }
    },
  };
}

function* executionsIn(file: string): Generator<JournaledExecution & { readonly end: ExecutionEnd }> {
  for (const { text } of readLines(file)) {
    const line = readJournalLine(text);
    if (line?.end === undefined) return;
    const { workflow: workflowId, execution: executionName, events: history, end } = line;
    yield { workflowId, executionName, history, end };
  }
}

/** Puts a new file in the old one's place; whenever the process dies, one of the two stands there whole. */
function compact(file: string, { maxEnded = 10_000, onProblem, now }: JournalOptions): void {
  const { ended, unfinished, damaged } = readJournal(file, (execution) => toJournalLine(execution, 0));
  for (const { line, message } of damaged) onProblem(`Line ${line} of ${basename(file)} ${message}`);
  if (damaged.length > 0) {
    const lines = damaged.map(({ text }) => `${text}\n`).join('');
    appendFileSync(`${file}.damaged`, lines, { mode: PRIVATE });
  }
  const stopped = unfinished.map((execution) => toJournalLine(serverStopped(execution, now()), 0));
  const kept = Math.max(0, maxEnded - stopped.length);
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w', PRIVATE);
  try {
    for (const line of kept === 0 ? [] : ended.slice(-kept)) writeAll(descriptor, line);
    for (const line of stopped) writeAll(descriptor, line);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
  syncFolder(dirname(file));
}

/** The new name is on the disk as well. Not every system can sync a folder; then it is kept as the system likes. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(join(folder, '.'), 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {}
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let start = 0; start < bytes.byteLength; ) start += writeSync(descriptor, bytes, start);
}
