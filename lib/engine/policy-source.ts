import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { AccountPlace } from './needed-permissions.ts';

const PRINCIPAL = /^arn:([a-z-]+):(iam|sts)::([0-9]{12}):([a-z-]+)\/(.+)$/;

/**
 * The ARN of the user or role whose policies a caller has; `undefined` for callers without such: the root user,
 * federated users, services, another account's, and who does not come from IAM at all. The ARN of a session holds the
 * role's name without its path, so that IAM is asked for the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @throws where IAM does not know the role, or does not answer
 */
export async function policySource(
  client: IAMClient,
  principal: string,
  { partition, account }: AccountPlace,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const [, ofPartition, service, ofAccount, kind, rest = ''] = PRINCIPAL.exec(principal) ?? [];
  if (ofPartition !== partition || ofAccount !== account) return undefined;
  if (service === 'iam' && kind === 'user') return principal;
  const [RoleName = '', session, ...more] = rest.split('/');
  if (service !== 'sts' || kind !== 'assumed-role' || !session || more.length > 0) return undefined;
  const { Role } = await client.send(new GetRoleCommand({ RoleName }), { abortSignal });
  return Role?.Arn;
}
