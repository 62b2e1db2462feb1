import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Credentials } from './signed-fetch.ts';

export interface Principal {
  readonly arn: string;
  readonly credentials: Credentials;
}

/** Makes an IAM user that may do one thing. Its secret is checked, which that of the emulator's root is not. */
export async function createPrincipal(name: string, action: string, resource: string): Promise<Principal> {
  const iam = new IAMClient({});
  const { User } = await iam.send(new CreateUserCommand({ UserName: name }));
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
  await iam.send(
    new PutUserPolicyCommand({ UserName: name, PolicyName: 'only', PolicyDocument: JSON.stringify(policy) }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  if (!User?.Arn || !AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey) throw new Error(`IAM made no user ${name}`);
  const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
  return { arn: User.Arn, credentials };
}
