export interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Sleepers by the time they wake; of those that wake at the same time, the one that fell asleep first is first. */
export interface SleepQueue {
  /** The function that it gives back takes the sleeper away again. */
  add(sleeper: Sleeper): () => void;
  first(): Sleeper | undefined;
  readonly size: number;
}

interface Entry {
  readonly wakesAt: number;
  readonly order: number;
  sleeper: Sleeper | undefined;
}

/** A binary heap. Who was taken away stays in it as an empty entry until its time comes. */
export function createSleepQueue(): SleepQueue {
  const heap: Entry[] = [];
  let order = 0;
  let size = 0;
  const dropEmpty = (): void => {
    while (heap[0] !== undefined && heap[0].sleeper === undefined) removeFirst(heap);
  };
  return {
    add(sleeper) {
      order += 1;
      const entry: Entry = { wakesAt: sleeper.wakesAt, order, sleeper };
      push(heap, entry);
      size += 1;
      return () => {
        if (entry.sleeper === undefined) return;
        entry.sleeper = undefined;
        size -= 1;
        dropEmpty();
      };
    },
    first: () => heap[0]?.sleeper,
    get size() {
      return size;
    },
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.wakesAt < b.wakesAt || (a.wakesAt === b.wakesAt && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as Entry;
    if (!isBefore(entry, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) break;
    const [child, next] = b !== undefined && isBefore(b, a) ? [b, left + 1] : [a, left];
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = next;
  }
  heap[at] = last;
}
