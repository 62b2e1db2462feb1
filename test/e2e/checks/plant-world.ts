import { awsCall } from './aws-call.ts';
import { endpoint } from './deployment.ts';

/** Names that the emulator gave to what was planted. */
export interface Planted {
  readonly instanceId: string;
  readonly groupId: string;
  readonly keyId: string;
}

/** Makes what the workflows work on, and lets waits take no time. */
export async function plantWorld(): Promise<Planted> {
  await fetch(`${endpoint()}/_ministack/config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ 'stepfunctions._SFN_WAIT_SCALE': '0' }),
  });
  await awsCall('sns:createTopic', { Name: 'operations' });
  await awsCall('dynamodb:createTable', {
    TableName: 'sessions',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  await awsCall('ecs:createCluster', { ClusterName: 'demo' });
  await awsCall('ecs:registerTaskDefinition', {
    Family: 'web',
    ContainerDefinitions: [{ Name: 'web', Image: 'nginx', Memory: 128 }],
  });
  await awsCall('ecs:createService', { Cluster: 'demo', ServiceName: 'web', TaskDefinition: 'web', DesiredCount: 1 });
  await awsCall('iam:createUser', { UserName: 'deploy-bot' });
  await awsCall('iam:createAccessKey', { UserName: 'deploy-bot' });
  await awsCall('secretsmanager:createSecret', { Name: 'deploy-bot/credentials', SecretString: '{}' });
  await awsCall('s3:createBucket', { Bucket: 'demo-public-site' });
  const { Instances } = await awsCall('ec2:runInstances', { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 });
  const { GroupId } = await awsCall('ec2:createSecurityGroup', { GroupName: 'open', Description: 'Open to all' });
  await awsCall('ec2:authorizeSecurityGroupIngress', {
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  await awsCall('ec2:createVolume', { AvailabilityZone: 'us-east-1a', Size: 4 });
  const { KeyMetadata } = await awsCall('kms:createKey', { Description: 'For copies' });
  return {
    instanceId: (Instances as readonly { InstanceId: string }[])[0]?.InstanceId ?? '',
    groupId: GroupId as string,
    keyId: (KeyMetadata as { KeyId: string }).KeyId,
  };
}
