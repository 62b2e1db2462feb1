import type { IdentityPolicy } from '../../../lib/iam/evaluate-policy.ts';
import { ALL, openAccount, ROLE } from './open-account.ts';

const KEY = '0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e';
const running = { InstanceIds: ['i-0a1b2c3d4e5f60001'] };
const stopped = { InstanceIds: ['i-0a1b2c3d4e5f60002'] };
const SNS = 'arn:aws:sns:us-east-1:123456789012';
const rule = (port: number): object => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
});

describe('refusals', () => {
  const REFUSALS: readonly (readonly [string, string, object, string, string])[] = [
    [
      'an unknown instance',
      'ec2:StopInstances',
      { InstanceIds: ['i-0'] },
      'Ec2.Ec2Exception',
      'InvalidInstanceID.NotFound',
    ],
    ['a stopped one', 'ec2:RebootInstances', stopped, 'Ec2.Ec2Exception', 'IncorrectState'],
    ['an unknown volume', 'ec2:DeleteVolume', { VolumeId: 'vol-0' }, 'Ec2.Ec2Exception', 'InvalidVolume.NotFound'],
    ['an attached one', 'ec2:DeleteVolume', { VolumeId: 'vol-0a1b2c3d4e5f60002' }, 'Ec2.Ec2Exception', 'VolumeInUse'],
    [
      'a rule that is there',
      'ec2:AuthorizeSecurityGroupIngress',
      { GroupId: 'sg-0a1b2c3d4e5f60001', IpPermissions: [rule(22)] },
      'Ec2.Ec2Exception',
      'InvalidPermission.Duplicate',
    ],
    [
      'a rule that is not',
      'ec2:RevokeSecurityGroupIngress',
      { GroupId: 'sg-0a1b2c3d4e5f60718', IpPermissions: [rule(22)] },
      'Ec2.Ec2Exception',
      'InvalidPermission.NotFound',
    ],
    ['an unknown bucket', 's3:HeadBucket', { Bucket: 'nope' }, 'S3.NoSuchBucketException', 'Status Code: 404'],
    ['no policy', 's3:GetBucketPolicy', { Bucket: 'demo-uploads' }, 'S3.S3Exception', 'NoSuchBucketPolicy'],
    [
      'no public access block',
      's3:GetPublicAccessBlock',
      { Bucket: 'demo-uploads' },
      'S3.S3Exception',
      'Status Code: 404, Error Code: NoSuchPublicAccessBlockConfiguration',
    ],
    [
      'a public policy where these are blocked',
      's3:PutBucketPolicy',
      { Bucket: 'demo-backups', Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}' },
      'S3.S3Exception',
      'AccessDenied',
    ],
    [
      'an unknown object',
      's3:GetObject',
      { Bucket: 'demo-uploads', Key: 'x' },
      'S3.NoSuchKeyException',
      'key does not exist',
    ],
    [
      'an unknown user',
      'iam:ListAccessKeys',
      { UserName: 'nope' },
      'Iam.NoSuchEntityException',
      'nope cannot be found',
    ],
    [
      'a third key',
      'iam:CreateAccessKey',
      { UserName: 'report-reader' },
      'Iam.LimitExceededException',
      'AccessKeysPerUser: 2',
    ],
    [
      "another user's key",
      'iam:DeleteAccessKey',
      { UserName: 'new-hire', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      'Iam.NoSuchEntityException',
      'The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.',
    ],
    [
      'an unknown secret',
      'secretsmanager:GetSecretValue',
      { SecretId: 'nope' },
      'SecretsManager.ResourceNotFoundException',
      "can't find the specified secret",
    ],
    [
      'a secret that is there',
      'secretsmanager:CreateSecret',
      { Name: 'deploy-bot/credentials' },
      'SecretsManager.ResourceExistsException',
      'already exists',
    ],
    [
      'an unknown topic',
      'sns:Publish',
      { TopicArn: `${SNS}:nope`, Message: 'x' },
      'Sns.NotFoundException',
      'Topic does not exist',
    ],
    ['no topic', 'sns:Publish', { Message: 'x' }, 'Sns.InvalidParameterException', 'no value'],
    ['no user', 'iam:ListAccessKeys', {}, 'Iam.IamException', 'Must specify userName'],
    ['an unknown cluster', 'ecs:ListTasks', { cluster: 'nope' }, 'Ecs.ClusterNotFoundException', 'Cluster not found.'],
    [
      'an unknown service',
      'ecs:UpdateService',
      { cluster: 'demo', service: 'nope', forceNewDeployment: true },
      'Ecs.ServiceNotFoundException',
      'Service not found.',
    ],
    [
      'an unknown table',
      'dynamodb:DescribeTable',
      { TableName: 'nope' },
      'DynamoDb.ResourceNotFoundException',
      'Table: nope not found',
    ],
    [
      'an unknown table to back up',
      'dynamodb:CreateBackup',
      { TableName: 'nope', BackupName: 'bak' },
      'DynamoDb.TableNotFoundException',
      'Table not found: nope',
    ],
    ['an unknown key', 'kms:DescribeKey', { KeyId: 'nope' }, 'Kms.NotFoundException', 'key/nope'],
    [
      'an encrypted copy without a key of its own',
      'rds:CopyDBSnapshot',
      {
        SourceDBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:123456789012:snapshot:orders-weekly',
        TargetDBSnapshotIdentifier: 'copy',
      },
      'Rds.RdsException',
      'KmsKeyId parameter must be specified',
    ],
    [
      'an export of what is not there',
      'rds:StartExportTask',
      {
        ExportTaskIdentifier: 'e',
        SourceArn: 'arn:aws:rds:us-east-1:123456789012:snapshot:nope',
        S3BucketName: 'demo-backups',
        IamRoleArn: 'arn:aws:iam::123456789012:role/export',
        KmsKeyId: KEY,
      },
      'Rds.DbSnapshotNotFoundException',
      'nope not found',
    ],
    [
      'an unknown export',
      'rds:CancelExportTask',
      { ExportTaskIdentifier: 'e' },
      'Rds.ExportTaskNotFoundException',
      'not found',
    ],
    ['an unknown parameter', 'ssm:GetParameter', { Name: 'nope' }, 'Ssm.ParameterNotFoundException', 'nope not found'],
  ];

  it.each(REFUSALS)('%s: %s %j', (_, name, input, error, cause) => {
    const { account, call } = openAccount();
    const start = account.snapshot();
    expect(call(name, input)).toMatchObject({ kind: 'failed', error, cause: expect.stringContaining(cause) });
    expect(account.snapshot()).toEqual(start);
  });
});

describe('states', () => {
  it('stop and start an instance, whose checks take their time', async () => {
    const { get, call, wait } = openAccount();
    const state = (): unknown =>
      (get('ec2:DescribeInstances', running) as { Reservations: { Instances: { State: { Name: string } }[] }[] })
        .Reservations[0]?.Instances[0]?.State.Name;
    const checks = (): unknown =>
      (get('ec2:DescribeInstanceStatus', running) as { InstanceStatuses: { InstanceStatus: object }[] })
        .InstanceStatuses[0]?.InstanceStatus;
    get('ec2:StopInstances', running);
    expect(call('ec2:StartInstances', running)).toMatchObject({
      cause: expect.stringContaining('IncorrectInstanceState'),
    });
    await wait(40);
    expect(state()).toBe('stopped');
    expect(checks()).toBeUndefined();
    // What is stopped already is no error.
    expect(get('ec2:StopInstances', running)).toMatchObject({
      StoppingInstances: [{ CurrentState: { Name: 'stopped' }, PreviousState: { Name: 'stopped' } }],
    });
    get('ec2:StartInstances', running);
    await wait(20);
    expect(state()).toBe('running');
    expect(checks()).toMatchObject({ Status: 'initializing' });
    await wait(60);
    expect(checks()).toMatchObject({ Status: 'ok' });
    get('ec2:RebootInstances', running);
    expect(checks()).toMatchObject({ Status: 'initializing' });
  });

  it('roll out a deployment and replace its tasks', async () => {
    const { get, wait } = openAccount();
    const tasks = (): readonly string[] =>
      (get('ecs:ListTasks', { cluster: 'demo', serviceName: 'web' }) as { TaskArns: string[] }).TaskArns;
    const before = tasks();
    get('ecs:UpdateService', { cluster: 'demo', service: 'web', taskDefinition: 'web:8' });
    await wait(60);
    expect(tasks()).toHaveLength(4);
    await wait(30);
    expect(tasks()).toHaveLength(2);
    expect(tasks().some((task) => before.includes(task))).toBe(false);
    expect(get('ecs:DescribeServices', { cluster: 'demo', services: ['web'] })).toMatchObject({
      Services: [
        {
          TaskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:8',
          Deployments: [{ RolloutState: 'COMPLETED', RunningCount: 2 }],
        },
      ],
    });
    expect(get('ecs:DescribeTasks', { cluster: 'demo', tasks: tasks() })).toMatchObject({
      Tasks: [{ LastStatus: 'RUNNING' }, { LastStatus: 'RUNNING' }],
    });
  });

  it('keep the previous value of a secret', () => {
    const { get } = openAccount();
    const SecretId = 'deploy-bot/credentials';
    get('secretsmanager:PutSecretValue', { SecretId, SecretString: 'new' });
    expect(get('secretsmanager:GetSecretValue', { SecretId })).toMatchObject({ SecretString: 'new' });
    expect(get('secretsmanager:GetSecretValue', { SecretId, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: '{"AccessKeyId":"AKIAIOSFODNN7EXAMPLE"}',
    });
    expect(
      Object.values(
        (get('secretsmanager:DescribeSecret', { SecretId }) as { VersionIdsToStages: object }).VersionIdsToStages,
      ),
    ).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
  });

  it('export a snapshot in time', async () => {
    const { get, wait } = openAccount();
    get('rds:CreateDBSnapshot', { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: 'one' });
    await wait(30);
    get('rds:StartExportTask', {
      ExportTaskIdentifier: 'e',
      SourceArn: 'arn:aws:rds:us-east-1:123456789012:snapshot:one',
      S3BucketName: 'demo-backups',
      IamRoleArn: 'arn:aws:iam::123456789012:role/export',
      KmsKeyId: KEY,
    });
    const status = (): unknown =>
      (get('rds:DescribeExportTasks', { ExportTaskIdentifier: 'e' }) as { ExportTasks: { Status: string }[] })
        .ExportTasks[0]?.Status;
    await wait(30);
    expect(status()).toBe('IN_PROGRESS');
    await wait(90);
    expect(status()).toBe('COMPLETE');
  });
});

describe('what can be seen', () => {
  it('are the messages that were published', () => {
    const { account, get } = openAccount();
    const start = account.snapshot();
    get('sns:Publish', { TopicArn: `${SNS}:operations`, Subject: 'Backup', Message: 'done' });
    expect(account.resources('sns', 'message')).toMatchObject([
      { TopicArn: `${SNS}:operations`, Subject: 'Backup', Message: 'done', PublishedAt: '2026-01-01T00:00:00.000Z' },
    ]);
    // A message is no state of the account.
    expect(account.snapshot()).toEqual(start);
  });

  it.each<
    [string, (get: (name: string, input: object) => unknown, wait: (seconds: number) => Promise<void>) => Promise<void>]
  >([
    [
      'a snapshot made and deleted',
      async (get, wait) => {
        get('rds:CreateDBSnapshot', { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: 'one' });
        await wait(30);
        get('rds:DeleteDBSnapshot', { DBSnapshotIdentifier: 'one' });
      },
    ],
    [
      'rules revoked and authorized again, in another order',
      async (get) => {
        const GroupId = 'sg-0a1b2c3d4e5f60001';
        const group = get('ec2:DescribeSecurityGroups', { GroupIds: [GroupId] }) as {
          SecurityGroups: { IpPermissions: object[] }[];
        };
        const [first = {}] = group.SecurityGroups[0]?.IpPermissions ?? [];
        get('ec2:RevokeSecurityGroupIngress', {
          GroupId,
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIp: '0.0.0.0/0',
        });
        get('ec2:AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [first] });
      },
    ],
    [
      'an instance stopped and started',
      async (get, wait) => {
        get('ec2:StopInstances', running);
        await wait(40);
        get('ec2:StartInstances', running);
        await wait(80);
      },
    ],
    [
      'a public access block put and deleted',
      async (get) => {
        get('s3:PutPublicAccessBlock', {
          Bucket: 'demo-uploads',
          PublicAccessBlockConfiguration: { BlockPublicAcls: true },
        });
        get('s3:DeletePublicAccessBlock', { Bucket: 'demo-uploads' });
      },
    ],
    [
      'recovery enabled and disabled',
      async (get) => {
        for (const PointInTimeRecoveryEnabled of [true, false]) {
          get('dynamodb:UpdateContinuousBackups', {
            TableName: 'sessions',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
          });
        }
      },
    ],
    [
      'a deployment',
      async (get, wait) => {
        get('ecs:UpdateService', { cluster: 'demo', service: 'web', forceNewDeployment: true });
        await wait(90);
      },
    ],
  ])('is the same account after %s', async (_, act) => {
    const { account, get, wait } = openAccount();
    const start = JSON.stringify(account.snapshot());
    await act(get, wait);
    await wait(0);
    expect(JSON.stringify(account.snapshot())).toBe(start);
  });
});

describe('a world that is given', () => {
  it('holds just that, with what its kinds have by default', () => {
    const { account, get } = openAccount({
      seed: { dynamodb: { table: [{ TableName: 'mine', ItemCount: 3 }] }, rds: { instance: [] } },
    });
    expect(Object.keys(account.snapshot())).toEqual(['dynamodb']);
    expect(get('dynamodb:DescribeTable', { TableName: 'mine' })).toMatchObject({
      Table: {
        TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/mine',
        TableStatus: 'ACTIVE',
        ItemCount: 3,
      },
    });
  });

  it('says everything that is wrong with it', () => {
    const seed = {
      rdss: { instance: [] },
      rds: {
        instanse: [],
        instance: [
          { DBInstanceIdentifer: 'x' },
          { DBInstanceClass: 'db.t4g.medium' },
          { DBInstanceIdentifier: 'a', AllocatedStorage: '100', VpcSecurityGroups: [{ Id: 'x' }] },
          { DBInstanceIdentifier: 'b' },
          { DBInstanceIdentifier: 'B' },
        ],
      },
    };
    expect(() => openAccount({ seed })).toThrow(
      expect.objectContaining({
        name: 'InvalidWorld',
        problems: [
          'there is no service "rdss"; did you mean "rds"?',
          'there is no rds "instanse"; did you mean "instance"?',
          'rds instance #1: there is no attribute "DBInstanceIdentifer"; did you mean "DBInstanceIdentifier"?',
          'rds instance #2 has no DBInstanceIdentifier',
          'rds instance #3.AllocatedStorage is no integer',
          'rds instance #3.VpcSecurityGroups[0]: there is no attribute "Id"',
          'rds instance #5: there are two of b',
        ],
      }),
    );
  });

  it('keeps other Regions apart, except by ARN', () => {
    const { account, call, get } = openAccount();
    expect(call('rds:DescribeDBSnapshots', { DBSnapshotIdentifier: 'orders-weekly' })).toMatchObject({
      error: 'Rds.DbSnapshotNotFoundException',
    });
    const there = call('rds:DescribeDBSnapshots', { DBSnapshotIdentifier: 'orders-weekly' }, ALL, {
      region: 'eu-west-1',
    });
    expect(there).toMatchObject({ kind: 'succeeded' });
    get('rds:CopyDBSnapshot', {
      SourceDBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:123456789012:snapshot:orders-weekly',
      TargetDBSnapshotIdentifier: 'orders-weekly',
      KmsKeyId: KEY,
    });
    expect(Object.keys(account.snapshot().rds?.snapshot ?? {})).toEqual(['eu-west-1/orders-weekly', 'orders-weekly']);
    expect(account.resources('rds', 'snapshot', 'eu-west-1')).toHaveLength(1);
  });
});

describe('faults', () => {
  const describeIt = ['rds:DescribeDBInstances', { DBInstanceIdentifier: 'demo-database' }] as const;

  it('strike in order, as often as they say, at the step and operation they say', () => {
    const { call } = openAccount({
      faults: [
        { operation: 'rds:DescribeDBInstances', fault: 'throttling', times: 2 },
        { step: 'check', fault: 'server-error', after: 1 },
      ],
    });
    const causes = [undefined, 'check', 'check', 'check', undefined].map((step) => {
      const outcome = call(...describeIt, ALL, step === undefined ? {} : { step });
      return outcome.kind === 'failed' ? outcome.cause?.match(/Error Code: (\w+)/)?.[1] : outcome.kind;
    });
    expect(causes).toEqual(['Throttling', 'Throttling', 'InternalFailure', 'succeeded', 'succeeded']);
  });

  it.each<[string, object, object, string]>([
    ['ec2:DescribeVolumes', {}, { fault: 'throttling' }, 'Ec2.Ec2Exception'],
    ['ecs:DescribeClusters', {}, { fault: 'server-error' }, 'Ecs.ServerException'],
    ['dynamodb:ListTables', {}, { fault: 'server-error' }, 'DynamoDb.InternalServerErrorException'],
    ['ecs:DescribeClusters', {}, { fault: 'access-denied' }, 'Ecs.AccessDeniedException'],
    ['sns:ListTopics', {}, { fault: 'access-denied' }, 'Sns.AuthorizationErrorException'],
    [
      'secretsmanager:DescribeSecret',
      { SecretId: 'x' },
      { fault: 'server-error' },
      'SecretsManager.InternalServiceErrorException',
    ],
    ['s3:ListBuckets', {}, { fault: 'timeout' }, 'S3.SdkClientException'],
    ['s3:ListBuckets', {}, { fault: 'timeout', error: { name: 'S3.Odd', message: 'm' } }, 'S3.Odd'],
  ])('%s %j %j is %s', (name, input, fault, error) => {
    const { account, call } = openAccount();
    account.injectFault(fault as never);
    expect(call(name, input)).toMatchObject({ kind: 'failed', error });
  });

  it('can lose the answer of what is done', () => {
    const { account, call } = openAccount({ faults: [{ fault: 'timeout', done: true }] });
    const made = call('rds:CreateDBSnapshot', { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: 'one' });
    expect(made).toMatchObject({ error: 'Rds.SdkClientException', seconds: 30 });
    expect(account.resources('rds', 'snapshot')).toHaveLength(1);
  });

  it('take time', async () => {
    const { account, wait } = openAccount({ faults: [{ fault: 'slow', seconds: 5 }] });
    let isDone = false;
    const answer = account
      .answerTask('arn:aws:states:::aws-sdk:sts:getCallerIdentity', {}, { arn: ROLE, policy: ALL })
      .finally(() => {
        isDone = true;
      });
    await wait(4.999);
    expect(isDone).toBe(false);
    await wait(0.001);
    expect(await answer).toMatchObject({ kind: 'succeeded' });
  });

  it('refuses counts that make no sense', () => {
    expect(() => openAccount({ faults: [{ fault: 'slow', seconds: -1 }] })).toThrow(RangeError);
  });
});

describe('the policy of the role', () => {
  const allow = (Action: string, Resource: string, Condition?: object): IdentityPolicy =>
    ({
      Statement: [{ Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) }],
    }) as IdentityPolicy;

  it('is asked for the secret that there is, whose ARN AWS chose', () => {
    const { account, call } = openAccount();
    const [secret] = account.resources('secretsmanager', 'secret');
    const read = (resource: string): unknown =>
      call(
        'secretsmanager:GetSecretValue',
        { SecretId: 'deploy-bot/credentials' },
        allow('secretsmanager:GetSecretValue', resource),
      ).kind;
    expect(read(String(secret?.ARN))).toBe('succeeded');
    expect(read('arn:aws:secretsmanager:*:*:secret:other-*')).toBe('failed');
  });

  it('can depend on the tags of the resource', () => {
    const stop = (environment: string): unknown =>
      openAccount().call(
        'ec2:StopInstances',
        running,
        allow('ec2:StopInstances', '*', { StringEquals: { 'aws:ResourceTag/environment': environment } }),
      ).kind;
    expect([stop('demo'), stop('production')]).toEqual(['succeeded', 'failed']);
  });

  it('can allow to pass a role to one service only', async () => {
    const start = async (service: string): Promise<unknown> => {
      const { call, get, wait } = openAccount();
      get('rds:CreateDBSnapshot', { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: 'one' });
      await wait(30);
      const policy = {
        Statement: [
          { Effect: 'Allow', Action: ['rds:StartExportTask', 'kms:*'], Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:aws:iam::123456789012:role/export',
            Condition: { StringEquals: { 'iam:PassedToService': service } },
          },
        ],
      } as IdentityPolicy;
      const input = {
        ExportTaskIdentifier: 'e',
        SourceArn: 'arn:aws:rds:us-east-1:123456789012:snapshot:one',
        S3BucketName: 'demo-backups',
        IamRoleArn: 'arn:aws:iam::123456789012:role/export',
        KmsKeyId: KEY,
      };
      return call('rds:StartExportTask', input, policy).kind;
    };
    expect(await start('export.rds.amazonaws.com')).toBe('succeeded');
    expect(await start('ec2.amazonaws.com')).toBe('failed');
  });
});
