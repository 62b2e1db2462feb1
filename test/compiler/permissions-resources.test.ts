import { callsOf } from '../../lib/compiler/plan-calls.ts';
import { bytecodeOf } from '../support/compile.ts';

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

const text = (name: string, rules: Partial<Declared> = {}): Declared => ({
  name,
  type: 'string',
  required: true,
  ...rules,
});

/** action → resources of a workflow with one pinned call. */
function resourcesOf(
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  needed: readonly string[],
  declared: readonly Declared[] = [],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    permissionsOf(action, parameters, needed, declared).map((permission) => [permission.action, permission.resources]),
  );
}

function permissionsOf(
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  needed: readonly string[],
  declared: readonly Declared[] = [],
) {
  const source = {
    name: 'one_call',
    version: '1.0',
    description: 'One call',
    author: 'test',
    parameters: declared,
    steps: [
      { id: 'ask', type: 'approval', message: 'Go on?', timeout: 30 },
      { id: 'only', type: 'command', action, parameters, irreversible: true, depends_on: ['ask'] },
    ],
    outputs: { approved_by: '${steps.ask.answered_by}' },
    security: { required_permissions: needed, max_duration: 60 },
  };
  return bytecodeOf(JSON.stringify(source), 'enterprise')
    .execution_plan.flatMap(callsOf)
    .flatMap((call) => call.permissions);
}

const HERE = '${Region}:${Account}';
const EC2 = `arn:\${Partition}:ec2:${HERE}`;
const PATTERN_OF_NAME = { pattern: 'prod-[a-z]+' };

