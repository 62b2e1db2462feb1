import type { Catalog, CatalogService, IamAction, Operation, Shape } from '../../catalog/catalog.ts';
import type { BoundMember } from './bound-members.ts';
import { MEMBER_ACTIONS, TAGGING_AT_CREATION } from './member-actions.ts';

/** An action that a call needs, and the member that makes it so; none where every call of the operation needs it. */
export interface NeededAction {
  readonly action: string;
  readonly cause: BoundMember | undefined;
}

export interface Call {
  readonly service: CatalogService;
  readonly operation: Operation;
}

/**
 * The IAM actions that a call needs: the operation's own, and those that AWS checks because of a member that the
 * call gives. IAM's lists of dependent actions say what can be checked, and each counts only where the member that
 * causes it is given; {@link MEMBER_ACTIONS} has what these lists lack. Nothing that only may be needed is here.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function neededActionsOf(call: Call, bound: readonly BoundMember[], catalog: Catalog): readonly NeededAction[] {
  const given = bound.filter(
    ({ value }) => !(value?.kind === 'literal' && (value.value === false || value.value === null)),
  );
  const rows = (MEMBER_ACTIONS[call.service.name] ?? []).flatMap((row) => {
    const cause = given.find(({ path }) => path === row.member);
    return cause !== undefined && row.operations.includes(call.operation.name) ? [{ row, cause }] : [];
  });
  const replaced = new Set(rows.flatMap(({ row }) => row.instead ?? []));
  const own = call.operation.iamActions
    .filter((action) => !replaced.has(action))
    .map((action) => ({ action, cause: undefined }));
  const found: readonly NeededAction[] = [
    ...own,
    ...rows.flatMap(({ row, cause }) => row.actions.map((action) => ({ action, cause }))),
    ...listedActions(call, given, catalog),
    ...taggingActions(call, given, catalog),
    ...passedRoles(call, given, catalog),
  ];
  // Each action once; but each role that is passed is a reason of its own.
  const keyOf = ({ action, cause }: NeededAction): string =>
    action === 'iam:PassRole' ? `${action} ${cause?.path}` : action;
  return found.filter((each, index) => found.findIndex((other) => keyOf(other) === keyOf(each)) === index);
}

/** Actions that IAM lists as dependent on a call's own, whether or not a given member causes them; sorted. */
export function listedDependents({ operation }: Call, catalog: Catalog): readonly string[] {
  const listed = operation.iamActions.flatMap((name) => catalog.iamAction(name)?.dependentActions ?? []);
  return [...new Set(listed)].sort();
}

function listedActions(call: Call, given: readonly BoundMember[], catalog: Catalog): readonly NeededAction[] {
  const listed = listedDependents(call, catalog);
  return listed.flatMap((name) => {
    const action = catalog.iamAction(name);
    const cause = action && given.find((member) => causes(member, action, listed));
    return cause === undefined ? [] : [{ action: name, cause }];
  });
}

/** Whether AWS checks a listed dependent action because a member is given. Roles and tags are dealt with apart. */
function causes({ path, member }: BoundMember, action: IamAction, listed: readonly string[]): boolean {
  const [prefix, verb = ''] = action.name.split(':');
  switch (prefix) {
    case 'kms': {
      // Where a secret is made as well, what reads and writes data keys is for the secret.
      const ofSecret =
        listed.includes('secretsmanager:CreateSecret') && /^(?:Decrypt|GenerateDataKey|RetireGrant)$/.test(verb);
      return isKmsKey(member.name) && (!ofSecret || /Secret/.test(member.name));
    }
    case 'secretsmanager':
      // RDS rotates on request; Redshift's list is what managing a password takes, rotation included.
      if (verb === 'RotateSecret' && /^RotateMasterUserPassword$/.test(member.name)) return true;
      return verb === 'RotateSecret' && !listed.includes('secretsmanager:GetRandomPassword')
        ? false
        : /^ManageMaster(?:User)?Password$/.test(member.name);
    case 'rds':
      if (verb === 'CreateDBSnapshot') return /^(?:Final)?DBSnapshotIdentifier$/.test(path);
      return verb === 'CreateDBClusterSnapshot' && /^Final(?:DB|DBCluster)?SnapshotIdentifier$/.test(path);
    case 'fsx':
      return verb === 'CreateBackup' && /Final.*Backup.*Tags|^FinalBackup/.test(path);
    case 'states':
      return verb === 'PublishStateMachineVersion' && path === 'publish';
    case 'acm':
      return verb === 'DescribeCertificate' && /CertificateArn$/.test(member.name);
    default:
      return false;
  }
}

