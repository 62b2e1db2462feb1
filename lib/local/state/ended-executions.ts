import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Execution } from '../../engine/execution.ts';
import type { JournaledExecution } from './execution-journal.ts';

/** Executions that have ended, the newest of them, by a key. */
export interface EndedExecutions {
  add(key: string, execution: JournaledExecution): void;
  get(key: string): Execution | undefined;
}

/** Whoever started one asks how it ended soon after; so many stay as they are. */
const RECENT = 256;

/** Kept packed, a small part of what the objects take: most are never asked for again. */
export function createEndedExecutions(max: number): EndedExecutions {
  const packed = new Map<string, Uint8Array>();
  const recent = new Map<string, Execution>();
  return {
    add(key, execution) {
      const ended = toExecution(execution);
      recent.delete(key);
      recent.set(key, ended);
      for (const oldest of recent.keys()) {
        if (recent.size <= Math.min(max, RECENT)) break;
        recent.delete(oldest);
      }
      packed.delete(key);
      packed.set(key, pack(ended));
      for (const oldest of packed.keys()) {
        if (packed.size <= max) return;
        packed.delete(oldest);
      }
    },
    get(key) {
      const ended = recent.get(key);
      if (ended !== undefined) return ended;
      const bytes = packed.get(key);
      return bytes === undefined ? undefined : unpack(bytes);
    },
  };
}

function pack(execution: Execution): Uint8Array {
  // A copy: the buffer that zlib gives is a piece of a larger one.
  return Uint8Array.from(deflateRawSync(JSON.stringify(execution), { level: 1 }));
}

function unpack(bytes: Uint8Array): Execution {
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as Execution;
}

/** An execution as its history and its end tell it. */
export function toExecution({ history, end }: JournaledExecution): Execution {
  const [first] = history;
  const { input } = (first?.executionStartedEventDetails ?? {}) as { readonly input?: string };
  return {
    status: 'RUNNING',
    startedAt: first?.timestamp ?? end?.stoppedAt ?? '',
    ...end,
    input: input === undefined ? null : JSON.parse(input),
    history: [...history],
  };
}
