import { escapeInvisible, shorten } from './show-value.ts';

/** Longer words are not typing mistakes of one another, and would be slow to compare. */
const MAX_WORD_LENGTH = 128;

/**
 * The candidate that `word` most likely meant, or `undefined` where none is near: at most one mistake in three
 * characters. A candidate that differs only in case, hyphens and underscores always wins; ties go to the first.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word === '' || word.length > MAX_WORD_LENGTH) return undefined;
  const folded = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const other = fold(candidate);
    if (other === folded) return candidate;
    if (Math.abs(other.length - folded.length) >= bestDistance || candidate.length > MAX_WORD_LENGTH) continue;
    const distance = editDistance(folded, other, bestDistance);
    // Two words of one or two letters share nothing when every letter differs.
    if (distance < bestDistance && distance < Math.max(folded.length, other.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `a, b, c and 4 more`: names in the order given, made safe to show; `none` where there are none. */
export function listNames(names: readonly string[], max = 8): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, max).map((name) => shorten(escapeInvisible(name)));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
 * Gives `limit` as soon as the distance cannot be less.
 */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