const isKmsKey = (name: string): boolean =>
  /^(?:.*(?:Kms|KMS|kms).*(?:Key|Id|ID|Arn|ARN|Identifier)|EncryptionKey(?:Id|Arn)?)$/.test(name);

/** Tags given to what a call makes need the service's action for tagging besides. */
function taggingActions(call: Call, given: readonly BoundMember[], catalog: Catalog): readonly NeededAction[] {
  if (!changesSomething(call, catalog)) return [];
  const cause = given.find(({ path, member }) => !path.includes('.') && isTags(member.name, member.shape));
  if (cause === undefined) return [];
  const listed = listedDependents(call, catalog).filter((name) => {
    const action = catalog.iamAction(name);
    return action?.accessLevel === 'Tagging' && name.startsWith(`${call.service.iamPrefix}:`);
  });
  if (listed.length > 0) return listed.map((action) => ({ action, cause }));
  const known = TAGGING_AT_CREATION[call.service.name];
  const action = typeof known === 'string' ? known : known?.[call.operation.name];
  return action === undefined ? [] : [{ action, cause }];
}

const isTags = (name: string, { kind }: Shape): boolean =>
  (kind === 'list' || kind === 'map') && /^(?:[a-z]*tags|tags?list|tagspecifications|tagset)$/i.test(name);

/** Services of which no role is passed on: IAM's own calls manage roles, STS's assume them. */
const PASSES_NO_ROLE: ReadonlySet<string> = new Set(['iam', 'sts']);
/**
 * Roles that a call names and does not pass on: EMR's run-time roles are checked by a condition key of its own, and
 * a certificate is only associated with a role.
 */
const NOT_PASSED: ReadonlySet<string> = new Set([
  'ec2:AssociateEnclaveCertificateIamRole:RoleArn',
  'ec2:DisassociateEnclaveCertificateIamRole:RoleArn',
  'emr:AddJobFlowSteps:ExecutionRoleArn',
  'emr:GetClusterSessionCredentials:ExecutionRoleArn',
  'emr:GetOnClusterAppUIPresignedURL:ExecutionRoleArn',
  'emr:GetPersistentAppUIPresignedURL:ExecutionRoleArn',
]);

/**
 * A role that a call hands to a service has to be passable to it, whether or not IAM's lists say so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function passedRoles(call: Call, given: readonly BoundMember[], catalog: Catalog): readonly NeededAction[] {
  const isListed = listedDependents(call, catalog).includes('iam:PassRole');
  if (!isListed && (PASSES_NO_ROLE.has(call.service.name) || !changesSomething(call, catalog))) return [];
  return given
    .filter(({ member }) => isRole(member.name, member.shape, isListed))
    .filter(({ path }) => !NOT_PASSED.has(`${call.service.name}:${call.operation.name}:${path}`))
    .map((cause) => ({ action: 'iam:PassRole', cause }));
}

function isRole(name: string, shape: Shape, isListed: boolean): boolean {
  const item = shape.kind === 'list' ? shape.item : shape;
  const isText = item.kind === 'scalar' && item.type === 'string' && item.enum === undefined;
  // EC2's IamInstanceProfile holds a name or an ARN.
  if (/^IamInstanceProfile$/.test(name)) return true;
  if (!isText || /^Remove/.test(name)) return false;
  const always = /(?:Role|RoleArn|RoleARN)s?$|^role(?:Arn|ARN)?$/;
  return always.test(name) || (isListed && /(?:RoleName|InstanceProfile(?:Name|Arn)?)$/.test(name));
}

function changesSomething({ operation }: Call, catalog: Catalog): boolean {
  const levels = operation.iamActions.map((name) => catalog.iamAction(name)?.accessLevel);
  return levels.some((level) => level === 'Write' || level === 'Permissions management');
}
