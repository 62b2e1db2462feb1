import type { Position, Span } from '../diagnostics/diagnostic.ts';

/** Offsets of the first character of each line; lines end with LF or CR LF, as in YAML. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The span between two offsets; `from` up to, not including, `to`. */
export function spanBetween(starts: readonly number[], from: number, to: number): Span {
  return { start: positionOf(starts, from), end: positionOf(starts, Math.max(from, to)) };
}

function positionOf(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
