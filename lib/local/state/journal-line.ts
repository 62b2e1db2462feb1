import type { HistoryEvent } from '../../engine/execution.ts';
import type { ExecutionEnd, JournaledExecution } from './execution-journal.ts';

/** A batch of events of one execution, in their order; `end` beside the last of them. */
export interface JournalLine {
  readonly workflow: string;
  readonly execution: string;
  readonly events: readonly HistoryEvent[];
  readonly end?: ExecutionEnd;
}

/** One line of the journal: what of the execution comes after its first `written` events. */
export function toJournalLine(execution: JournaledExecution, written: number): string {
  const { workflowId, executionName, history, end } = execution;
  const line: JournalLine = {
    workflow: workflowId,
    execution: executionName,
    events: history.slice(written),
    ...(end === undefined ? {} : { end }),
  };
  return `${JSON.stringify(line)}\n`;
}

const STATUSES: readonly unknown[] = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** `undefined` for text that is no line of a journal. */
export function readJournalLine(text: string): JournalLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { workflow, execution, events, end } = value;
  const wellFormed =
    typeof workflow === 'string' &&
    typeof execution === 'string' &&
    Array.isArray(events) &&
    events.every(isEvent) &&
    (end === undefined || (isObject(end) && STATUSES.includes(end.status) && isTime(end.stoppedAt)));
  return wellFormed ? (value as unknown as JournalLine) : undefined;
}

function isEvent(value: unknown): boolean {
  return isObject(value) && Number.isInteger(value.id) && typeof value.type === 'string' && isTime(value.timestamp);
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
