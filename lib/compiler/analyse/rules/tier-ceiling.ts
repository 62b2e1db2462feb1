import { riskOf } from '../../risk.ts';
import { aboveCeiling } from '../../within-ceiling.ts';
import type { Rule } from '../analysis.ts';
import { timeForAnswers } from '../time-for-answers.ts';

/** A workflow stays under the ceiling of the tier whose folder it stands in. */
export const tierCeiling: Rule = ({ parsed, tier, ceiling, catalog, steps }, report) => {
  const { max_duration: maxDuration } = parsed.workflow.security;
  const code = 'WF4004';
  // What a tier bounds is work; while a run waits for a person it does none.
  const wait = timeForAnswers(steps);
  if (maxDuration - wait > ceiling.maxDurationSeconds) {
    const besides = wait === 0 ? '' : ` besides the ${wait} for answers`;
    report({
      code,
      path: ['security', 'max_duration'],
      message: `${maxDuration} seconds are more than the ${ceiling.maxDurationSeconds} that the ${tier} tier allows${besides}`,
      hint: 'lower max_duration, or move the workflow to a tier that allows it',
    });
  }
  for (const step of steps) {
    for (const permission of step.permissions) {
      const { action } = permission;
      const above = aboveCeiling(permission, ceiling, catalog);
      if (above === undefined) continue;
      const beyond =
        above === 'can change what is there'
          ? `; the ${tier} tier allows only calls that read or add`
          : `, which the ${tier} tier does not allow`;
      report({
        code,
        path: [...step.path, 'id'],
        message: `${action} ${above}${beyond}`,
        hint: 'move the workflow to a tier that allows it',
      });
    }
  }
  const risk = riskOf(
    steps.flatMap((step) => step.permissions),
    catalog,
  );
  if (risk.score <= ceiling.maxRiskScore) return;
  report({
    code,
    path: ['security', 'required_permissions'],
    atKey: true,
    message: `the risk score is ${risk.score}, the ${tier} tier allows ${ceiling.maxRiskScore}`,
    hint: `what counts most is ${risk.reasons[0] ?? ''}`,
  });
};
