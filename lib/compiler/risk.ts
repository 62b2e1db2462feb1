import type { Catalog, IamAction } from '../catalog/catalog.ts';
import type { Effect, Permission } from './bytecode.ts';

/** Verbs that take something away or interrupt it. */
const DESTRUCTIVE = new RegExp(
  `^(?:${[
    'Abort|Cancel|Close|Deactivate|Delete|Deprovision|Deregister|Destroy|Detach|Disable|Disassociate|Disconnect',
    'Dispose|Dissociate|Expire|Failover|Flush|Forget|Inject|Interrupt|Invalidate|Leave|Pause|Purge|Rebuild|Reboot',
    'Release|Remove|Restart|Revoke|Schedule\\w*Deletion|Stop|Suspend|Terminate|Unassign|Unlink|Unsubscribe|Untag|Withdraw',
    // Verbs behind a prefix, and HTTP methods that stand for one.
    '(?:Admin|Batch|PartiQL|ESHttp)(?:Delete|Disable|Disassociate|Stop|Revoke|Deregister|Detach)|DELETE$',
  ].join('|')})`,
);
/** Calls that hand out a secret or the means to act as someone. */
const SECRET =
  /^(secretsmanager:GetSecretValue|secretsmanager:BatchGetSecretValue|kms:Decrypt|sts:\w+|iam:CreateAccessKey|ssm:GetParameters?(ByPath)?)$/i;
const CREDENTIAL_FREE_STS = /^sts:(GetCallerIdentity|DecodeAuthorizationMessage|GetAccessKeyInfo)$/i;

export interface Risk {
  /** 0 to 10, two decimals. */
  readonly score: number;
  /** One line a permission, highest first. */
  readonly reasons: readonly string[];
}

/**
 * score = min(10, highest + 0.25 × the sum of the rest), each permission weighing what its action can do times
 * how widely it may do it.
 */
export function riskOf(permissions: readonly Permission[], catalog: Catalog): Risk {
  const weighed = distinct(permissions)
    .map((permission) => weigh(permission, catalog))
    .sort((left, right) => right.points - left.points || (left.reason < right.reason ? -1 : 1));
  const [highest = 0, ...rest] = weighed.map(({ points }) => points);
  const score = Math.min(10, highest + 0.25 * rest.reduce((sum, points) => sum + points, 0));
  return { score: round(score), reasons: weighed.map(({ reason }) => reason) };
}

/** A permission that two steps need is granted once, and counts once. */
function distinct(permissions: readonly Permission[]): readonly Permission[] {
  const seen = new Map(
    permissions.map((one) => [JSON.stringify([one.action, one.resources, one.condition]), one] as const),
  );
  return [...seen.values()];
}

/** What an action does to the account, at worst. */
export function effectOf(action: IamAction): Effect {
  if (action.accessLevel === 'List' || action.accessLevel === 'Read') return 'read';
  return DESTRUCTIVE.test(verbOf(action.name)) ? 'destructive' : 'write';
}

/** Whether an action hands out a secret or the means to act as someone. */
export function readsSecret(action: string): boolean {
  return SECRET.test(action) && !CREDENTIAL_FREE_STS.test(action);
}

/**
 * Whether a permission is for the grants that a service asks for on the caller's behalf: the caller can give the key to
 * nobody, so that it manages permissions in name only.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
export function grantsToServiceOnly({ action, condition }: Pick<Permission, 'action' | 'condition'>): boolean {
  return action === 'kms:CreateGrant' && condition?.Bool?.['kms:GrantIsForAWSResource'] === 'true';
}

function weigh(permission: Permission, catalog: Catalog): { readonly points: number; readonly reason: string } {
  const action = catalog.iamAction(permission.action);
  if (action === undefined) throw new Error(`No IAM action ${permission.action}`);
  const [weight, why] = grantsToServiceOnly(permission) ? [3, 'lets a service use a key'] : weightOf(action);
  const [factor, where] = scopeOf(permission);
  const points = round(weight * factor);
  return { points, reason: `${permission.action}: ${why} (${weight}) × ${where} (${factor}) = ${points}` };
}

function weightOf(action: IamAction): readonly [number, string] {
  if (action.accessLevel === 'Permissions management' || /^iam:PassRole$/i.test(action.name)) {
    return [8, 'manages permissions'];
  }
  if (readsSecret(action.name)) return [7, 'reads a secret'];
  if (effectOf(action) === 'destructive') return [6, 'destroys or interrupts'];
  switch (action.accessLevel) {
    case 'List':
      return [1, 'lists'];
    case 'Read':
      return [1.5, 'reads'];
    case 'Tagging':
      return [2, 'tags'];
    case 'Write':
      return [3, 'writes'];
  }
}

/** A call needs all its resource types at once, so the narrowest of them is what bounds it. */
function scopeOf({ resources, condition }: Permission): readonly [number, string] {
  const scopes = resources.map(scopeOfResource);
  const [factor, where] = scopes.reduce((best, scope) => (scope[0] < best[0] ? scope : best), [1.25, 'any resource']);
  return condition === undefined ? [factor, where] : [round(factor * 0.8), `${where} with a condition`];
}

function scopeOfResource(resource: string): readonly [number, string] {
  if (resource === '*') return [1.25, 'any resource'];
  if (!resource.includes('*')) return [0.5, 'one resource'];
  const name = resource
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^[\w-]+[:/]/, '');
  return /^[*/:]*$/.test(name) ? [1, 'every resource of a type'] : [0.75, 'resources whose name holds fixed text'];
}

function verbOf(action: string): string {
  return action.slice(action.indexOf(':') + 1);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
