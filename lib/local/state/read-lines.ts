import { closeSync, openSync, readSync } from 'node:fs';

export interface Line {
  /** 1 for the first. */
  readonly number: number;
  readonly text: string;
  /** False for a last line whose writing was cut short. */
  readonly complete: boolean;
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** The lines of a file, one at a time: a file may be larger than a string can be. Throws where it cannot be read. */
export function* readLines(file: string): Generator<Line> {
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let parts: Buffer[] = [];
    let number = 0;
    for (;;) {
      const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) break;
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1 && end < length; end = chunk.indexOf(NEWLINE, start)) {
        parts.push(chunk.subarray(start, end));
        number += 1;
        yield { number, text: Buffer.concat(parts).toString('utf8'), complete: true };
        parts = [];
        start = end + 1;
      }
      // A copy: the next read overwrites the chunk.
      if (start < length) parts.push(Buffer.from(chunk.subarray(start, length)));
    }
    if (parts.length > 0) yield { number: number + 1, text: Buffer.concat(parts).toString('utf8'), complete: false };
  } finally {
    closeSync(descriptor);
  }
}
