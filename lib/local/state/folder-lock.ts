import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process that still runs has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly hint = 'stop that server, or give this one a folder of its own: --state <folder>, or --no-state';

  constructor(folder: string, pid: number) {
    super(`The state folder ${folder} is in use by another server, process ${pid}`);
  }
}

/** Who has a lock. A number of a process is used again after its end; its start time tells the two apart. */
interface Holder {
  readonly pid: number;
  /** As the system counts it; empty where it does not tell. */
  readonly started: string;
}

/**
 * Takes the folder for this process; the function it gives back lets go of it. A lock whose process is gone is taken
 * over. Throws {@link FolderInUse}.
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, 'lock');
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  const draft = join(folder, `lock.${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      if (isTaken(() => linkSync(draft, lock))) {
        const text = readOrNone(lock);
        if (text === undefined) continue;
        const holder = readHolder(text);
        if (holder !== undefined && runs(holder)) throw new FolderInUse(folder, holder.pid);
        moveAway(lock, text, folder);
      } else return () => rmSync(lock, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link appears with its content, all at once, and only for the first who makes it. */
function isTaken(link: () => void): boolean {
  try {
    link();
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
    throw error;
  }
}

/** Of several that find the same stale lock, one takes it away; a new lock that stands there instead is put back. */
function moveAway(lock: string, stale: string, folder: string): void {
  const away = join(folder, `lock.${randomUUID()}`);
  try {
    renameSync(lock, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readOrNone(away) !== stale) isTaken(() => linkSync(away, lock));
  rmSync(away, { force: true });
}

function runs({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Without the right to signal it, it still runs.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startOf(pid) === started;
}

/** When a process started, in the system's own terms: field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function startOf(pid: number): string {
  const stat = readOrNone(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses, which may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function readHolder(text: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && typeof started === 'string' ? { pid: Number(pid), started } : undefined;
  } catch {
    return undefined;
  }
}

function readOrNone(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
