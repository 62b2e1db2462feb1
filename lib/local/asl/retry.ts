import type { Retrier } from './definition.ts';
import type { StateFailure } from './state-failure.ts';

/**
 * Whether an `ErrorEquals` list names the failure. `States.ALL` stands for every error but the two that end an
 * execution regardless, `States.TaskFailed` for all of those but a timeout.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function errorMatches(names: readonly string[], failure: StateFailure): boolean {
  if (failure.terminal) return false;
  return names.some((name) => {
    if (name === failure.error) return true;
    if (failure.error === 'States.DataLimitExceeded') return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && failure.error !== 'States.Timeout');
  });
}

export interface Retries {
  /** Milliseconds to wait before the next attempt, or undefined where the failure is not to be retried. */
  after(failure: StateFailure): number | undefined;
}

/** Retriers of one visit to a state: each counts its own attempts, the first that matches decides. */
export function createRetries(retriers: readonly Retrier[], random: () => number): Retries {
  const attempts = new Map<Retrier, number>();
  return {
    after(failure) {
      const retrier = retriers.find((candidate) => errorMatches(candidate.ErrorEquals, failure));
      if (retrier === undefined) return undefined;
      const made = attempts.get(retrier) ?? 0;
      if (made >= (retrier.MaxAttempts ?? 3)) return undefined;
      attempts.set(retrier, made + 1);
      return delayMilliseconds(retrier, made, random);
    },
  };
}

function delayMilliseconds(retrier: Retrier, made: number, random: () => number): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const jitter = retrier.JitterStrategy === 'FULL' ? random() : 1;
  return Math.round(seconds * jitter * 1000);
}
