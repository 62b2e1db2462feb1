import { IAM_OVERRIDES } from '../iam-overrides.ts';
import type { IamData } from '../service-data.ts';

/**
 * The IAM actions that an operation needs: its override's, else the action of its own name. Empty where unknown.
 * @throws when an override names an action that IAM does not have
 */
export function iamActionsOf(iam: IamData, iamPrefix: string, operation: string): string[] {
  const targets = IAM_OVERRIDES[iamPrefix]?.[operation];
  if (targets === undefined) {
    const same = findAction(iam, iamPrefix, operation);
    return same === undefined ? [] : [`${iamPrefix}:${same}`];
  }
  return targets.map((target) => {
    const [prefix, name] = target.includes(':') ? target.split(':') : [iamPrefix, target];
    if (prefix === undefined || name === undefined || findAction(iam, prefix, name) !== name) {
      throw new Error(`IAM override ${iamPrefix}:${operation}: there is no action ${target}`);
    }
    return `${prefix}:${name}`;
  });
}

/** Fails on an override for an operation of a configured service that the service does not have. */
export function checkOverrides(iamPrefix: string, operations: readonly string[]): void {
  const unknown = Object.keys(IAM_OVERRIDES[iamPrefix] ?? {}).filter((operation) => !operations.includes(operation));
  if (unknown.length > 0) throw new Error(`IAM overrides of ${iamPrefix} for no operation: ${unknown.join(', ')}`);
}

const findAction = (iam: IamData, prefix: string, name: string): string | undefined =>
  Object.keys(iam[prefix]?.actions ?? {}).find((action) => action.toLowerCase() === name.toLowerCase());