describe('names', () => {
  it('keep what a pattern fixes, and every value of an enum', () => {
    const declared = [text('id', PATTERN_OF_NAME), text('stage', { enum: ['dev', 'test'] })];
    expect(
      resourcesOf(
        'rds:StartDBInstance',
        { DBInstanceIdentifier: '${params.id}-${params.stage}' },
        ['rds:StartDBInstance'],
        declared,
      ),
    ).toEqual({
      'rds:StartDBInstance': [
        `arn:\${Partition}:rds:${HERE}:db:prod-*-dev`,
        `arn:\${Partition}:rds:${HERE}:db:prod-*-test`,
      ],
    });
  });

  it('have the region and account of the deployment', () => {
    expect(resourcesOf('s3:HeadBucket', { Bucket: 'logs-${account}-${region}' }, ['s3:ListBucket'])).toEqual({
      's3:ListBucket': ['arn:${Partition}:s3:::logs-${Account}-${Region}'],
    });
  });

  it('fill an object by bucket and key together', () => {
    expect(
      resourcesOf(
        's3:HeadObject',
        { Bucket: '${params.bucket}', Key: 'reports/${params.day}.csv' },
        ['s3:GetObject'],
        [text('bucket'), text('day')],
      ),
    ).toEqual({ 's3:GetObject': ['arn:${Partition}:s3:::*/reports/*.csv'] });
  });

  it('of a copy are what is read and what is written', () => {
    const parameters = { Bucket: 'archive', Key: 'a.txt', CopySource: 'inbox/in/a.txt?versionId=3' };
    expect(resourcesOf('s3:CopyObject', parameters, ['s3:GetObject', 's3:PutObject'])).toEqual({
      's3:GetObject': ['arn:${Partition}:s3:::inbox/in/a.txt'],
      's3:PutObject': ['arn:${Partition}:s3:::archive/a.txt'],
    });
  });

  it('are read from URLs, prefixed names and names with paths', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders';
    expect(resourcesOf('sqs:PurgeQueue', { QueueUrl: url }, ['sqs:PurgeQueue'])).toEqual({
      'sqs:PurgeQueue': [`arn:\${Partition}:sqs:${HERE}:orders`],
    });
    expect(resourcesOf('kms:DeleteAlias', { AliasName: 'alias/app' }, ['kms:DeleteAlias'])).toEqual({
      'kms:DeleteAlias': [`arn:\${Partition}:kms:${HERE}:alias/app`, `arn:\${Partition}:kms:${HERE}:key/*`],
    });
    expect(resourcesOf('ssm:GetParameter', { Name: '/app/db/url' }, ['ssm:GetParameter'])).toEqual({
      'ssm:GetParameter': [`arn:\${Partition}:ssm:${HERE}:parameter/app/db/url`],
    });
    expect(resourcesOf('iam:GetRole', { RoleName: 'deploy' }, ['iam:GetRole'])).toEqual({
      'iam:GetRole': ['arn:${Partition}:iam::${Account}:role/*/deploy', 'arn:${Partition}:iam::${Account}:role/deploy'],
    });
  });

  it('of a secret end in what Secrets Manager adds', () => {
    expect(
      resourcesOf('secretsmanager:GetSecretValue', { SecretId: 'prod/db' }, ['secretsmanager:GetSecretValue']),
    ).toEqual({ 'secretsmanager:GetSecretValue': [`arn:\${Partition}:secretsmanager:${HERE}:secret:prod/db-??????`] });
  });

  it('of a key that is an alias say nothing of the key', () => {
    expect(resourcesOf('kms:EnableKeyRotation', { KeyId: 'alias/app' }, ['kms:EnableKeyRotation'])).toEqual({
      'kms:EnableKeyRotation': [`arn:\${Partition}:kms:${HERE}:key/*`],
    });
  });

  it('within others are filled with what is known of these', () => {
    const parameters = { cluster: 'main', service: '${params.service}', desiredCount: 2 };
    expect(resourcesOf('ecs:UpdateService', parameters, ['ecs:UpdateService'], [text('service')])).toEqual({
      'ecs:UpdateService': [`arn:\${Partition}:ecs:${HERE}:service/main/*`],
    });
  });

  it('are found in lists of structures and in keys of maps', () => {
    const specifications = [
      { InstanceId: 'i-1', CpuCredits: 'standard' },
      { InstanceId: 'i-2', CpuCredits: 'standard' },
    ];
    expect(
      resourcesOf('ec2:ModifyInstanceCreditSpecification', { InstanceCreditSpecifications: specifications }, [
        'ec2:ModifyInstanceCreditSpecification',
      ]),
    ).toEqual({ 'ec2:ModifyInstanceCreditSpecification': [`${EC2}:instance/i-1`, `${EC2}:instance/i-2`] });
    expect(
      resourcesOf('dynamodb:BatchGetItem', { RequestItems: { orders: { Keys: [{ id: { S: '1' } }] } } }, [
        'dynamodb:BatchGetItem',
      ]),
    ).toEqual({ 'dynamodb:BatchGetItem': [`arn:\${Partition}:dynamodb:${HERE}:table/orders`] });
  });

  it('that AWS will choose stay open', () => {
    expect(resourcesOf('ec2:CreateSnapshot', { VolumeId: 'vol-1' }, ['ec2:CreateSnapshot'])).toEqual({
      'ec2:CreateSnapshot': [`${EC2}:volume/vol-1`, 'arn:${Partition}:ec2:${Region}::snapshot/*'],
    });
  });

  it('with a qualifier are the function and that version of it', () => {
    expect(resourcesOf('lambda:Invoke', { FunctionName: 'app', Qualifier: 'live' }, ['lambda:InvokeFunction'])).toEqual(
      {
        'lambda:InvokeFunction': [
          `arn:\${Partition}:lambda:${HERE}:function:app`,
          `arn:\${Partition}:lambda:${HERE}:function:app:live`,
        ],
      },
    );
  });
});

