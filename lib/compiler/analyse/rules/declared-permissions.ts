import type { Catalog } from '../../../catalog/catalog.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { Rule } from '../analysis.ts';

const AT = ['security', 'required_permissions'] as const;

/** `required_permissions` is exactly what the calls need: nothing missing, nothing more, nothing that IAM does not have. */
export const declaredPermissions: Rule = ({ parsed, catalog, steps }, report) => {
  const declared = parsed.workflow.security.required_permissions;
  const has = (action: string): boolean => declared.some((name) => name.toLowerCase() === action.toLowerCase());
  const { line } = parsed.locateKey(AT).start;
  for (const step of steps) {
    for (const { action, reason } of step.permissions.filter((permission) => !has(permission.action))) {
      report({
        code: 'WF4001',
        path: [
          ...step.path,
          step.waiter !== undefined ? 'waiter' : step.callSource?.action === undefined ? 'intent' : 'action',
        ],
        message: `${reason}, which needs ${action}; required_permissions (line ${line}) does not have it`,
        hint: `add - "${action}" to security.required_permissions`,
      });
    }
  }
  const needed = new Set(steps.flatMap((step) => step.permissions).map(({ action }) => action.toLowerCase()));
  // While a step is not resolved, nobody knows what it will need.
  const complete = steps.every((step) => step.call !== undefined || step.callSource === undefined);
  for (const [index, name] of declared.entries()) {
    const path = [...AT, index];
    if (catalog.iamAction(name) === undefined) {
      report({ code: 'WF4003', path, message: `IAM has no action ${name}`, hint: hintForUnknown(name, catalog) });
    } else if (complete && !needed.has(name.toLowerCase())) {
      const hint = 'remove it, or add the step that needs it';
      report({ code: 'WF4002', path, message: `no step needs the permission ${name}`, hint });
    }
  }
};

/** An operation is easily taken for an action: `s3:HeadBucket` is allowed by `s3:ListBucket`. */
function hintForUnknown(name: string, catalog: Catalog): string {
  const [prefix = '', action = ''] = name.split(':');
  const operation = catalog.service(prefix)?.operation(action);
  const [needed] = operation?.iamActions ?? [];
  if (needed !== undefined) return `${action} is an operation; the permission it needs is ${needed}`;
  const guess = didYouMean(name, catalog.iamActionNames(prefix));
  if (guess !== undefined) return `did you mean ${guess}?`;
  return catalog.iamActionNames(prefix).length === 0
    ? `IAM has no service prefix "${prefix}"`
    : `see the actions of ${prefix} in the AWS Service Authorization Reference`;
}
