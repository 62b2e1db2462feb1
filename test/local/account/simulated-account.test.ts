import { loadCatalog } from '../../../lib/catalog/load-catalog.ts';
import type { IdentityPolicy } from '../../../lib/iam/evaluate-policy.ts';
import { createSimulatedAccount, type SimulatedAccount } from '../../../lib/local/account/simulated-account.ts';
import type { TaskOutcome } from '../../../lib/local/asl/branch.ts';
import { createVirtualClock } from '../../../lib/local/clock.ts';

const catalog = loadCatalog();
const ALL: IdentityPolicy = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const ROLE = 'arn:aws:sts::123456789012:assumed-role/wf-rds_backup/run-1';
const ARN = 'arn:aws:rds:us-east-1:123456789012';
const snapshotArguments = { DbInstanceIdentifier: 'demo-database', DbSnapshotIdentifier: 'demo-1' };

function open(): {
  readonly account: SimulatedAccount;
  readonly call: (action: string, given: unknown, policy?: IdentityPolicy) => TaskOutcome;
  readonly check: (action: string, given: unknown) => readonly string[];
  readonly advance: (milliseconds: number) => Promise<void>;
} {
  const clock = createVirtualClock('2026-01-01T00:00:00Z', { automatic: false });
  const account = createSimulatedAccount({ catalog, clock, random: () => 0 });
  const resource = (action: string): string => `arn:aws:states:::aws-sdk:rds:${action}`;
  return {
    account,
    call: (action, given, policy = ALL) => account.callTask(resource(action), given, { arn: ROLE, policy }),
    check: (action, given) => account.checkTask(resource(action), given),
    advance: clock.advance,
  };
}

const outputOf = (outcome: TaskOutcome): unknown => (outcome.kind === 'succeeded' ? outcome.output : outcome);
const allow = (Action: string, Resource: string | readonly string[], more: object = {}): IdentityPolicy => ({
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});

describe('arguments, checked as Step Functions does', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['describeDBInstances', {}, []],
    [
      'describeDBInstances',
      { DbInstanceIdentifier: 'demo-database', Filters: [{ Name: 'engine', Values: ['postgres'] }] },
      [],
    ],
    [
      'describeDBInstances',
      { DBInstanceIdentifier: 'demo-database' },
      ['The field "DBInstanceIdentifier" is not supported by Step Functions'],
    ],
    [
      'describeDBInstances',
      { Filters: [{ name: 'engine', Values: [] }] },
      ['The field "name" is not supported by Step Functions', 'The field "Name" is required but was missing'],
    ],
    [
      'createDBSnapshot',
      { DbInstanceIdentifier: 'x' },
      ['The field "DbSnapshotIdentifier" is required but was missing'],
    ],
    [
      'createDBSnapshot',
      { ...snapshotArguments, DbInstanceIdentifier: null },
      ['The field "DbInstanceIdentifier" is required but was missing'],
    ],
    ['describeDBInstances', { MaxRecords: '20' }, ["The value of the field 'MaxRecords' has an invalid format"]],
    [
      'describeDBInstances',
      { DbInstanceIdentifier: ['x'] },
      ["The value of the field 'DbInstanceIdentifier' has an invalid format"],
    ],
    [
      'describeDBInstances',
      { Filters: { Name: 'engine' } },
      ["The value of the field 'Filters' has an invalid format"],
    ],
    ['describeDBInstances', 'demo-database', ["The value of the field 'Arguments' has an invalid format"]],
  ])('%s %j', (action, given, problems) => {
    expect(open().check(action, given)).toEqual(problems);
  });

  it('is a fault to leave out', () => {
    expect(() => open().call('describeDBInstances', { DBInstanceIdentifier: 'x' })).toThrow('checkTask');
    expect(() => open().call('describeDbInstances', {})).toThrow('checked');
  });

  it('knows no action that Step Functions does not', () => {
    expect(open().check('DescribeDBInstances', {})[0]).toContain('is not recognized');
    expect(open().account.checkTask('arn:aws:states:::aws-sdk:nope:doIt', {})[0]).toContain('is not recognized');
    expect(open().account.checkTask('arn:aws:states:::lambda:invoke', {})[0]).toContain('is not recognized');
  });
});

