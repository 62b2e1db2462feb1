import type { Rule } from '../analysis.ts';
import { timeForAnswers } from '../time-for-answers.ts';

/**
 * `max_duration` is longer than all approvals together may wait. Step Functions ends a run that is over its time at
 * once, so that nothing would be undone: a question that outlasts the run would leave it half done.
 * https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html (TimeoutSeconds)
 */
export const timeToAnswer: Rule = ({ parsed, steps }, report) => {
  const { security } = parsed.workflow;
  const wait = timeForAnswers(steps);
  if (wait === 0 || security.max_duration > wait) return;
  const [first] = steps.filter(({ source }) => source.type === 'approval');
  report({
    code: 'WF5005',
    path: ['security', 'max_duration'],
    message: `the answers may take ${wait} seconds, but the run is stopped after ${security.max_duration}`,
    hint: `raise max_duration to ${wait} and the time that the other steps need, or give step "${first?.id}" a shorter timeout`,
  });
};