describe('ARNs', () => {
  it('stand as they are written', () => {
    const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
    expect(resourcesOf('sns:Publish', { TopicArn, Message: 'x' }, ['sns:Publish'])).toEqual({
      'sns:Publish': [TopicArn],
    });
  });

  it('keep the parts that are fixed; the others are the deployment’s own', () => {
    const TopicArn = 'arn:${partition}:sns:${region}:${params.account}:alerts-${params.team}';
    const declared = [text('account'), text('team')];
    expect(resourcesOf('sns:Publish', { TopicArn, Message: 'x' }, ['sns:Publish'], declared)).toEqual({
      'sns:Publish': [`arn:\${Partition}:sns:${HERE}:alerts-*`],
    });
  });

  it('known only at run time are any of the type', () => {
    const action = 'sns:GetTopicAttributes';
    expect(resourcesOf(action, { TopicArn: '${params.arn}' }, [action], [text('arn')])).toEqual({
      [action]: [`arn:\${Partition}:sns:${HERE}:*`],
    });
    const cut = { TopicArn: 'arn:aws:${params.rest}' };
    expect(resourcesOf(action, cut, [action], [text('rest')])).toEqual({
      [action]: [`arn:\${Partition}:sns:${HERE}:*`],
    });
  });

  it('choose among the types of an action', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
    expect(resourcesOf('dynamodb:TagResource', { ResourceArn: table, Tags: [] }, ['dynamodb:TagResource'])).toEqual({
      'dynamodb:TagResource': [table],
    });
    const stream = `${table}/stream/2026-01-01T00:00:00.000`;
    expect(resourcesOf('dynamodb:TagResource', { ResourceArn: stream, Tags: [] }, ['dynamodb:TagResource'])).toEqual({
      'dynamodb:TagResource': [stream],
    });
  });

  it('do not let a literal wildcard or variable widen them', () => {
    const ResourceName = 'arn:aws:rds:eu-west-1:123456789012:db:o*$';
    expect(resourcesOf('rds:ListTagsForResource', { ResourceName }, ['rds:ListTagsForResource'])).toEqual({
      'rds:ListTagsForResource': ['arn:aws:rds:eu-west-1:123456789012:db:o??'],
    });
  });

  it('of any of many types are told by the service', () => {
    expect(
      resourcesOf(
        'rds:ListTagsForResource',
        { ResourceName: '${params.arn}' },
        ['rds:ListTagsForResource'],
        [text('arn')],
      ),
    ).toEqual({ 'rds:ListTagsForResource': expect.arrayContaining([`arn:\${Partition}:rds:${HERE}:*`]) });
  });
});

describe('API Gateway', () => {
  it('is scoped by what the operation is about', () => {
    expect(resourcesOf('apigateway:GetStage', { restApiId: 'abc', stageName: 'prod' }, ['apigateway:GET'])).toEqual({
      'apigateway:GET': ['arn:${Partition}:apigateway:${Region}::/restapis/abc/stages/prod'],
    });
    expect(resourcesOf('apigateway:CreateRestApi', { name: 'app' }, ['apigateway:POST'])).toEqual({
      'apigateway:POST': [
        'arn:${Partition}:apigateway:${Region}::/restapis',
        'arn:${Partition}:apigateway:${Region}::/restapis/*',
      ],
    });
    expect(
      resourcesOf('apigatewayv2:UpdateAuthorizer', { ApiId: 'abc', AuthorizerId: 'x' }, ['apigateway:PATCH']),
    ).toEqual({ 'apigateway:PATCH': ['arn:${Partition}:apigateway:${Region}::/apis/abc/authorizers/x'] });
  });
});

