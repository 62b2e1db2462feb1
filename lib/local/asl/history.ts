import type { HistoryEvent } from '../../engine/execution.ts';
import { Aborted, StateFailure } from './state-failure.ts';

/** Quota of Step Functions; the event that ends the execution is the last of them. */
const MAX_EVENTS = 25_000;

export interface History {
  readonly events: readonly HistoryEvent[];
  /** Adds an event and gives back its id. Throws {@link Aborted} once the history has ended. */
  append(type: string, previousEventId: number, details?: Readonly<Record<string, unknown>>): number;
  /** Adds the last event; nothing can follow it. */
  end(type: string, previousEventId: number, details: Readonly<Record<string, unknown>>): void;
}

/**
 * An empty history whose events carry the time that `now` gives, in milliseconds since the epoch. `onEvent` is called
 * after each.
 */
export function createHistory(now: () => number, onEvent?: () => void): History {
  const events: HistoryEvent[] = [];
  let ended = false;
  let time = Number.NaN;
  let timestamp = '';
  // Many events share a moment, above all in virtual time.
  const stamp = (): string => {
    if (now() !== time) {
      time = now();
      timestamp = new Date(time).toISOString();
    }
    return timestamp;
  };
  const add = (type: string, previousEventId: number, details: Readonly<Record<string, unknown>>): number => {
    const id = events.length + 1;
    events.push({ timestamp: stamp(), type, id, previousEventId, ...details });
    onEvent?.();
    return id;
  };
  return {
    events,
    append(type, previousEventId, details = {}) {
      if (ended) throw new Aborted();
      if (events.length >= MAX_EVENTS - 1) {
        throw new StateFailure(
          'States.Runtime',
          `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
        );
      }
      return add(type, previousEventId, details);
    },
    end(type, previousEventId, details) {
      if (ended) return;
      ended = true;
      add(type, previousEventId, details);
    },
  };
}

/** Data in an event is JSON text, beside whether AWS cut it short. */
export function eventData(
  key: 'input' | 'output',
  value: unknown,
  text: string = JSON.stringify(value),
): Readonly<Record<string, unknown>> {
  return { [key]: text, [`${key}Details`]: { truncated: false } };
}

/** `error` and `cause` as events and executions carry them: left out where there is none. */
export function errorDetails(failure: { readonly error: string | undefined; readonly reason: string | undefined }): {
  readonly error?: string;
  readonly cause?: string;
} {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.reason === undefined ? {} : { cause: failure.reason }),
  };
}
