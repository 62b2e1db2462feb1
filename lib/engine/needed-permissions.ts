import type { Bytecode, Permission } from '../compiler/bytecode.ts';
import { callsOf } from '../compiler/plan-calls.ts';

/** Where the workflow runs. */
export interface AccountPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** One action on one pattern of resources, and what is known of the request whatever the parameters are. */
export interface NeededPermission {
  /** `rds:CreateDBSnapshot` */
  readonly action: string;
  /** An ARN, in which `*` and `?` are wildcards, or `*` alone where the action has no resource type. */
  readonly resource: string;
  /** Condition keys with their values. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * What a run of a workflow needs, each only once. Conditions of the workflow's own policy say what its calls will
 * bring (`iam:PassedToService`), so they are part of the request here.
 */
export function neededPermissions(bytecode: Bytecode, place: AccountPlace): readonly NeededPermission[] {
  const permissions = bytecode.execution_plan.flatMap(callsOf).flatMap((call) => call.permissions);
  const named = new Set(permissions.map(({ action }) => action));
  // The compiler proves that there is none; a workflow that declares more is taken at its word.
  const others = bytecode.required_permissions.filter((action) => !named.has(action));
  const needed = [
    ...permissions.flatMap((permission) => eachResource(permission, place)),
    ...others.map((action): NeededPermission => ({ action, resource: '*', context: contextIn(place) })),
  ];
  return [...new Map(needed.map((one) => [JSON.stringify(one), one])).values()];
}

function eachResource({ action, resources, condition }: Permission, place: AccountPlace): readonly NeededPermission[] {
  const context = { ...contextIn(place), ...condition?.StringEquals, ...condition?.Bool };
  return resources.map((resource) => ({ action, resource: fillIn(resource, place), context }));
}

/**
 * A call of Step Functions comes over TLS, and nobody is there with a second factor.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function contextIn({ region, account }: AccountPlace): NeededPermission['context'] {
  return {
    'aws:MultiFactorAuthPresent': 'false',
    'aws:PrincipalAccount': account,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
  };
}

function fillIn(arn: string, { partition, region, account }: AccountPlace): string {
  return arn.replaceAll('${Partition}', partition).replaceAll('${Region}', region).replaceAll('${Account}', account);
}
