import { membersUsed } from '../../../lib/local/account/members-not-simulated.ts';
import { SERVICES } from '../../../lib/local/account/services/services.ts';
import { catalog, NONE, type OpenAccount, openAccount, spelt } from './open-account.ts';

const RDS = 'arn:aws:rds:us-east-1:123456789012';
const FOREIGN = 'arn:aws:rds:eu-west-1:123456789012:snapshot:orders-weekly';
const KEY = '0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e';
const KEY_ARN = `arn:aws:kms:us-east-1:123456789012:key/${KEY}`;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:operations';
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/sessions';
const ECS = 'arn:aws:ecs:us-east-1:123456789012:service/demo/web';
const demo = { DBInstanceIdentifier: 'demo-database' };
const snap = { ...demo, DBSnapshotIdentifier: 'snap-1' };
const exported = {
  ExportTaskIdentifier: 'export-1',
  SourceArn: `${RDS}:snapshot:snap-1`,
  S3BucketName: 'demo-backups',
  IamRoleArn: 'arn:aws:iam::123456789012:role/export',
  KmsKeyId: KEY,
};
const running = { InstanceIds: ['i-0a1b2c3d4e5f60001'] };
const stopped = { InstanceIds: ['i-0a1b2c3d4e5f60002'] };
const rule = (port: number): object => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
});
const open = { GroupId: 'sg-0a1b2c3d4e5f60001' };
const site = { Bucket: 'demo-public-site' };
const backups = { Bucket: 'demo-backups' };
const note = { ...backups, Key: 'notes/one.txt' };
const bot = { UserName: 'deploy-bot' };
const botKey = { ...bot, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
const web = { cluster: 'demo', service: 'web' };
const secret = { SecretId: 'deploy-bot/credentials' };
const tags = [{ Key: 'team', Value: 'a' }];

type Before = (account: OpenAccount) => Promise<void> | void;
const makeSnapshot: Before = async ({ get, wait }) => {
  get('rds:CreateDBSnapshot', snap);
  await wait(30);
};
const makeExport: Before = async (account) => {
  await makeSnapshot(account);
  account.get('rds:StartExportTask', exported);
};
const putNote: Before = ({ get }) => void get('s3:PutObject', { ...note, Body: 'text' });
let backupArn = '';
const makeBackup: Before = async ({ get, wait }) => {
  const made = get('dynamodb:CreateBackup', { TableName: 'sessions', BackupName: 'b' });
  backupArn = (made as { BackupDetails: { BackupArn: string } }).BackupDetails.BackupArn;
  await wait(15);
};
let grantId = '';
const makeGrant: Before = ({ get }) => {
  grantId = (get('kms:CreateGrant', { KeyId: KEY, Operations: ['Decrypt'] }) as { GrantId: string }).GrantId;
};
let snapshotId = '';
const makeVolumeSnapshot: Before = async ({ get, wait }) => {
  snapshotId = (get('ec2:CreateSnapshot', { VolumeId: 'vol-0a1b2c3d4e5f60001' }) as { SnapshotId: string }).SnapshotId;
  await wait(45);
};

/** Operation, input that succeeds, a part of the answer in AWS's names, what goes before. */
type Row = readonly [name: string, input: object | (() => object), answer: object, before?: Before];

const HAPPY: readonly Row[] = [
  ['cloudwatch:DescribeAlarms', { AlarmNames: ['web-cpu'] }, { MetricAlarms: [{ StateValue: 'OK' }] }],
  ['cloudwatch:SetAlarmState', { AlarmName: 'web-cpu', StateValue: 'ALARM', StateReason: 'test' }, {}],
  ['cloudwatch:EnableAlarmActions', { AlarmNames: ['web-cpu'] }, {}],
  ['cloudwatch:DisableAlarmActions', { AlarmNames: ['web-cpu'] }, {}],
  ['cloudwatch:PutMetricData', { Namespace: 'Workflows', MetricData: [{ MetricName: 'Runs', Value: 1 }] }, {}],
  ['rds:DescribeDBInstances', demo, { DBInstances: [{ ...demo, DBInstanceStatus: 'available' }] }],
  ['rds:DescribeDBSnapshots', snap, { DBSnapshots: [{ Status: 'available' }] }, makeSnapshot],
  ['rds:CreateDBSnapshot', snap, { DBSnapshot: { Status: 'creating' } }],
  ['rds:DeleteDBSnapshot', { DBSnapshotIdentifier: 'snap-1' }, { DBSnapshot: { Status: 'deleted' } }, makeSnapshot],
  [
    'rds:CopyDBSnapshot',
    { SourceDBSnapshotIdentifier: FOREIGN, TargetDBSnapshotIdentifier: 'copy', KmsKeyId: KEY, CopyTags: true },
    {
      DBSnapshot: {
        DBSnapshotArn: `${RDS}:snapshot:copy`,
        SourceRegion: 'eu-west-1',
        SourceDBSnapshotIdentifier: FOREIGN,
        Status: 'creating',
      },
    },
  ],
  ['rds:StartExportTask', exported, { Status: 'STARTING', S3Bucket: 'demo-backups' }, makeSnapshot],
  [
    'rds:DescribeExportTasks',
    { ExportTaskIdentifier: 'export-1' },
    { ExportTasks: [{ Status: 'STARTING' }] },
    makeExport,
  ],
  ['rds:CancelExportTask', { ExportTaskIdentifier: 'export-1' }, { Status: 'CANCELING' }, makeExport],
  ['rds:ModifyDBInstance', { ...demo, MaxAllocatedStorage: 2000 }, { DBInstance: { MaxAllocatedStorage: 2000 } }],
  ['rds:RebootDBInstance', demo, { DBInstance: { DBInstanceStatus: 'rebooting' } }],
  ['rds:StopDBInstance', demo, { DBInstance: { DBInstanceStatus: 'stopping' } }],
  [
    'rds:StartDBInstance',
    { DBInstanceIdentifier: 'reports-staging' },
    { DBInstance: { DBInstanceStatus: 'starting' } },
  ],
  ['rds:DeleteDBInstance', { ...demo, SkipFinalSnapshot: true }, { DBInstance: { DBInstanceStatus: 'deleting' } }],
  ['rds:AddTagsToResource', { ResourceName: `${RDS}:db:demo-database`, Tags: tags }, {}],
  ['rds:RemoveTagsFromResource', { ResourceName: `${RDS}:db:demo-database`, TagKeys: ['environment'] }, {}],
  [
    'rds:ListTagsForResource',
    { ResourceName: `${RDS}:db:demo-database` },
    { TagList: [{ Key: 'environment', Value: 'demo' }] },
  ],
  [
    'ec2:DescribeInstances',
    running,
    { Reservations: [{ Instances: [{ State: { Name: 'running', Code: 16 } }], OwnerId: '123456789012' }] },
  ],
  ['ec2:DescribeInstanceStatus', running, { InstanceStatuses: [{ InstanceStatus: { Status: 'ok' } }] }],
  [
    'ec2:StopInstances',
    running,
    { StoppingInstances: [{ CurrentState: { Name: 'stopping', Code: 64 }, PreviousState: { Name: 'running' } }] },
  ],
  [
    'ec2:StartInstances',
    stopped,
    { StartingInstances: [{ CurrentState: { Name: 'pending' }, PreviousState: { Name: 'stopped' } }] },
  ],
  ['ec2:RebootInstances', running, {}],
  ['ec2:TerminateInstances', running, { TerminatingInstances: [{ CurrentState: { Name: 'shutting-down' } }] }],
  [
    'ec2:DescribeVolumes',
    { Filters: [{ Name: 'status', Values: ['available'] }] },
    { Volumes: [{ VolumeId: 'vol-0a1b2c3d4e5f60001' }] },
  ],
  ['ec2:CreateVolume', { AvailabilityZone: 'us-east-1a', Size: 8 }, { State: 'creating', Size: 8 }],
  ['ec2:DeleteVolume', { VolumeId: 'vol-0a1b2c3d4e5f60001' }, {}],
  [
    'ec2:CreateSnapshot',
    { VolumeId: 'vol-0a1b2c3d4e5f60002', TagSpecifications: [{ ResourceType: 'snapshot', Tags: tags }] },
    { State: 'pending', Progress: '0%', Tags: tags },
  ],
  [
    'ec2:DescribeSnapshots',
    () => ({ SnapshotIds: [snapshotId], OwnerIds: ['self'] }),
    { Snapshots: [{ State: 'completed', Progress: '100%' }] },
    makeVolumeSnapshot,
  ],
  ['ec2:DeleteSnapshot', () => ({ SnapshotId: snapshotId }), {}, makeVolumeSnapshot],
  [
    'ec2:DescribeSecurityGroups',
    { Filters: [{ Name: 'ip-permission.cidr', Values: ['0.0.0.0/0'] }] },
    { SecurityGroups: [{ GroupName: 'open-to-all' }] },
  ],
  ['ec2:AuthorizeSecurityGroupIngress', { ...open, IpPermissions: [rule(8080)] }, { Return: true }],
  ['ec2:RevokeSecurityGroupIngress', { ...open, IpPermissions: [rule(22)] }, { Return: true }],
  ['ec2:CreateTags', { Resources: ['vol-0a1b2c3d4e5f60001'], Tags: tags }, {}],
  ['ec2:DeleteTags', { Resources: ['vol-0a1b2c3d4e5f60001'], Tags: [{ Key: 'Name' }] }, {}],
  ['s3:HeadBucket', site, { BucketRegion: 'us-east-1' }],
  ['s3:ListBuckets', {}, { Buckets: [{ Name: 'demo-public-site' }, { Name: 'demo-backups' }, {}] }],
  ['s3:GetBucketLocation', site, {}],
  ['s3:GetPublicAccessBlock', backups, { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
  ['s3:PutPublicAccessBlock', { ...site, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }, {}],
  ['s3:DeletePublicAccessBlock', backups, {}],
  ['s3:GetBucketPolicy', site, { Policy: expect.stringContaining('PublicRead') }],
  ['s3:GetBucketPolicyStatus', site, { PolicyStatus: { IsPublic: true } }],
  ['s3:PutBucketPolicy', { ...backups, Policy: '{"Statement":[]}' }, {}],
  ['s3:DeleteBucketPolicy', site, {}],
  ['s3:GetBucketVersioning', backups, { Status: 'Enabled' }],
  ['s3:PutBucketVersioning', { ...site, VersioningConfiguration: { Status: 'Enabled' } }, {}],
  ['s3:GetBucketTagging', backups, { TagSet: [{ Key: 'environment', Value: 'demo' }] }],
  ['s3:PutBucketTagging', { ...site, Tagging: { TagSet: tags } }, {}],
  ['s3:DeleteBucketTagging', backups, {}],
  [
    's3:PutBucketEncryption',
    { ...site, ServerSideEncryptionConfiguration: { Rules: [{ BucketKeyEnabled: true }] } },
    {},
  ],
  [
    's3:GetBucketEncryption',
    site,
    { ServerSideEncryptionConfiguration: { Rules: [{ BucketKeyEnabled: true }] } },
    ({ get }) =>
      void get('s3:PutBucketEncryption', {
        ...site,
        ServerSideEncryptionConfiguration: { Rules: [{ BucketKeyEnabled: true }] },
      }),
  ],
  ['s3:DeleteBucketEncryption', site, {}],
  ['s3:PutObject', { ...note, Body: 'text' }, { ServerSideEncryption: 'AES256' }],
  ['s3:GetObject', note, { Body: 'text', ContentLength: 4 }, putNote],
  ['s3:HeadObject', note, { ContentLength: 4 }, putNote],
  ['s3:DeleteObject', note, {}, putNote],
  ['s3:ListObjectsV2', { ...backups, Prefix: 'notes/' }, { Contents: [{ Key: 'notes/one.txt', Size: 4 }] }, putNote],
  ['iam:GetUser', bot, { User: { Arn: 'arn:aws:iam::123456789012:user/deploy-bot' } }],
  ['iam:ListUsers', {}, { Users: [bot, {}, {}], IsTruncated: false }],
  ['iam:ListAccessKeys', bot, { AccessKeyMetadata: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active' }] }],
  ['iam:CreateAccessKey', bot, { AccessKey: { Status: 'Active', SecretAccessKey: expect.any(String) } }],
  ['iam:UpdateAccessKey', { ...botKey, Status: 'Inactive' }, {}],
  ['iam:DeleteAccessKey', botKey, {}],
  [
    'iam:GetAccessKeyLastUsed',
    { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    { ...bot, AccessKeyLastUsed: { ServiceName: 'N/A' } },
  ],
  ['iam:ListUserTags', bot, { Tags: [] }],
  ['iam:TagUser', { ...bot, Tags: tags }, {}],
  ['iam:UntagUser', { ...bot, TagKeys: ['team'] }, {}],
  ['secretsmanager:DescribeSecret', secret, { Name: 'deploy-bot/credentials', Tags: [] }],
  [
    'secretsmanager:GetSecretValue',
    secret,
    { SecretString: '{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE"}', VersionStages: ['AWSCURRENT'] },
  ],
  ['secretsmanager:PutSecretValue', { ...secret, SecretString: 'new' }, { VersionStages: ['AWSCURRENT'] }],
  [
    'secretsmanager:CreateSecret',
    { Name: 'fresh', SecretString: 'x' },
    { ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:fresh-\w{6}$/) },
  ],
  ['secretsmanager:DeleteSecret', secret, { DeletionDate: '2026-01-01T00:00:00.000Z' }],
  ['secretsmanager:RestoreSecret', secret, { Name: 'deploy-bot/credentials' }],
  ['secretsmanager:TagResource', { ...secret, Tags: tags }, {}],
  ['secretsmanager:UntagResource', { ...secret, TagKeys: ['team'] }, {}],
  ['sns:Publish', { TopicArn: TOPIC, Message: 'done', Subject: 'Backup' }, { MessageId: expect.any(String) }],
  ['sns:GetTopicAttributes', { TopicArn: TOPIC }, { Attributes: { TopicArn: TOPIC } }],
  [
    'sns:ListTopics',
    {},
    { Topics: [{ TopicArn: TOPIC }, { TopicArn: `${TOPIC.slice(0, -'operations'.length)}wf-approvals` }] },
  ],
  ['sns:ListTagsForResource', { ResourceArn: TOPIC }, { Tags: [] }],
  ['sns:TagResource', { ResourceArn: TOPIC, Tags: tags }, {}],
  ['sns:UntagResource', { ResourceArn: TOPIC, TagKeys: ['team'] }, {}],
  ['ecs:DescribeClusters', { clusters: ['demo'] }, { clusters: [{ status: 'ACTIVE' }], failures: [] }],
  [
    'ecs:DescribeServices',
    { cluster: 'demo', services: ['web', 'nope'] },
    { services: [{ runningCount: 2 }], failures: [{ reason: 'MISSING' }] },
  ],
  [
    'ecs:UpdateService',
    { ...web, forceNewDeployment: true },
    { service: { deployments: [{ rolloutState: 'IN_PROGRESS' }, { status: 'ACTIVE' }] } },
  ],
  ['ecs:ListServices', { cluster: 'demo' }, { serviceArns: [ECS] }],
  ['ecs:ListTasks', { cluster: 'demo', serviceName: 'web' }, { taskArns: [expect.any(String), expect.any(String)] }],
  [
    'ecs:DescribeTasks',
    { cluster: 'demo', tasks: ['0f0e0d0c0b0a49080706050403020101'] },
    { tasks: [{ lastStatus: 'RUNNING' }], failures: [] },
  ],
  ['ecs:ListTagsForResource', { resourceArn: ECS }, { tags: [] }],
  ['ecs:TagResource', { resourceArn: ECS, tags: [{ key: 'team', value: 'a' }] }, {}],
  ['ecs:UntagResource', { resourceArn: ECS, tagKeys: ['team'] }, {}],
  ['dynamodb:DescribeTable', { TableName: 'sessions' }, { Table: { TableStatus: 'ACTIVE', TableArn: TABLE } }],
  ['dynamodb:ListTables', {}, { TableNames: ['sessions', 'orders'] }],
  [
    'dynamodb:DescribeContinuousBackups',
    { TableName: TABLE },
    {
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } },
    },
  ],
  [
    'dynamodb:UpdateContinuousBackups',
    { TableName: 'sessions', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    {
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
      },
    },
  ],
  [
    'dynamodb:CreateBackup',
    { TableName: 'sessions', BackupName: 'b' },
    { BackupDetails: { BackupStatus: 'CREATING' } },
  ],
  [
    'dynamodb:DescribeBackup',
    () => ({ BackupArn: backupArn }),
    { BackupDescription: { BackupDetails: { BackupStatus: 'AVAILABLE' } } },
    makeBackup,
  ],
  [
    'dynamodb:DeleteBackup',
    () => ({ BackupArn: backupArn }),
    { BackupDescription: { BackupDetails: { BackupStatus: 'DELETED' } } },
    makeBackup,
  ],
  ['dynamodb:ListTagsOfResource', { ResourceArn: TABLE }, { Tags: [{ Key: 'environment' }] }],
  ['dynamodb:TagResource', { ResourceArn: TABLE, Tags: tags }, {}],
  ['dynamodb:UntagResource', { ResourceArn: TABLE, TagKeys: ['environment'] }, {}],
  ['kms:DescribeKey', { KeyId: 'alias/backups' }, { KeyMetadata: { KeyId: KEY, Arn: KEY_ARN, Enabled: true } }],
  ['kms:DisableKey', { KeyId: KEY_ARN }, {}],
  ['kms:EnableKey', { KeyId: KEY }, {}],
  [
    'kms:CreateGrant',
    { KeyId: KEY, Operations: ['Decrypt'], GranteePrincipal: 'arn:x' },
    { GrantId: expect.any(String) },
  ],
  ['kms:ListGrants', { KeyId: KEY }, { Grants: [{ KeyId: KEY_ARN, Operations: ['Decrypt'] }] }, makeGrant],
  ['kms:RevokeGrant', () => ({ KeyId: KEY, GrantId: grantId }), {}, makeGrant],
  ['ssm:GetParameter', { Name: '/demo/feature-flags' }, { Parameter: { Value: '{"checkout":true}' } }],
  ['ssm:PutParameter', { Name: '/demo/new', Value: 'x', Type: 'String' }, { Version: 1 }],
  ['ssm:DeleteParameter', { Name: '/demo/feature-flags' }, {}],
  ['sts:GetCallerIdentity', {}, { Account: '123456789012', Arn: expect.stringContaining('assumed-role/wf/run-1') }],
];

const ROWS = HAPPY.map(([name, input, answer, prepare = () => {}]) => [name, input, answer, prepare] as const);

const inputOf = (input: Row[1]): object => (typeof input === 'function' ? input() : input);
const wanted = (answer: object): unknown =>
  // Matchers have a class of their own; plain data is spelt as Step Functions does.
  JSON.stringify(answer) === undefined ? answer : speltKeepingMatchers(answer);

function speltKeepingMatchers(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'asymmetricMatch' in value) return value;
  if (Array.isArray(value)) return value.map(speltKeepingMatchers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      Object.keys(spelt({ [key]: 0 }) as object)[0] ?? key,
      speltKeepingMatchers(inner),
    ]),
  );
}

