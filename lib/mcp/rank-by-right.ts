import type { RunBarrier } from '../engine/may-run.ts';

/** What two scores may differ by and still say that both fit as well. */
const EQUALLY_GOOD = 0.02;

/**
 * Puts what the caller may run before what fits equally well and may not be run by them. What fits clearly better stays
 * in front, whoever may run it; nothing is left out, and among equals the order stays as it was.
 */
export function rankByRight<Match extends { readonly score: number; readonly barrier: RunBarrier | undefined }>(
  matches: readonly Match[],
): readonly Match[] {
  const worth = ({ score, barrier }: Match): number => score - (barrier === undefined ? 0 : EQUALLY_GOOD);
  return [...matches].sort((left, right) => worth(right) - worth(left));
}
