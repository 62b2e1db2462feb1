import { APPROVAL_TIMEOUT_SECONDS } from '../approval-topic.ts';
import type { AnalysedStep } from './analysis.ts';

/** The most seconds that a run can wait for people: the sum over its approvals. */
export function timeForAnswers(steps: readonly AnalysedStep[]): number {
  return steps
    .filter(({ source }) => source.type === 'approval')
    .reduce((sum, { source }) => sum + (source.timeout ?? APPROVAL_TIMEOUT_SECONDS), 0);
}