describe('every operation', () => {
  it('is in the table', () => {
    const all = SERVICES.flatMap(({ service, operations }) =>
      Object.keys(operations).map((name) => `${service}:${name}`),
    );
    expect(HAPPY.map(([name]) => name).sort()).toEqual(all.sort());
  });

  it.each(ROWS)('%s answers as the model says', async (name, input, answer, prepare) => {
    const account = openAccount();
    await prepare(account);
    expect(account.get(name, inputOf(input))).toMatchObject(wanted(answer) as object);
  });

  it.each(ROWS)('%s is denied without a permission, and changes nothing', async (name, input, _, prepare) => {
    const account = openAccount();
    await prepare(account);
    const start = account.account.snapshot();
    const outcome = account.call(name, inputOf(input), NONE);
    expect(outcome).toMatchObject({ kind: 'failed', cause: expect.stringContaining('is not authorized to perform') });
    expect(account.account.snapshot()).toEqual(start);
  });

  it.each(ROWS)('%s is struck by faults, and changes nothing', async (name, input, _, prepare) => {
    const account = openAccount();
    await prepare(account);
    const start = account.account.snapshot();
    for (const fault of ['throttling', 'server-error', 'timeout', 'access-denied'] as const) {
      account.account.injectFault({ operation: name, fault });
      expect(account.call(name, inputOf(input))).toMatchObject({ kind: 'failed' });
    }
    expect(account.account.snapshot()).toEqual(start);
    expect(account.call(name, inputOf(input))).toMatchObject({ kind: 'succeeded' });
  });
});

describe('the data of services', () => {
  const operations = SERVICES.flatMap(({ service, operations: of }) =>
    Object.entries(of).map(([name, does]) => [`${service}:${name}`, service, name, does] as const),
  );

  it.each(operations)('%s names members that there are', (_, service, name, does) => {
    const operation = catalog.service(service)?.operation(name);
    const members = new Set(operation?.input.members.map((member) => member.name));
    const ignored = new Set(does.ignores ?? []);
    const used = [...membersUsed(does)].filter((member) => /^\w+$/.test(member) && !ignored.has(member));
    const unknown = used.filter((member) => !members.has(member));
    expect(unknown).toEqual([]);
  });

  it('names structures and errors that there are', () => {
    for (const { service: name, resources } of SERVICES) {
      const service = catalog.service(name);
      for (const { shape, missing, duplicate } of Object.values(resources)) {
        if (shape !== undefined) expect(service?.structure(shape)).toBeDefined();
        for (const error of [missing.shape, duplicate?.shape]) {
          if (error !== undefined) expect(`${error} ${service?.error(error)?.name}`).toBe(`${error} ${error}`);
        }
      }
    }
  });
});
