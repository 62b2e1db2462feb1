import type { Attributes } from './behaviour.ts';
import type { WorldData } from './plant-world.ts';

/** Where the simulated account is. The number is the one that AWS's documentation uses. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export const DEFAULT_PLACE: Place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

/** What the account holds at first: a handful of resources of each service, some to try things on and some to be careful with. */
export function seedWorld(place: Place): WorldData {
  return {
    rds: { instance: databases(), snapshot: databaseSnapshots(place) },
    ec2: { instance: instances(), volume: volumes(), securityGroup: securityGroups() },
    s3: { bucket: buckets(place) },
    iam: IAM,
    ecs: containers(place),
    dynamodb: {
      table: [
        { TableName: 'sessions', Tags: [{ Key: 'environment', Value: 'demo' }] },
        { TableName: 'orders', DeletionProtectionEnabled: true, ContinuousBackupsDescription: PROTECTED },
      ],
    },
    cloudwatch: { alarm: [{ AlarmName: 'web-cpu' }] },
    sns: { topic: [{ Name: 'operations' }] },
    kms: { key: [{ KeyId: '0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e', AliasName: 'alias/backups' }] },
    secretsmanager: { secret: secrets() },
    ssm: { parameter: [{ Name: '/demo/feature-flags', Value: '{"checkout":true}' }] },
  };
}

const tag = (Key: string, Value: string): Attributes => ({ Key, Value });

function databases(): readonly Attributes[] {
  return [
    {
      DBInstanceIdentifier: 'demo-database',
      DBName: 'demo',
      DbiResourceId: 'db-DEMO4XAMPLE7RESOURCEID2PQA',
      TagList: [tag('environment', 'demo')],
    },
    {
      DBInstanceIdentifier: 'orders-prod',
      DBName: 'orders',
      DBInstanceClass: 'db.r6g.xlarge',
      MultiAZ: true,
      DeletionProtection: true,
      CopyTagsToSnapshot: true,
      DbiResourceId: 'db-ORDR4XAMPLE7RESOURCEID2PQB',
      TagList: [tag('environment', 'production'), tag('team', 'orders')],
    },
    {
      DBInstanceIdentifier: 'reports-staging',
      DBName: 'reports',
      DBInstanceStatus: 'stopped',
      DbiResourceId: 'db-REPT4XAMPLE7RESOURCEID2PQC',
      TagList: [tag('environment', 'staging')],
    },
  ];
}

/** One in another Region, to be copied from there. */
function databaseSnapshots({ partition, region, account }: Place): readonly Attributes[] {
  const other = region === 'eu-west-1' ? 'us-west-2' : 'eu-west-1';
  return [
    {
      DBSnapshotIdentifier: 'orders-weekly',
      DBInstanceIdentifier: 'orders-prod',
      DBSnapshotArn: `arn:${partition}:rds:${other}:${account}:snapshot:orders-weekly`,
      KmsKeyId: `arn:${partition}:kms:${other}:${account}:key/7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d`,
    },
  ];
}

function instances(): readonly Attributes[] {
  return [
    {
      InstanceId: 'i-0a1b2c3d4e5f60001',
      Tags: [tag('Name', 'web-1'), tag('environment', 'demo')],
      SecurityGroups: [{ GroupId: 'sg-0a1b2c3d4e5f60718', GroupName: 'internal' }],
    },
    {
      InstanceId: 'i-0a1b2c3d4e5f60002',
      State: { Code: 80, Name: 'stopped' },
      InstanceStatus: { Status: 'not-applicable' },
      SystemStatus: { Status: 'not-applicable' },
      Tags: [tag('Name', 'batch-1')],
    },
  ];
}

