import { IAM_OVERRIDES } from '../iam-overrides.ts';
import type { IamData, ServiceEntry } from '../service-data.ts';
import type { SchemaOperation } from './read-schemas.ts';

/**
 * The IAM actions that an operation needs: its override's, else the action of its own name. Empty where unknown.
 * API Gateway names its own actions after HTTP methods ("Actions defined by Amazon API Gateway Management").
 * @throws when an override names an action that IAM does not have
 */
export function iamActionsOf(
  iam: IamData,
  { name: service, iamPrefix }: ServiceEntry,
  { name: operation, httpMethod }: SchemaOperation,
): string[] {
  const targets = IAM_OVERRIDES[service]?.[operation];
  if (targets === undefined) {
    const names = iamPrefix === 'apigateway' ? [operation, httpMethod ?? ''] : [operation];
    const action = names.map((name) => findAction(iam, iamPrefix, name)).find((found) => found !== undefined);
    return action === undefined ? [] : [`${iamPrefix}:${action}`];
  }
  return targets.map((target) => {
    const [prefix, name] = target.includes(':') ? target.split(':') : [iamPrefix, target];
    if (prefix === undefined || name === undefined || findAction(iam, prefix, name) !== name) {
      throw new Error(`IAM override ${service}:${operation}: there is no action ${target}`);
    }
    return `${prefix}:${name}`;
  });
}

/** Fails on an override for an operation that the service does not have. */
export function checkOverrides(service: string, operations: readonly string[]): void {
  const unknown = Object.keys(IAM_OVERRIDES[service] ?? {}).filter((operation) => !operations.includes(operation));
  if (unknown.length > 0) throw new Error(`IAM overrides of ${service} for no operation: ${unknown.join(', ')}`);
}

const findAction = (iam: IamData, prefix: string, name: string): string | undefined =>
  Object.keys(iam[prefix]?.actions ?? {}).find((action) => action.toLowerCase() === name.toLowerCase());
