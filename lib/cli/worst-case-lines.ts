import type { WorstCase } from '../compiler/worst-case.ts';

/** The most that a run can take and cost. */
export function worstCaseLines({
  seconds,
  may_be_cut: cut,
  transitions,
  usd,
  per_entry: entries,
}: WorstCase): readonly string[] {
  return [
    `At most ${seconds} seconds${cut ? '; its pauses can take longer, and a run is stopped then, even half-way' : ''}`,
    `At most ${transitions} state transitions, about $${usd.toFixed(6)} (an estimate, for us-east-1)`,
    ...entries.map(
      (one) => `  and for each entry of ${one.step} ${one.seconds} seconds and ${one.transitions} transitions more`,
    ),
  ];
}
