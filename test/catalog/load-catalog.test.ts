import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogService, Operation, Shape } from '../../lib/catalog/catalog.ts';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';

const DATA = join(__dirname, '..', '..', 'lib', 'catalog', 'data');
const catalog = loadCatalog();

function service(name: string): CatalogService {
  const found = catalog.service(name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

function operation(of: CatalogService, name: string): Operation {
  const found = of.operation(name);
  if (found === undefined) throw new Error(`no operation ${of.name}:${name}`);
  return found;
}

const member = (of: Operation, name: string) => of.input.members.find((candidate) => candidate.name === name);

/** Operations that AWS does not describe. */
const UNDOCUMENTED = ['ExportApi', 'PutDedicatedIpWarmupAttributes', 'UpdateSubnetChangeProtection'];

describe('the data', () => {
  it('is what its digest says', () => {
    const hash = createHash('sha256');
    for (const file of readdirSync(DATA)
      .filter((name) => name !== 'sources.json')
      .sort()) {
      hash.update(`${file}\n${readFileSync(join(DATA, file), 'utf8')}\n`);
    }
    expect(hash.digest('hex')).toBe(catalog.digest);
  });

  it('is the same from a folder that is passed', () => {
    expect(loadCatalog(DATA).service('rds')).toMatchObject({ serviceId: 'RDS' });
  });

  it('says what is wrong when the folder is', () => {
    expect(() => loadCatalog('/no/such/folder')).toThrow(/cannot be read from .*sources\.json/);
  });

  describe.each(catalog.services)('of %s', (name) => {
    const of = service(name);
    const operations = of.operations.map((each) => operation(of, each));

    it('decodes: every operation, structure, enum and error that it refers to is there', () => {
      const seen = new Set<string>();
      const check = (shape: Shape): void => {
        if (shape.kind === 'list') check(shape.item);
        if (shape.kind === 'map') check(shape.value);
        if (shape.kind === 'scalar' && shape.enum !== undefined) expect(shape.enum).not.toEqual([]);
        if (shape.kind !== 'structure' || seen.has(shape.name)) return;
        seen.add(shape.name);
        const structure = of.structure(shape.name);
        expect(structure).toMatchObject({ name: shape.name });
        for (const { shape: inner } of structure?.members ?? []) check(inner);
      };
      for (const { input, output, errors } of operations) {
        for (const { shape } of [...input.members, ...output.members]) check(shape);
        for (const error of errors) expect(of.error(error)).toMatchObject({ name: error });
      }
    });

    it('documents every operation and nearly every input member', () => {
      const silent = operations.filter(({ documentation }) => documentation === '').map((each) => each.name);
      expect(silent.filter((each) => !UNDOCUMENTED.includes(each))).toEqual([]);
      const members = operations.flatMap(({ input }) => input.members);
      expect(members.filter(({ documentation }) => documentation === '').length).toBeLessThan(members.length / 20);
    });

    it('names IAM actions that exist', () => {
      for (const { iamActions } of operations)
        for (const action of iamActions) expect(catalog.iamAction(action)?.name).toBe(action);
    });

    it('has waiters that call operations', () => {
      for (const { operation: called } of of.waiters) expect(of.operations).toContain(called);
    });

    it('has constraints whose patterns compile and that say themselves in words', () => {
      for (const { input } of operations) {
        for (const { constraint } of input.members) {
          if (constraint === undefined) continue;
          expect(() => new RegExp(constraint.pattern ?? '')).not.toThrow();
          expect(constraint.description).not.toBe('');
        }
      }
    });
  });
});

describe('finding services', () => {
  it.each([
    ['rds', 'rds'],
    ['RDS', 'rds'],
    ['s3api', 's3'],
    ['S3', 's3'],
    ['logs', 'cloudwatch-logs'],
    ['CloudWatchLogs', 'cloudwatch-logs'],
    ['elb', 'elb'],
    ['elbv2', 'elasticloadbalancingv2'],
    ['ELBv2', 'elasticloadbalancingv2'],
    ['ce', 'costexplorer'],
    ['configservice', 'config'],
    ['stepfunctions', 'sfn'],
    ['states', 'sfn'],
    ['events', 'events'],
    ['eventbridge', 'events'],
    ['EventBridge', 'events'],
    ['cognito-idp', 'cognito-idp'],
    ['CognitoIdentityServiceProvider', 'cognito-idp'],
    ['es', 'elasticsearch'],
    ['elasticmapreduce', 'emr'],
    ['elasticfilesystem', 'efs'],
    ['tag', 'resourcegroupstaggingapi'],
    ['secrets-manager', 'secretsmanager'],
    ['Secrets Manager', 'secretsmanager'],
    ['access-analyzer', 'accessanalyzer'],
    ['s3control', 's3control'],
    ['service-quotas', 'servicequotas'],
  ])('%s is %s', (alias, name) => expect(catalog.service(alias)?.name).toBe(name));

  it('finds none by a name that several share', () => {
    // Amazon RDS has it for itself; API Gateway's two generations have it in common with the first one's own name.
    expect(catalog.service('rds')?.name).toBe('rds');
    expect(catalog.service('apigateway')?.name).toBe('apigateway');
  });

  it('finds none by what every object has, or by nothing', () => {
    for (const name of ['constructor', '__proto__', '', 'rdsx']) expect(catalog.service(name)).toBeUndefined();
    expect(service('rds').operation('constructor')).toBeUndefined();
    expect(service('rds').structure('toString')).toBeUndefined();
    expect(service('rds').error('constructor')).toBeUndefined();
    for (const name of ['constructor:constructor', 'rds:constructor', 'rds', 'rds:', '', ':', 'rds:a:b'])
      expect(catalog.iamAction(name)).toBeUndefined();
    expect(catalog.iamActionNames('constructor')).toEqual([]);
    expect(catalog.resourceType('constructor', 'name')).toBeUndefined();
    expect(catalog.resourceType('rds', 'constructor')).toBeUndefined();
  });
});

describe('rds', () => {
  const rds = service('rds');

  it('has its operations, sorted', () => {
    expect(rds.operations.length).toBeGreaterThanOrEqual(168);
    expect([...rds.operations].sort()).toEqual(rds.operations);
    expect(rds).toMatchObject({ serviceId: 'RDS', cliName: 'rds', iamPrefix: 'rds' });
  });

  it('knows CreateDBSnapshot', () => {
    const create = operation(rds, 'CreateDBSnapshot');
    expect(create.iamActions).toEqual(['rds:CreateDBSnapshot']);
    expect(create.errors).toContain('DBInstanceNotFoundFault');
    expect(create.input.members.map(({ name, required }) => [name, required])).toEqual([
      ['DBSnapshotIdentifier', true],
      ['DBInstanceIdentifier', true],
      ['Tags', false],
    ]);
    expect(create.output.members[0]).toMatchObject({
      name: 'DBSnapshot',
      shape: { kind: 'structure', name: 'DBSnapshot' },
    });
    expect(member(create, 'DBSnapshotIdentifier')?.constraint).toMatchObject({ minLength: 1, maxLength: 255 });
  });

  it('lets references take over the constraint of what they refer to', () => {
    const own = member(operation(rds, 'CreateDBInstance'), 'DBInstanceIdentifier')?.constraint;
    expect(own).toMatchObject({ maxLength: 63 });
    expect(member(operation(rds, 'CreateDBSnapshot'), 'DBInstanceIdentifier')?.constraint).toEqual(own);
    // Its documentation says that an ARN will do.
    const described = member(operation(rds, 'DescribeDBInstances'), 'DBInstanceIdentifier')?.constraint;
    expect(described?.description).toBe(`${own?.description}; or an ARN`);
    expect('../../etc/passwd').not.toMatch(new RegExp(described?.pattern ?? ''));
  });

  it('does not hold references to names that AWS itself makes to the rule for names that people make', () => {
    // Automated snapshots are called `rds:…`, default groups `default.mysql8.0` and `default:mysql-8-0`.
    for (const [name, reference] of [
      ['RestoreDBInstanceFromDBSnapshot', 'DBSnapshotIdentifier'],
      ['ModifyDBInstance', 'OptionGroupName'],
      ['CreateDBInstance', 'DBParameterGroupName'],
    ] as const) {
      expect(member(operation(rds, name), reference)?.constraint?.pattern).toBeUndefined();
    }
    expect(member(operation(rds, 'CreateDBParameterGroup'), 'DBParameterGroupName')?.constraint?.pattern).toBeDefined();
  });

  it('types members: numbers, enums, sensitive and recursive ones', () => {
    expect(member(operation(rds, 'CreateDBInstance'), 'AllocatedStorage')?.shape).toEqual({
      kind: 'scalar',
      type: 'integer',
    });
    expect(member(operation(rds, 'CreateDBInstance'), 'MasterUserPassword')).toMatchObject({ sensitive: true });
    const scaling = rds
      .structure('ServerlessV2ScalingConfiguration')
      ?.members.find(({ name }) => name === 'MinCapacity');
    expect(scaling?.shape).toEqual({ kind: 'scalar', type: 'number' });
    expect(member(operation(rds, 'CreateDBInstanceReadReplica'), 'ReplicaMode')?.shape).toEqual({
      kind: 'scalar',
      type: 'string',
      enum: ['mounted', 'open-read-only'],
    });
  });

  it('finds errors by shape and by code', () => {
    const error = { name: 'DBInstanceNotFoundFault', code: 'DBInstanceNotFound', httpStatus: 404 };
    expect(rds.error('DBInstanceNotFoundFault')).toEqual(error);
    expect(rds.error('DBInstanceNotFound')).toEqual(error);
  });

  it('has waiters as data', () => {
    expect(rds.waiters.find(({ name }) => name === 'DBSnapshotAvailable')).toMatchObject({
      operation: 'DescribeDBSnapshots',
      delaySeconds: 30,
      maxAttempts: 60,
    });
  });
});

it('marks tokens that make a call repeatable', () => {
  expect(member(operation(service('ec2'), 'RunInstances'), 'ClientToken')).toMatchObject({ idempotencyToken: true });
});

describe('s3', () => {
  it('maps operations to the actions that they need, not to their names', () => {
    const s3 = service('s3');
    expect(operation(s3, 'ListBuckets').iamActions).toEqual(['s3:ListAllMyBuckets']);
    expect(operation(s3, 'HeadBucket').iamActions).toEqual(['s3:ListBucket']);
    expect(operation(s3, 'PutBucketCors').iamActions).toEqual(['s3:PutBucketCORS']);
    expect(operation(s3, 'CopyObject').iamActions).toEqual(['s3:GetObject', 's3:PutObject']);
    expect(operation(s3, 'CreateSession').iamActions).toEqual(['s3express:CreateSession']);
  });

  it.each([
    ['s3control:PutPublicAccessBlock', ['s3:PutAccountPublicAccessBlock']],
    ['s3control:PutBucketPolicy', ['s3-outposts:PutBucketPolicy']],
    ['apigateway:UpdateStage', ['apigateway:PATCH']],
    ['apigatewayv2:CreatePortal', ['apigateway:CreatePortal']],
    ['apigatewayv2:PutRoutingRule', []],
    ['accessanalyzer:ListFindingsV2', ['access-analyzer:ListFindings']],
    ['budgets:CreateBudget', ['budgets:ModifyBudget']],
    ['opensearch:UpdateDomainConfig', ['es:UpdateDomainConfig']],
    ['neptune:ModifyDBCluster', ['rds:ModifyDBCluster']],
    ['emr:PutBlockPublicAccessConfiguration', ['elasticmapreduce:PutBlockPublicAccessConfiguration']],
    ['resourcegroupstaggingapi:TagResources', ['tag:TagResources']],
    ['efs:DeleteMountTarget', ['elasticfilesystem:DeleteMountTarget', 'ec2:DeleteNetworkInterface']],
    ['codeartifact:GetAuthorizationToken', ['codeartifact:GetAuthorizationToken', 'sts:GetServiceBearerToken']],
  ])('and so for %s: %j', (call, actions) => {
    const [name = '', each = ''] = call.split(':');
    expect(operation(service(name), each).iamActions).toEqual(actions);
  });

  it('knows what Step Functions cannot call', () => {
    const refused = (name: string): readonly string[] =>
      service(name).operations.filter(
        (each) => operation(service(name), each).unsupportedByStepFunctions !== undefined,
      );
    expect(refused('sts')).toEqual(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);
    expect(refused('lambda')).toEqual(['InvokeAsync', 'InvokeWithResponseStream']);
    expect(refused('kinesis')).toEqual(['SubscribeToShard']);
    expect(refused('rds')).toEqual([]);

    const s3 = service('s3');
    expect(operation(s3, 'SelectObjectContent').unsupportedByStepFunctions).toBeDefined();
    expect(operation(s3, 'GetObject').unsupportedByStepFunctions).toBeUndefined();
  });
});

describe('IAM', () => {
  it('knows actions whatever their case, with resource types and dependent actions', () => {
    expect(catalog.iamAction('RDS:createdbsnapshot')).toMatchObject({
      name: 'rds:CreateDBSnapshot',
      accessLevel: 'Write',
      resourceTypes: [
        { name: 'db', required: true },
        { name: 'snapshot', required: true },
      ],
      dependentActions: ['rds:AddTagsToResource'],
    });
    expect(catalog.iamAction('rds:DescribeDBInstances')).toMatchObject({
      accessLevel: 'List',
      resourceTypes: [{ name: 'db', required: false }],
    });
    expect(catalog.iamAction('s3:HeadBucket')).toBeUndefined();
  });

  it('knows services that the catalog has no model of, in full', () => {
    expect(catalog.iamAction('iam:PassRole')).toMatchObject({ resourceTypes: [{ name: 'role', required: true }] });
    expect(catalog.iamAction('iam:PassRole')?.conditionKeys).toContain('iam:PassedToService');
    expect(catalog.iamAction('rds:AddTagsToResource')?.accessLevel).toBe('Tagging');
    expect(catalog.iamAction('iam:PutRolePolicy')?.accessLevel).toBe('Permissions management');
  });

  it('lists the actions of a prefix, sorted, with the prefix', () => {
    const names = catalog.iamActionNames('sts');
    expect(names).toContain('sts:GetCallerIdentity');
    expect([...names].sort()).toEqual(names);
    expect(catalog.iamActionNames('nothing')).toEqual([]);
  });

  it('defines every resource type that an action of a service names, in each of its forms', () => {
    for (const name of catalog.services) {
      for (const each of service(name).operations) {
        for (const action of operation(service(name), each).iamActions) {
          const [prefix = ''] = action.split(':');
          for (const type of catalog.iamAction(action)?.resourceTypes ?? []) {
            const arn = catalog.resourceType(prefix, type.name)?.arn ?? '';
            for (const form of arn.split(', '))
              expect(form).toMatch(/^arn:\$\{Partition\}:(?:[a-z0-9-]+|\$\{Vendor\}):/);
          }
        }
      }
    }
  });

  it('knows ARN formats', () => {
    expect(catalog.resourceType('rds', 'snapshot')).toEqual({
      name: 'snapshot',
      arn: 'arn:${Partition}:rds:${Region}:${Account}:snapshot:${SnapshotName}',
      conditionKeys: ['aws:ResourceTag/${TagKey}', 'rds:snapshot-tag/${TagKey}'],
    });
  });
});
