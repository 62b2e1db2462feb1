import { effectOf, riskOf } from '../../risk.ts';
import type { Rule } from '../analysis.ts';
import { addsOnly } from '../safety/adds-only.ts';

/** A workflow stays under the ceiling of the tier whose folder it stands in. */
export const tierCeiling: Rule = ({ parsed, tier, ceiling, catalog, steps }, report) => {
  const { max_duration: maxDuration } = parsed.workflow.security;
  const code = 'WF4004';
  if (maxDuration > ceiling.maxDurationSeconds) {
    report({
      code,
      path: ['security', 'max_duration'],
      message: `${maxDuration} seconds are more than the ${ceiling.maxDurationSeconds} that the ${tier} tier allows`,
      hint: 'lower max_duration, or move the workflow to a tier that allows it',
    });
  }
  for (const step of steps) {
    for (const { action: name } of step.permissions) {
      const action = catalog.iamAction(name);
      if (action === undefined) continue;
      const at = { code, path: [...step.path, 'id'], hint: 'move the workflow to a tier that allows it' } as const;
      if (!ceiling.permissionsManagement && action.accessLevel === 'Permissions management') {
        report({ ...at, message: `${name} manages permissions, which the ${tier} tier does not allow` });
      } else if (!ceiling.destructiveCalls && effectOf(action) === 'destructive') {
        report({ ...at, message: `${name} destroys or interrupts something, which the ${tier} tier does not allow` });
      } else if (!ceiling.changingCalls && !addsOnly(action)) {
        const message = `${name} can change what is there; the ${tier} tier allows only calls that read or add`;
        report({ ...at, message });
      }
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