describe('instances', () => {
  it('has the seed world, in the spelling of Step Functions', () => {
    const output = outputOf(open().call('describeDBInstances', { DbInstanceIdentifier: 'Demo-Database' })) as {
      DbInstances: unknown[];
    };
    expect(output.DbInstances).toHaveLength(1);
    expect(output.DbInstances[0]).toMatchObject({
      DbInstanceIdentifier: 'demo-database',
      DbInstanceStatus: 'available',
      DbInstanceArn: `${ARN}:db:demo-database`,
      Engine: 'postgres',
      MultiAZ: false,
      Endpoint: { Address: expect.stringMatching(/^demo-database\..+\.us-east-1\.rds\.amazonaws\.com$/), Port: 5432 },
      InstanceCreateTime: '2025-11-03T09:12:44.120Z',
    });
  });

  it('filters and pages', () => {
    const { call } = open();
    const page = (given: object): { DbInstances: { DbInstanceIdentifier: string }[]; Marker?: string } =>
      outputOf(call('describeDBInstances', given)) as never;
    const first = page({ MaxRecords: 2 });
    const second = page({ MaxRecords: 2, Marker: first.Marker });
    expect([...first.DbInstances, ...second.DbInstances].map((instance) => instance.DbInstanceIdentifier)).toEqual([
      'demo-database',
      'orders-prod',
      'reports-staging',
    ]);
    expect(second.Marker).toBeUndefined();
    expect(page({ Filters: [{ Name: 'db-instance-id', Values: ['orders-prod'] }] }).DbInstances).toHaveLength(1);
    expect(call('describeDBInstances', { Filters: [{ Name: 'colour', Values: [] }] })).toMatchObject({
      kind: 'failed',
      error: 'Rds.RdsException',
    });
  });

  it('answers an unknown one with the real error', () => {
    expect(open().call('describeDBInstances', { DbInstanceIdentifier: 'nope' })).toEqual({
      kind: 'failed',
      error: 'Rds.DbInstanceNotFoundException',
      cause:
        'DBInstance nope not found. (Service: Rds, Status Code: 404, Request ID: 00000000-0000-0000-0000-000000000000)',
    });
  });

  it('stops and starts in time, and only from the right state', async () => {
    const { call, advance } = open();
    const demo = { DbInstanceIdentifier: 'demo-database' };
    const status = (): unknown =>
      (outputOf(call('describeDBInstances', demo)) as { DbInstances: { DbInstanceStatus: string }[] }).DbInstances[0]
        ?.DbInstanceStatus;
    expect(outputOf(call('stopDBInstance', demo))).toMatchObject({ DbInstance: { DbInstanceStatus: 'stopping' } });
    expect(call('stopDBInstance', demo)).toMatchObject({
      error: 'Rds.InvalidDbInstanceStateException',
      cause: expect.stringContaining('Instance demo-database is not in available state.'),
    });
    await advance(30_000);
    expect(status()).toBe('stopped');
    call('startDBInstance', demo);
    expect(status()).toBe('starting');
    await advance(29_999);
    expect(status()).toBe('starting');
    await advance(1);
    expect(status()).toBe('available');
  });

  it('keeps what is changed now apart from what is changed later', () => {
    const { call, account } = open();
    call('modifyDBInstance', {
      DbInstanceIdentifier: 'demo-database',
      AllocatedStorage: 200,
      DeletionProtection: true,
    });
    const [demo] = account.resources('rds', 'instance');
    expect(demo).toMatchObject({
      AllocatedStorage: 100,
      DeletionProtection: true,
      PendingModifiedValues: { AllocatedStorage: 200 },
    });
  });

  it('protects what is protected, and makes a final snapshot of what goes', async () => {
    const { call, account, advance } = open();
    expect(call('deleteDBInstance', { DbInstanceIdentifier: 'orders-prod', SkipFinalSnapshot: true })).toMatchObject({
      error: 'Rds.RdsException',
      cause: expect.stringContaining('Cannot delete protected DB Instance'),
    });
    expect(call('deleteDBInstance', { DbInstanceIdentifier: 'demo-database' })).toMatchObject({
      cause: expect.stringContaining('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.'),
    });
    call('deleteDBInstance', { DbInstanceIdentifier: 'demo-database', FinalDBSnapshotIdentifier: 'last' });
    expect(account.resources('rds', 'snapshot')).toMatchObject([{ DBSnapshotIdentifier: 'last', Status: 'creating' }]);
    await advance(60_000);
    expect(call('describeDBInstances', { DbInstanceIdentifier: 'demo-database' })).toMatchObject({
      error: 'Rds.DbInstanceNotFoundException',
    });
  });
});

