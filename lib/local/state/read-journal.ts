import { existsSync } from 'node:fs';
import type { HistoryEvent } from '../../engine/execution.ts';
import type { ExecutionEnd, JournaledExecution } from './execution-journal.ts';
import { readJournalLine } from './journal-line.ts';
import { readLines } from './read-lines.ts';

/** A line that cannot be read, or that belongs to an execution of which something is missing before it. */
export interface DamagedLine {
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

export interface ReadJournal {
  /** Those that ended, in the order of their ends, each as one line that holds all of it. */
  readonly ended: readonly string[];
  /** Those that did not end, in the order of their starts. */
  readonly unfinished: readonly JournaledExecution[];
  readonly damaged: readonly DamagedLine[];
}

interface Growing {
  readonly workflowId: string;
  readonly executionName: string;
  readonly history: HistoryEvent[];
  readonly end: ExecutionEnd | undefined;
}

/**
 * Reads a journal; an absent file is an empty one. A last line that was cut short is what a killed process leaves
 * behind, and no damage: what it said had been told to nobody.
 * @param toLine how an execution that has ended is kept
 */
export function readJournal(file: string, toLine: (execution: JournaledExecution) => string): ReadJournal {
  const running = new Map<string, Growing>();
  const ended = new Map<string, string>();
  const damaged: DamagedLine[] = [];
  for (const { number, text, complete } of existsSync(file) ? readLines(file) : []) {
    const line = readJournalLine(text);
    if (line === undefined) {
      if (complete && text !== '') damaged.push({ line: number, text, message: 'cannot be read' });
      continue;
    }
    const { workflow: workflowId, execution: executionName, events, end } = line;
    const key = JSON.stringify([workflowId, executionName]);
    const known = running.get(key) ?? { workflowId, executionName, history: [], end: undefined };
    const next = events[0]?.id;
    if (next !== undefined && next !== (known.history.at(-1)?.id ?? 0) + 1) {
      damaged.push({ line: number, text, message: `events of ${executionName} are missing before it` });
    }
    for (const event of events) known.history.push(event);
    if (end === undefined) {
      running.set(key, known);
      continue;
    }
    running.delete(key);
    ended.set(key, toLine({ ...known, end }));
  }
  return { ended: [...ended.values()], unfinished: [...running.values()], damaged };
}
