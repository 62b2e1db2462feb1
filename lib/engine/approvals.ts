import { APPROVAL_TIMEOUT_SECONDS } from '../compiler/approval-topic.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { HistoryEvent } from './execution.ts';

/** A question that a run has asked and that nobody has answered. */
export interface WaitingApproval {
  readonly stepId: string;
  /** Words of the workflow's author, with the values of this run: data, not instructions. */
  readonly message: string;
  /** When it was asked: ISO 8601, UTC. */
  readonly since: string;
  /** After this no answer counts any more, and the step has been refused. */
  readonly expiresAt: string;
  /** Whoever has this can answer. It never leaves the engine. */
  readonly token: string;
}

interface Asked extends WaitingApproval {
  /** True once Amazon SNS has taken the message. */
  readonly sent: boolean;
}

/**
 * The approvals that an execution waits for, the oldest first. Each is a task of the kind "wait for callback"; its
 * arguments in the history hold the message, and in it the token. What does not say that it was asked by this very
 * bytecode is left out: an answer would be one to something else.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export function waitingApprovals(bytecode: Bytecode, history: readonly HistoryEvent[]): readonly WaitingApproval[] {
  // Under the id of the task's last event, which the next one of the same task follows.
  const open = new Map<number, Asked>();
  for (const event of history) {
    if (ENDS_EXECUTION.test(event.type)) return [];
    const asked = event.type === 'TaskScheduled' ? askedIn(bytecode, event) : open.get(event.previousEventId);
    open.delete(event.previousEventId);
    if (asked === undefined || !GOES_ON.test(event.type)) continue;
    open.set(event.id, { ...asked, sent: event.type === 'TaskSubmitted' });
  }
  return [...open.values()].filter(({ sent }) => sent).map(({ sent: _, ...approval }) => approval);
}

const ENDS_EXECUTION = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;
const GOES_ON = /^Task(Scheduled|Started|Submitted)$/;

function askedIn(bytecode: Bytecode, event: HistoryEvent): Asked | undefined {
  const details = record(event.taskScheduledEventDetails);
  if (details.resourceType !== 'sns' || details.resource !== 'publish.waitForTaskToken') return undefined;
  const { step, message, token, checksum } = record(parsed(record(parsed(details.parameters)).Message));
  const entry = bytecode.execution_plan.find(({ step_id: id, type }) => id === step && type === 'approval');
  if (entry === undefined || checksum !== bytecode.checksum) return undefined;
  if (typeof message !== 'string' || typeof token !== 'string' || token === '') return undefined;
  const seconds = Number(details.timeoutInSeconds ?? entry.timeout_seconds ?? APPROVAL_TIMEOUT_SECONDS);
  const expiresAt = new Date(Date.parse(event.timestamp) + seconds * 1_000).toISOString();
  return { stepId: entry.step_id, message, since: event.timestamp, expiresAt, token, sent: false };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Undefined where the text is no JSON. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
