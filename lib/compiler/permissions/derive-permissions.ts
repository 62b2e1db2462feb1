import type { Catalog, IamAction, ResourceType } from '../../catalog/catalog.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { ResolvedCall } from '../analyse/analysis.ts';
import type { Permission } from '../bytecode.ts';
import { dependentActionsOf } from './dependent-actions.ts';
import { linkResource } from './link-resources.ts';
import { valuePatterns } from './value-pattern.ts';

/** What a step's call must be allowed to do: the call's own actions, and those that its bound members bring along. */
export function derivePermissions(
  stepId: string,
  call: ResolvedCall,
  catalog: Catalog,
  parameters: readonly ParameterSource[],
): readonly Permission[] {
  const own = call.operation.iamActions.map((name) => ({
    name,
    reason: `step ${stepId} calls ${call.service.name}:${call.operation.name}`,
  }));
  const dependent = dependentActionsOf(call, catalog).map(({ action, member }) => ({
    name: action,
    reason: `step ${stepId} gives ${member} to ${call.service.name}:${call.operation.name}`,
  }));
  return [...own, ...dependent].map(({ name, reason }) => {
    const action = catalog.iamAction(name);
    if (action === undefined)
      throw new Error(`The catalog maps ${call.operation.name} to ${name}, which IAM does not have`);
    return { action: action.name, resources: resourcesOf(action, call, catalog, parameters), reason };
  });
}

/**
 * The resources of an action: all its required types, and those optional ones that a given member names. Where IAM
 * marks none as required they are alternatives (a bucket, or an access point to it).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
function resourcesOf(
  action: IamAction,
  call: ResolvedCall,
  catalog: Catalog,
  parameters: readonly ParameterSource[],
): readonly string[] {
  const [prefix = ''] = action.name.split(':');
  const types = action.resourceTypes.map(({ name, required }) => {
    const type = catalog.resourceType(prefix, name);
    if (type === undefined)
      throw new Error(`IAM's data names resource type ${name} of ${action.name} but does not define it`);
    return { required, type, named: namedResources(type, call, prefix, parameters) };
  });
  const needed = types.filter(({ required, named }) => required || named !== undefined);
  const resources = (needed.length > 0 ? needed : types).flatMap(({ type, named }) => named ?? [fillArn(type, {})]);
  // `*` only where IAM knows no resource type for the action.
  return resources.length === 0 ? ['*'] : [...new Set(resources)].sort();
}

/** The resources of a type that a given member names; `undefined` where none does. */
function namedResources(
  type: ResourceType,
  call: ResolvedCall,
  prefix: string,
  parameters: readonly ParameterSource[],
): readonly string[] | undefined {
  const link = linkResource(call.operation, type, prefix);
  const value = link === undefined ? undefined : call.members.get(link.member);
  if (link === undefined || value === undefined) return undefined;
  const { variable } = link;
  if (variable === undefined) return [fillArn(type, {})];
  return valuePatterns(value, parameters).map((pattern) => fillArn(type, { [variable]: pattern }));
}

/** The ARN with what is known filled in; partition, region and account stay open, all else is a wildcard. */
function fillArn(type: ResourceType, known: Readonly<Record<string, string>>): string {
  return type.arn.replace(/\$\{(\w+)\}/g, (placeholder, variable: string) =>
    ['Partition', 'Region', 'Account'].includes(variable) ? placeholder : (known[variable] ?? '*'),
  );
}
