import type { HistoryEvent } from './execution.ts';

/** The steps that a state decides together: `a and b` is the state of `a` and of `b`; other names are of one step. */
export function joinedSteps(state: string): readonly string[] {
  return state.split(' and ');
}

/**
 * Which of the steps that one state decides did not pass, by its place; nothing where all did. Its rules are asked in
 * the order of the steps, each for a failure: one holds, and its state follows, or one cannot be told.
 */
export function stoppedAt(
  state: string,
  next: string | undefined,
  history: readonly HistoryEvent[],
): number | undefined {
  const steps = joinedSteps(state);
  const failed = steps.findIndex((step) => next === `${step} failed`);
  if (failed >= 0) return failed;
  for (const { evaluationFailedEventDetails: details } of history) {
    const { state: name, location } = (details ?? {}) as { readonly state?: string; readonly location?: string };
    const [, rule] = (name === state && /^Choices\[(\d+)\]/.exec(location ?? '')) || [];
    if (rule !== undefined) return Number(rule);
  }
  return undefined;
}
