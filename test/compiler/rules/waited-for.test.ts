import { unfinishedBy } from '../../../lib/compiler/analyse/asynchronous.ts';
import { catalog, compileText, SEED } from '../../support/compile.ts';

function waitersOf(name: string): readonly string[] | undefined {
  const [serviceName = '', operationName = ''] = name.split(':');
  const service = catalog().service(serviceName);
  const operation = service?.operation(operationName);
  if (service === undefined || operation === undefined) throw new Error(`There is no ${name}`);
  return unfinishedBy(service, operation, catalog())?.waiters.map((waiter) => waiter.name);
}

describe('a call that goes on after its answer', () => {
  it.each([
    ['rds:CreateDBSnapshot', ['DBSnapshotAvailable']],
    ['rds:CopyDBSnapshot', ['DBSnapshotAvailable']],
    ['rds:RestoreDBInstanceFromDBSnapshot', ['DBInstanceAvailable']],
    ['rds:StopDBInstance', []],
    ['ec2:StartInstances', ['InstanceRunning']],
    ['ec2:StopInstances', ['InstanceStopped']],
    ['ec2:TerminateInstances', ['InstanceTerminated']],
    ['ec2:RunInstances', ['InstanceRunning']],
    ['ec2:CreateVolume', ['VolumeAvailable']],
    ['ec2:DeleteVolume', ['VolumeDeleted']],
    ['ecs:UpdateService', ['ServicesStable']],
    ['lambda:UpdateFunctionCode', ['FunctionActiveV2', 'FunctionUpdatedV2']],
    ['dynamodb:DeleteTable', ['TableNotExists']],
  ])('%s', (name, waiters) => {
    expect(waitersOf(name)).toEqual(waiters);
  });

  it.each([
    'rds:AddTagsToResource',
    'rds:DescribeDBSnapshots',
    'rds:ModifyDBSnapshotAttribute',
    'ec2:CreateTags',
    'ec2:AuthorizeSecurityGroupIngress',
    's3:CreateBucket',
    's3:DeleteBucket',
    'iam:CreateRole',
    'sns:Publish',
    'elasticbeanstalk:DeleteEnvironmentConfiguration',
  ])('not %s', (name) => {
    expect(waitersOf(name)).toBeUndefined();
  });
});

const SNAPSHOT = {
  id: 'snapshot',
  type: 'command',
  action: 'rds:CreateDBSnapshot',
  parameters: { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: 'demo-${timestamp}' },
};
const READY = {
  id: 'ready',
  type: 'wait_for',
  depends_on: ['snapshot'],
  waiter: 'rds:DBSnapshotAvailable',
  parameters: { DBSnapshotIdentifier: 'demo-${timestamp}' },
};
const copyOf = (more: object = {}) => ({
  id: 'copy',
  type: 'command',
  depends_on: ['snapshot'],
  action: 'rds:CopyDBSnapshot',
  parameters: { SourceDBSnapshotIdentifier: 'demo-${timestamp}', TargetDBSnapshotIdentifier: 'other-${timestamp}' },
  ...more,
});

const isA = (name: string) => (step: object) => JSON.stringify(step).includes(`"${name}"`);
const NEEDS = [isA('rds:CreateDBSnapshot'), isA('rds:CopyDBSnapshot'), isA('rds:DBSnapshotAvailable')];

function warningsOf(steps: readonly object[], outputs: object = { one: '1' }): readonly string[] {
  const actions = ['rds:CreateDBSnapshot', 'rds:CopyDBSnapshot', 'rds:DescribeDBSnapshots'];
  const text = JSON.stringify({
    name: 'begun',
    version: '1.0',
    description: 'Begun',
    author: 'test',
    steps,
    outputs,
    security: {
      required_permissions: actions.filter((_, index) => steps.some(NEEDS[index] ?? (() => false))),
      max_duration: 600,
    },
  });
  const { bytecode, diagnostics } = compileText(text, 'enterprise');
  expect(bytecode).toBeDefined();
  return diagnostics.map(({ code, severity, message, hint }) => `${severity} ${code} ${message} | ${hint}`);
}

const HINT = 'put a step of type wait_for behind snapshot, with waiter: rds:DBSnapshotAvailable';

describe('what is only begun', () => {
  it('is waited for before the next step uses it', () => {
    const told = `warning WF3019 step "copy" uses what step "snapshot" only begins | ${HINT}`;
    expect(warningsOf([SNAPSHOT, copyOf()])).toEqual([told]);
    const byResult = {
      SourceDBSnapshotIdentifier: '${steps.snapshot.DBSnapshot.DBSnapshotArn}',
      TargetDBSnapshotIdentifier: 'b',
    };
    expect(warningsOf([SNAPSHOT, copyOf({ parameters: byResult })])).toEqual([told]);
    expect(warningsOf([SNAPSHOT, READY, copyOf()])).toEqual([told]);
    expect(warningsOf([SNAPSHOT, READY, copyOf({ depends_on: ['ready'] })])).toEqual([]);
  });

  it('may be used by a step that tries again until it can', () => {
    expect(warningsOf([SNAPSHOT, copyOf({ retry: { errors: ['InvalidDBSnapshotState'] } })])).toEqual([]);
    expect(warningsOf([SNAPSHOT, copyOf({ retry: { errors: ['throttling'] } })])).toHaveLength(1);
  });

  it('says nothing of how it ended', () => {
    const told = `warning WF3019 this is the status when step "snapshot" began, not when it ended | ${HINT}`;
    const outputs = { status: '${steps.snapshot.DBSnapshot.Status}' };
    expect(warningsOf([SNAPSHOT], outputs)).toEqual([told]);
    expect(
      warningsOf([{ ...SNAPSHOT, output: { state: '${result.DBSnapshot.Status}' } }], { a: '${steps.snapshot.state}' }),
    ).toEqual([told]);
    expect(warningsOf([SNAPSHOT], { arn: '${steps.snapshot.DBSnapshot.DBSnapshotArn}' })).toEqual([]);
    const assert = {
      id: 'sure',
      type: 'assert',
      that: '${steps.snapshot.DBSnapshot.Status = "available"}',
      message: 'no',
    };
    expect(warningsOf([SNAPSHOT, assert])).toEqual([told]);
  });

  it('may be all that a workflow does', () => {
    expect(warningsOf([SNAPSHOT])).toEqual([]);
    const other = { SourceDBSnapshotIdentifier: 'another', TargetDBSnapshotIdentifier: 'b' };
    expect(warningsOf([SNAPSHOT, copyOf({ parameters: other })])).toEqual([]);
    expect(compileText(SEED).diagnostics).toEqual([]);
  });
});
