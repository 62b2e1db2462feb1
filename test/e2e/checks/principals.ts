import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from './signed-fetch.ts';

export interface Principal {
  readonly arn: string;
  readonly credentials: Credentials;
}

/** Makes an IAM user that may do one thing, and what `more` allows anywhere. Its secret is checked, which that of the emulator's root is not. */
export async function createPrincipal(
  name: string,
  action: string,
  resource: string,
  more: readonly string[] = [],
): Promise<Principal> {
  const iam = new IAMClient({});
  const { User } = await iam.send(new CreateUserCommand({ UserName: name }));
  const PolicyDocument = policyOf(action, resource, more);
  await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'only', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  if (!User?.Arn || !AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey) throw new Error(`IAM made no user ${name}`);
  const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
  return { arn: User.Arn, credentials };
}

/** Makes a role that may do the same kind of things, and opens a session of it. */
export async function assumeNewRole(
  RoleName: string,
  action: string,
  resource: string,
  more: readonly string[],
): Promise<Credentials> {
  const iam = new IAMClient({});
  const sts = new STSClient({});
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${Account}:root` }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = policyOf(action, resource, more);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'only', PolicyDocument }));
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'alice' }),
  );
  if (!session?.AccessKeyId || !session.SecretAccessKey || !session.SessionToken)
    throw new Error('STS gave no session');
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = session;
  return { accessKeyId, secretAccessKey, sessionToken };
}

function policyOf(action: string, resource: string, more: readonly string[]): string {
  const Statement = [
    { Effect: 'Allow', Action: action, Resource: resource },
    ...more.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
