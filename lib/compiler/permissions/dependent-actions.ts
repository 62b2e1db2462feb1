import type { Catalog, IamAction, Member } from '../../catalog/catalog.ts';
import type { ResolvedCall } from '../analyse/analysis.ts';

export interface DependentAction {
  readonly action: string;
  /** The member whose presence makes AWS check the action. */
  readonly member: string;
}

/**
 * The further actions AWS checks because of a member that the call gives. IAM's list of dependent actions is
 * what can be checked; each counts only where the member that causes it is bound.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function dependentActionsOf(call: ResolvedCall, catalog: Catalog): readonly DependentAction[] {
  const listed = call.operation.iamActions.flatMap((name) => catalog.iamAction(name)?.dependentActions ?? []);
  const actions = [...new Set(listed)].sort();
  const bound = call.operation.input.members.filter((member) => call.members.has(member.name));
  return actions.flatMap((name) => {
    const action = catalog.iamAction(name);
    const cause = action && bound.find((member) => causes(member, action));
    return cause === undefined ? [] : [{ action: name, member: cause.name }];
  });
}

/** Whether AWS checks `action` because `member` is given. */
function causes(member: Member, action: IamAction): boolean {
  const [prefix, verb = ''] = action.name.split(':');
  if (action.accessLevel === 'Tagging') return /^(Tags|TagList|TagSpecifications|TagSet)$/.test(member.name);
  if (action.name === 'iam:PassRole') return /(Role(Arn)?|InstanceProfile(Name|Arn)?)$/i.test(member.name);
  if (prefix === 'kms') return /(Kms|KMS).*(Key|Id|Arn)|^(SSE)?KMSKeyId$|^EncryptionKey/.test(member.name);
  if (verb === 'CreateDBSnapshot') return /^(Final)?DBSnapshotIdentifier$/.test(member.name);
  if (verb === 'CreateDBClusterSnapshot')
    return /^(Final)?DBClusterSnapshotIdentifier$|^FinalDBSnapshotIdentifier$/.test(member.name);
  return false;
}
