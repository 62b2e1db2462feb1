import type { HistoryEvent } from '../../lib/engine/execution.ts';
import { joinedSteps, stoppedAt } from '../../lib/engine/joined-steps.ts';

const failed = (state: string, location: string): HistoryEvent => ({
  id: 3,
  previousEventId: 2,
  timestamp: '2026-01-01T00:00:00.000Z',
  type: 'EvaluationFailed',
  evaluationFailedEventDetails: { error: 'States.QueryEvaluationError', state, location },
});

describe('a state that decides several steps', () => {
  it('has all their names', () => {
    expect(joinedSteps('small and even and positive')).toEqual(['small', 'even', 'positive']);
    expect(joinedSteps('small')).toEqual(['small']);
  });

  it.each<[string, string | undefined, readonly HistoryEvent[], number | undefined]>([
    ['where a step failed, whose state follows', 'even failed', [], 1],
    ['nowhere where another state follows', 'look', [], undefined],
    ['nowhere while nothing follows', undefined, [], undefined],
    ['where a condition could not be told', undefined, [failed('small and even', 'Choices[1]/Condition')], 1],
    ['not where another state could not be told', 'look', [failed('other', 'Choices[1]/Condition')], undefined],
    ['not where it is no rule that could not be told', undefined, [failed('small and even', 'Output')], undefined],
  ])('stopped %s', (_, next, history, place) => {
    expect(stoppedAt('small and even', next, history)).toBe(place);
  });
});
