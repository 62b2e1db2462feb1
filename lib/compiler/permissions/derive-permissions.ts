import type { Catalog, IamAction } from '../../catalog/catalog.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { ResolvedCall } from '../analyse/analysis.ts';
import type { Permission } from '../bytecode.ts';
import { type BoundMember, boundMembersOf } from './bound-members.ts';
import { listedDependents, type NeededAction, neededActionsOf } from './dependent-actions.ts';
import { passedToService } from './passed-to-service.ts';
import { nounOfOperation, nounsOf } from './resource-nouns.ts';
import { memberResources, resourcesOf } from './resources-of.ts';

/**
 * What a step's call must be allowed to do: the call's own actions, and those that its bound members bring along.
 * @param declared actions that the author asks for; those that IAM lists as dependent on the call, but that no member
 * shows to be needed (the role in a task's definition), are granted because the author says so
 */
export function derivePermissions(
  stepId: string,
  call: ResolvedCall,
  catalog: Catalog,
  parameters: readonly ParameterSource[],
  declared: readonly string[] = [],
): readonly Permission[] {
  const scope = { call, catalog, parameters };
  const name = `${call.service.name}:${call.operation.name}`;
  const needed = neededActionsOf(call, boundMembersOf(call), catalog);
  const asked = listedDependents(call, catalog).filter(
    (action) =>
      declared.some((wanted) => wanted.toLowerCase() === action.toLowerCase()) &&
      !needed.some((other) => other.action === action),
  );
  return [
    ...needed.map((each) => {
      const reason =
        each.cause === undefined
          ? `step ${stepId} calls ${name}`
          : `step ${stepId} gives ${each.cause.path} to ${name}`;
      return { reason, ...toPermission(each, scope) };
    }),
    ...asked.map((action) => ({
      reason: `step ${stepId} calls ${name}, which can need it, and the author asks for it`,
      ...toPermission({ action, cause: undefined }, scope),
    })),
  ].map(({ action, resources, reason, condition }) => ({
    action,
    resources,
    reason,
    ...(condition === undefined ? {} : { condition }),
  }));
}

interface Scope {
  readonly call: ResolvedCall;
  readonly catalog: Catalog;
  readonly parameters: readonly ParameterSource[];
}

type Grant = Pick<Permission, 'action' | 'resources' | 'condition'>;

function toPermission({ action: name, cause }: NeededAction, scope: Scope): Grant {
  const { call, catalog } = scope;
  const action = catalog.iamAction(name);
  if (action === undefined)
    throw new Error(`The catalog maps ${call.operation.name} to ${name}, which IAM does not have`);
  if (action.name === 'iam:PassRole') return passRole(action, cause, scope);
  if (cause !== undefined && action.accessLevel === 'Tagging') return tagCreated(action, scope);
  if (cause !== undefined && action.name.startsWith('kms:')) {
    const resources = memberResources(action, 'key', cause, scope);
    return { action: action.name, resources, ...(action.name === 'kms:CreateGrant' ? { condition: FOR_SERVICE } : {}) };
  }
  return { action: action.name, resources: resourcesOf(action, scope) };
}

/**
 * The grants that a service asks for on the caller's behalf, and no others: the caller can give nobody else the key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
const FOR_SERVICE = { Bool: { 'kms:GrantIsForAWSResource': 'true' } } as const;

/** The role that the member names, to the one service that it is for. */
function passRole(action: IamAction, cause: BoundMember | undefined, scope: Scope): Grant {
  const { service, operation } = scope.call;
  const principal = passedToService(service.name, operation.name, cause?.path ?? '');
  // An instance profile holds a role, whose name the call does not say.
  const named = cause !== undefined && !/InstanceProfile/.test(cause.path);
  return {
    action: action.name,
    resources: named ? memberResources(action, 'role', cause, scope) : resourcesOf(action, scope, ['role']),
    ...(principal === undefined ? {} : { condition: { StringEquals: { 'iam:PassedToService': principal } } }),
  };
}

/** Tags on what the call makes, and on nothing else; EC2 can tell tagging at creation from tagging later. */
function tagCreated(action: IamAction, scope: Scope): Grant {
  const { call, catalog } = scope;
  const prefix = call.service.iamPrefix;
  const own = call.operation.iamActions.flatMap((name) => catalog.iamAction(name)?.resourceTypes ?? []);
  const shared = action.resourceTypes
    .filter(({ name }) => own.some((type) => type.name === name))
    .map(({ name }) => name);
  const made = shared.filter((name) => isMade(name, scope));
  const only = made.length > 0 ? made : shared.length > 0 ? shared : undefined;
  return {
    action: action.name,
    resources: resourcesOf(action, withoutSources(scope), only),
    ...(prefix === 'ec2' ? { condition: { StringEquals: { 'ec2:CreateAction': call.operation.name } } } : {}),
  };
}

/** Without the members that say what a copy is made of, where another says what it is made to. */
function withoutSources(scope: Scope): Scope {
  const prefix = scope.call.service.iamPrefix;
  const named = [...scope.call.members].map(([name, value]) => ({ name, value, nouns: nounsOf(name, prefix) }));
  const isSource = ({ nouns }: (typeof named)[number]): boolean => nouns.qualifiers.includes('source');
  const kept = named.filter(
    (one) =>
      !isSource(one) || !named.some((other) => !isSource(other) && other.nouns.unqualified === one.nouns.unqualified),
  );
  return { ...scope, call: { ...scope.call, members: new Map(kept.map(({ name, value }) => [name, value])) } };
}

/** Whether a type's name is the end of what the operation makes: a `snapshot` of CreateDBSnapshot. */
function isMade(type: string, { call, catalog }: Scope): boolean {
  const prefix = call.service.iamPrefix;
  const made = nounOfOperation(call.operation.name, prefix);
  const variables = [...(catalog.resourceType(prefix, type)?.arn.matchAll(/\$\{(\w+)\}/g) ?? [])].map(
    ([, name]) => name ?? '',
  );
  return [type, variables.at(-1) ?? ''].some((name) => nounsOf(name, prefix).noun === made);
}
