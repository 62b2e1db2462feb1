import { type Check, isDeclared, list, ownActionsOf } from './refusal.ts';

/** Step Functions can make the call. */
export const stepFunctionsCanCall: Check = ({ best }) => {
  const why = best.fit.indexed.operation.unsupportedByStepFunctions;
  if (why === undefined) return undefined;
  return { reason: 'unsupported-by-step-functions', message: `Step Functions cannot call ${best.name}: ${why}` };
};

/** Its permission can be proved. */
export const actionIsKnown: Check = ({ best, catalog }) => {
  const { name, iamActions } = best.fit.indexed.operation;
  if (iamActions.length > 0 && iamActions.every((action) => catalog.iamAction(action) !== undefined)) return undefined;
  return {
    reason: 'unknown-iam-action',
    message: `The IAM action that ${name} needs is not known, so its permission cannot be proved.`,
  };
};

/** The author's permissions, where given, are a second witness of what is meant. */
export const actionIsDeclared: Check = (question) => {
  const { best, ranked, request } = question;
  if (request.requiredPermissions === undefined || isDeclared(best, question)) return undefined;
  const other = ranked.slice(1, 6).find((rival) => isDeclared(rival, question));
  const needs = list(ownActionsOf(best, question));
  return {
    reason: 'action-not-among-required-permissions',
    message:
      `The intent was understood as ${best.name}, which needs ${needs}; required_permissions does not have it` +
      `${other === undefined ? '.' : `, but has ${list(ownActionsOf(other, question))}, which ${other.name} would need.`}`,
    advice: `add ${needs} to required_permissions${other === undefined ? '' : `, or say in the intent that ${other.name} is meant`}`,
  };
};