describe('snapshots', () => {
  it('go from creating to available', async () => {
    const { call, account, advance } = open();
    expect(outputOf(call('createDBSnapshot', snapshotArguments))).toMatchObject({
      DbSnapshot: {
        DbSnapshotIdentifier: 'demo-1',
        DbInstanceIdentifier: 'demo-database',
        DbSnapshotArn: `${ARN}:snapshot:demo-1`,
        Status: 'creating',
        PercentProgress: 0,
        SnapshotType: 'manual',
        SnapshotCreateTime: '2026-01-01T00:00:00.000Z',
        Encrypted: true,
      },
    });
    await advance(29_999);
    expect(account.resources('rds', 'snapshot')).toMatchObject([{ Status: 'creating' }]);
    await advance(1);
    expect(outputOf(call('describeDBSnapshots', { DbSnapshotIdentifier: 'DEMO-1' }))).toMatchObject({
      DbSnapshots: [{ Status: 'available', PercentProgress: 100 }],
    });
    expect(outputOf(call('describeDBSnapshots', { DbInstanceIdentifier: 'orders-prod' }))).toEqual({ DbSnapshots: [] });
  });

  it.each<[string, object, string, string]>([
    [
      'a duplicate',
      snapshotArguments,
      'Rds.DbSnapshotAlreadyExistsException',
      'a snapshot with the identifier demo-1 already exists. (Service: Rds, Status Code: 400,',
    ],
    [
      'an unknown instance',
      { ...snapshotArguments, DbInstanceIdentifier: 'nope' },
      'Rds.DbInstanceNotFoundException',
      'DBInstance nope not found.',
    ],
    [
      'a name that AWS does not take',
      { ...snapshotArguments, DbSnapshotIdentifier: '1-' },
      'Rds.RdsException',
      'The parameter DBSnapshotIdentifier is not a valid identifier.',
    ],
  ])('are refused for %s', (_, given, error, cause) => {
    const { call, account } = open();
    call('createDBSnapshot', snapshotArguments);
    expect(call('createDBSnapshot', given)).toMatchObject({
      kind: 'failed',
      error,
      cause: expect.stringContaining(cause),
    });
    expect(account.resources('rds', 'snapshot')).toHaveLength(1);
  });

  it('are refused while the instance is busy, and deleted only when they are done', async () => {
    const { call, account, advance } = open();
    call('createDBSnapshot', snapshotArguments);
    expect(call('deleteDBSnapshot', { DbSnapshotIdentifier: 'demo-1' })).toMatchObject({
      error: 'Rds.InvalidDbSnapshotStateException',
    });
    call('stopDBInstance', { DbInstanceIdentifier: 'demo-database' });
    expect(call('createDBSnapshot', { ...snapshotArguments, DbSnapshotIdentifier: 'demo-2' })).toMatchObject({
      error: 'Rds.InvalidDbInstanceStateException',
    });
    await advance(30_000);
    expect(outputOf(call('deleteDBSnapshot', { DbSnapshotIdentifier: 'demo-1' }))).toMatchObject({
      DbSnapshot: { Status: 'deleted' },
    });
    expect(account.resources('rds', 'snapshot')).toEqual([]);
  });

  it('carry tags, which can be changed by their ARN', () => {
    const { call } = open();
    const ResourceName = `${ARN}:snapshot:demo-1`;
    call('createDBSnapshot', { ...snapshotArguments, Tags: [{ Key: 'a', Value: '1' }] });
    expect(outputOf(call('addTagsToResource', { ResourceName, Tags: [{ Key: 'b', Value: '2' }] }))).toEqual({});
    call('removeTagsFromResource', { ResourceName, TagKeys: ['a'] });
    expect(outputOf(call('listTagsForResource', { ResourceName }))).toEqual({ TagList: [{ Key: 'b', Value: '2' }] });
    expect(call('listTagsForResource', { ResourceName: `${ARN}:db:nope` })).toMatchObject({
      error: 'Rds.DbInstanceNotFoundException',
    });
  });
});

