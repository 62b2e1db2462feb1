import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExecutionJournal } from './execution-journal.ts';
import { lockFolder } from './folder-lock.ts';
import { readOrMakeKey } from './key-file.ts';
import { openJournal } from './open-journal.ts';

/** What a local server keeps from one start to the next. */
export interface StateFolder {
  readonly journal: ExecutionJournal;
  /** What execution ids are signed with: with another key, nobody could ask for them again. */
  readonly key: Uint8Array;
  /** Writes the rest and lets other servers have the folder. */
  close(): void;
}

/**
 * Opens a folder for this process alone, and makes it where there is none. It holds `key`, `executions.jsonl` and
 * `lock`; all of it is readable by its owner alone, because executions hold what they were started with.
 * Throws `FolderInUse` and `KeyDamaged`.
 * @param onProblem is told what could not be read or written
 */
export function openStateFolder(folder: string, onProblem: (message: string) => void): StateFolder {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(path);
  try {
    const key = readOrMakeKey(join(path, 'key'));
    const journal = openJournal(join(path, 'executions.jsonl'), { onProblem, now: Date.now });
    return {
      key,
      journal,
      close() {
        try {
          journal.close();
        } finally {
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