function volumes(): readonly Attributes[] {
  return [
    { VolumeId: 'vol-0a1b2c3d4e5f60001', Tags: [tag('Name', 'left-over')] },
    {
      VolumeId: 'vol-0a1b2c3d4e5f60002',
      State: 'in-use',
      Attachments: [
        {
          InstanceId: 'i-0a1b2c3d4e5f60001',
          VolumeId: 'vol-0a1b2c3d4e5f60002',
          Device: '/dev/xvda',
          State: 'attached',
          AttachTime: '2025-10-05T04:00:00.000Z',
          DeleteOnTermination: true,
        },
      ],
    },
  ];
}

function securityGroups(): readonly Attributes[] {
  const from = (port: number, cidr: string, description: string): Attributes => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [{ CidrIp: cidr, Description: description }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  });
  return [
    {
      GroupId: 'sg-0a1b2c3d4e5f60001',
      GroupName: 'open-to-all',
      IpPermissions: [from(22, '0.0.0.0/0', 'temporary'), from(443, '0.0.0.0/0', 'website')],
    },
    {
      GroupId: 'sg-0a1b2c3d4e5f60718',
      GroupName: 'internal',
      IpPermissions: [from(5432, '10.0.0.0/16', 'database')],
    },
  ];
}

function buckets({ partition }: Place): readonly Attributes[] {
  const statement = {
    Sid: 'PublicRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:${partition}:s3:::demo-public-site/*`,
  };
  const all = (value: boolean): Attributes => ({
    BlockPublicAcls: value,
    IgnorePublicAcls: value,
    BlockPublicPolicy: value,
    RestrictPublicBuckets: value,
  });
  return [
    {
      Name: 'demo-public-site',
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      PublicAccessBlockConfiguration: all(false),
    },
    {
      Name: 'demo-backups',
      PublicAccessBlockConfiguration: all(true),
      VersioningConfiguration: { Status: 'Enabled' },
      TagSet: [tag('environment', 'demo')],
    },
    { Name: 'demo-uploads' },
  ];
}

const IAM: WorldData[string] = {
  user: [{ UserName: 'deploy-bot' }, { UserName: 'report-reader' }, { UserName: 'new-hire' }],
  accessKey: [
    { UserName: 'deploy-bot', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    { UserName: 'report-reader', AccessKeyId: 'AKIAI44QH8DHBEXAMPLE' },
    { UserName: 'report-reader', AccessKeyId: 'AKIAIB5SRKNP6EXAMPLE', Status: 'Inactive' },
  ],
};

function containers({ partition, region, account }: Place): WorldData[string] {
  const clusterArn = `arn:${partition}:ecs:${region}:${account}:cluster/demo`;
  const taskDefinition = `arn:${partition}:ecs:${region}:${account}:task-definition/web:7`;
  const task = (id: string): Attributes => ({
    taskArn: `arn:${partition}:ecs:${region}:${account}:task/demo/${id}`,
    clusterArn,
    taskDefinitionArn: taskDefinition,
    group: 'service:web',
    availabilityZone: `${region}a`,
  });
  return {
    cluster: [{ clusterName: 'demo', runningTasksCount: 2, activeServicesCount: 1 }],
    service: [{ serviceName: 'web', clusterArn, desiredCount: 2, taskDefinition }],
    task: [task('0f0e0d0c0b0a49080706050403020101'), task('0f0e0d0c0b0a49080706050403020102')],
  };
}

const PROTECTED = {
  ContinuousBackupsStatus: 'ENABLED',
  PointInTimeRecoveryDescription: {
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 35,
    EarliestRestorableDateTime: '2025-10-20T00:00:00.000Z',
    LatestRestorableDateTime: '2025-11-20T00:00:00.000Z',
  },
};

function secrets(): readonly Attributes[] {
  return [
    {
      Name: 'deploy-bot/credentials',
      Description: 'Access key of deploy-bot',
      Current: {
        VersionId: '11111111-0000-4000-8000-000000000001',
        SecretString: '{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE"}',
        CreatedDate: '2025-01-20T12:00:00.000Z',
      },
    },
  ];
}