describe('the policy of the role', () => {
  const denied = (action: string, resource: string): object => ({
    kind: 'failed',
    error: 'Rds.RdsException',
    cause: `User: ${ROLE} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action (Service: Rds, Status Code: 403, Error Code: AccessDenied, Request ID: 00000000-0000-0000-0000-000000000000)`,
  });
  const both = [`${ARN}:db:*`, `${ARN}:snapshot:*`];

  it('is asked for every resource that a call touches', () => {
    const { call } = open();
    expect(call('createDBSnapshot', snapshotArguments, allow('rds:CreateDBSnapshot', both))).toMatchObject({
      kind: 'succeeded',
    });
    expect(call('createDBSnapshot', snapshotArguments, allow('rds:CreateDBSnapshot', `${ARN}:db:*`))).toEqual(
      denied('rds:CreateDBSnapshot', `${ARN}:snapshot:demo-1`),
    );
    expect(call('createDBSnapshot', snapshotArguments, allow('rds:CreateDBSnapshot', `${ARN}:snapshot:*`))).toEqual(
      denied('rds:CreateDBSnapshot', `${ARN}:db:demo-database`),
    );
    expect(
      call(
        'createDBSnapshot',
        snapshotArguments,
        allow('rds:CreateDBSnapshot', [`${ARN}:db:*`, `${ARN}:snapshot:*-poc-*`]),
      ),
    ).toEqual(denied('rds:CreateDBSnapshot', `${ARN}:snapshot:demo-1`));
  });

  it('is asked before anything else, and leaves nothing behind', () => {
    const { call, account } = open();
    const nothing: IdentityPolicy = { Statement: [] };
    expect(call('createDBSnapshot', { ...snapshotArguments, DbInstanceIdentifier: 'nope' }, nothing)).toEqual(
      denied('rds:CreateDBSnapshot', `${ARN}:db:nope`),
    );
    expect(call('restoreDBInstanceFromDBSnapshot', { DbInstanceIdentifier: 'x' }, nothing)).toMatchObject({
      error: 'Rds.RdsException',
    });
    expect(account.resources('rds', 'snapshot')).toEqual([]);
  });

  it('must allow all of a kind where a call names none', () => {
    const { call } = open();
    expect(call('describeDBInstances', {}, allow('rds:DescribeDBInstances', `${ARN}:db:demo-database`))).toEqual(
      denied('rds:DescribeDBInstances', `${ARN}:db:*`),
    );
    expect(call('describeDBInstances', {}, allow('rds:DescribeDBInstances', `${ARN}:db:*`))).toMatchObject({
      kind: 'succeeded',
    });
    expect(
      call(
        'describeDBInstances',
        { DbInstanceIdentifier: 'demo-database' },
        allow('rds:DescribeDBInstances', `${ARN}:db:demo-database`),
      ),
    ).toMatchObject({ kind: 'succeeded' });
  });

  it('must allow what a member brings along', () => {
    const { call } = open();
    const tagged = { ...snapshotArguments, Tags: [{ Key: 'team', Value: 'orders' }] };
    expect(call('createDBSnapshot', tagged, allow('rds:CreateDBSnapshot', both))).toEqual(
      denied('rds:AddTagsToResource', `${ARN}:snapshot:demo-1`),
    );
    const final = { DbInstanceIdentifier: 'demo-database', FinalDBSnapshotIdentifier: 'last' };
    expect(call('deleteDBInstance', final, allow('rds:DeleteDBInstance', '*'))).toEqual(
      denied('rds:CreateDBSnapshot', `${ARN}:db:demo-database`),
    );
    const tagging = {
      Statement: [
        ...[allow('rds:CreateDBSnapshot', both).Statement].flat(),
        { Effect: 'Allow', Action: 'rds:AddTagsToResource', Resource: `${ARN}:snapshot:*` },
      ],
    } as IdentityPolicy;
    expect(call('createDBSnapshot', tagged, tagging)).toMatchObject({ kind: 'succeeded' });
  });

  it('can depend on tags: those given and those of the resource', () => {
    const { call } = open();
    const withTag = (key: string, value: string): IdentityPolicy =>
      allow('rds:StopDBInstance', '*', { Condition: { StringEquals: { [key]: value } } });
    expect(
      call('stopDBInstance', { DbInstanceIdentifier: 'orders-prod' }, withTag('aws:ResourceTag/environment', 'demo')),
    ).toMatchObject({ kind: 'failed' });
    expect(
      call('stopDBInstance', { DbInstanceIdentifier: 'orders-prod' }, withTag('rds:db-tag/team', 'orders')),
    ).toMatchObject({ kind: 'succeeded' });
    const onlyTeam = {
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, Null: { 'aws:TagKeys': 'false' } },
    };
    const ResourceName = `${ARN}:db:demo-database`;
    const addTags = (Key: string): TaskOutcome =>
      call(
        'addTagsToResource',
        { ResourceName, Tags: [{ Key, Value: 'x' }] },
        allow('rds:AddTagsToResource', `${ARN}:db:*`, onlyTeam),
      );
    expect(addTags('team')).toMatchObject({ kind: 'succeeded' });
    expect(addTags('owner')).toEqual(denied('rds:AddTagsToResource', ResourceName));
  });

  it('can deny outright', () => {
    const policy = {
      Statement: [...[ALL.Statement].flat(), { Effect: 'Deny', Action: 'rds:*', Resource: '*' }],
    } as IdentityPolicy;
    expect(open().call('describeDBInstances', {}, policy)).toMatchObject({
      cause: expect.stringContaining(
        'with an explicit deny in an identity-based policy (Service: Rds, Status Code: 403, Error Code: AccessDenied,',
      ),
    });
  });
});