describe('dependent actions', () => {
  it('pass exactly the role that is given, to exactly the service that it is for', () => {
    const parameters = {
      DBInstanceIdentifier: 'orders',
      MonitoringInterval: 60,
      MonitoringRoleArn: 'arn:aws:iam::123456789012:role/rds-monitoring',
    };
    expect(permissionsOf('rds:ModifyDBInstance', parameters, ['rds:ModifyDBInstance', 'iam:PassRole'])[1]).toEqual({
      action: 'iam:PassRole',
      resources: ['arn:aws:iam::123456789012:role/rds-monitoring'],
      reason: 'step only gives MonitoringRoleArn to rds:ModifyDBInstance',
      condition: { StringEquals: { 'iam:PassedToService': 'monitoring.rds.amazonaws.com' } },
    });
  });

  it('pass a role that stands within a structure', () => {
    const parameters = {
      Bucket: 'source',
      ReplicationConfiguration: {
        Role: '${params.role}',
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::target' } }],
      },
    };
    const [, pass] = permissionsOf(
      's3:PutBucketReplication',
      parameters,
      ['s3:PutReplicationConfiguration', 'iam:PassRole'],
      [text('role', { pattern: 'arn:aws:iam::\\d{12}:role/replication-.*' })],
    );
    expect(pass).toMatchObject({
      resources: ['arn:aws:iam::${Account}:role/replication-*'],
      condition: { StringEquals: { 'iam:PassedToService': 's3.amazonaws.com' } },
    });
  });

  it('tag what is made and nothing else', () => {
    const tagged = {
      DBInstanceIdentifier: 'orders',
      DBSnapshotIdentifier: 'orders-1',
      Tags: [{ Key: 'a', Value: 'b' }],
    };
    expect(
      resourcesOf('rds:CreateDBSnapshot', tagged, ['rds:CreateDBSnapshot', 'rds:AddTagsToResource']),
    ).toMatchObject({
      'rds:AddTagsToResource': [`arn:\${Partition}:rds:${HERE}:snapshot:orders-1`],
    });
    const specification = [{ ResourceType: 'snapshot', Tags: [{ Key: 'a', Value: 'b' }] }];
    expect(
      permissionsOf('ec2:CreateSnapshot', { VolumeId: 'vol-1', TagSpecifications: specification }, [
        'ec2:CreateSnapshot',
        'ec2:CreateTags',
      ])[1],
    ).toMatchObject({
      action: 'ec2:CreateTags',
      resources: ['arn:${Partition}:ec2:${Region}::snapshot/*'],
      condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshot' } },
    });
  });

  it('use the key that is given', () => {
    const parameters = {
      DBInstanceIdentifier: 'a',
      DBInstanceClass: 'db.t3.micro',
      Engine: 'mysql',
      KmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    };
    expect(
      resourcesOf('rds:CreateDBInstance', parameters, ['rds:CreateDBInstance', 'kms:CreateGrant', 'kms:DescribeKey']),
    ).toMatchObject({
      'kms:CreateGrant': [`arn:\${Partition}:kms:${HERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
    });
  });

  it('let RDS use the key of a copy, and nobody else', () => {
    const parameters = {
      SourceDBSnapshotIdentifier: 'one',
      TargetDBSnapshotIdentifier: 'two',
      KmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
      Tags: [{ Key: 'a', Value: 'b' }],
    };
    const actions = ['rds:CopyDBSnapshot', 'rds:AddTagsToResource', 'kms:CreateGrant', 'kms:DescribeKey'];
    const key = [`arn:\${Partition}:kms:${HERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`];
    const snapshot = (name: string): string => `arn:\${Partition}:rds:${HERE}:snapshot:${name}`;
    expect(resourcesOf('rds:CopyDBSnapshot', parameters, actions)).toEqual({
      'rds:CopyDBSnapshot': [snapshot('one'), snapshot('two')],
      'rds:AddTagsToResource': [snapshot('two')],
      'kms:CreateGrant': key,
      'kms:DescribeKey': key,
    });
  });

  it('stay away where a switch is off', () => {
    const parameters = { DBInstanceIdentifier: 'a', ManageMasterUserPassword: false };
    expect(Object.keys(resourcesOf('rds:ModifyDBInstance', parameters, ['rds:ModifyDBInstance']))).toEqual([
      'rds:ModifyDBInstance',
    ]);
  });

  it('take the place of an action where a version is asked for', () => {
    const parameters = { Bucket: 'b', Key: 'k', VersionId: '1' };
    expect(Object.keys(resourcesOf('s3:GetObject', parameters, ['s3:GetObjectVersion']))).toEqual([
      's3:GetObjectVersion',
    ]);
  });
});