describe('what is not simulated', () => {
  it('says so past every Catch, naming the operation', () => {
    expect(open().call('restoreDBInstanceFromDBSnapshot', { DbInstanceIdentifier: 'x' })).toMatchObject({
      kind: 'failed',
      error: 'States.Runtime',
      cause: expect.stringContaining('no behaviour for rds:RestoreDBInstanceFromDBSnapshot'),
    });
    const { account } = open();
    const invoked = account.callTask(
      'arn:aws:states:::aws-sdk:lambda:invoke',
      { FunctionName: 'demo' },
      { arn: ROLE, policy: ALL },
    );
    expect(invoked).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('lambda:Invoke') });
  });

  it('says so for a member that it would have to ignore', () => {
    expect(
      open().call('modifyDBInstance', { DbInstanceIdentifier: 'demo-database', DbParameterGroupName: 'mine' }),
    ).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('DBParameterGroupName of rds:ModifyDBInstance'),
    });
  });
});

describe('the topic on which workflows ask for approval', () => {
  const TOPIC = 'arn:aws:sns:us-east-1:123456789012:wf-approvals';
  const ask = (account: SimulatedAccount, policy: IdentityPolicy): TaskOutcome =>
    account.callTask(
      'arn:aws:states:::sns:publish.waitForTaskToken',
      { TopicArn: TOPIC, Subject: 'Approval needed', Message: 'Go on?' },
      { arn: ROLE, policy },
    );

  it('is in every account, whatever it holds, and no part of what is compared', () => {
    const clock = createVirtualClock('2026-01-01T00:00:00Z', { automatic: false });
    const account = createSimulatedAccount({ catalog, clock, random: () => 0, seed: {} });
    expect(account.resources('sns', 'topic')).toMatchObject([{ TopicArn: TOPIC }]);
    expect(account.snapshot()).toEqual({});
    expect(account.planted.resources.map(({ id }) => id)).toEqual(['wf-approvals']);
  });

  it('takes a question by the integration of Step Functions, and only from who may publish there', () => {
    const { account } = open();
    const before = account.snapshot();
    expect(ask(account, allow('sns:Publish', TOPIC)).kind).toBe('succeeded');
    expect(account.resources('sns', 'message')).toMatchObject([{ TopicArn: TOPIC, Message: 'Go on?' }]);
    expect(account.snapshot()).toEqual(before);
    expect(ask(account, allow('sns:Publish', `${TOPIC}-2`))).toMatchObject({
      kind: 'failed',
      cause: expect.stringContaining(`not authorized to perform: sns:Publish on resource: ${TOPIC}`),
    });
    expect(account.checkTask('arn:aws:states:::sns:publish.waitForTaskToken', { Topic: TOPIC })).toHaveLength(2);
    expect(account.checkTask('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {})).toHaveLength(1);
  });
});
