import { addsOnly } from '../../../lib/compiler/analyse/safety/adds-only.ts';
import { effectOf } from '../../../lib/compiler/risk.ts';
import { catalog } from '../../support/compile.ts';
import { callOf, findingsOf } from '../../support/findings.ts';

const action = (name: string) => {
  const found = catalog().iamAction(name);
  if (found === undefined) throw new Error(`IAM has no action ${name}`);
  return found;
};

describe('what only adds', () => {
  it.each([
    'rds:CreateDBSnapshot',
    'rds:AddTagsToResource',
    'rds:CopyDBSnapshot',
    'rds:RestoreDBInstanceFromDBSnapshot',
    'rds:StartDBInstance',
    'ec2:CreateImage',
    'ec2:CreateTags',
    'sns:Publish',
    'sqs:SendMessage',
    'events:PutEvents',
    'cloudwatch:PutMetricData',
    'dynamodb:CreateBackup',
    's3:ListBucket',
    's3:GetObject',
  ])('%s', (name) => {
    expect(addsOnly(action(name))).toBe(true);
  });

  it.each([
    'rds:ModifyDBInstance',
    'rds:PromoteReadReplica',
    's3:PutObject',
    's3:PutLifecycleConfiguration',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'lambda:UpdateFunctionCode',
    'lambda:InvokeFunction',
    'ssm:SendCommand',
    'ssm:StartAutomationExecution',
    'ssm:PutParameter',
    'states:StartExecution',
    'ecs:RunTask',
    'ecs:UpdateService',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateReplaceRootVolumeTask',
    'ec2:CreateRoute',
    'route53:ChangeResourceRecordSets',
    'secretsmanager:RotateSecret',
    'iam:PassRole',
    'iam:CreateAccessKey',
    'autoscaling:SetDesiredCapacity',
    'rds:DeleteDBSnapshot',
  ])('not %s', (name) => {
    expect(addsOnly(action(name))).toBe(false);
  });
});

describe('what destroys or interrupts', () => {
  it.each([
    'rds:DeleteDBInstance',
    'rds:StopDBInstance',
    'rds:RebootDBInstance',
    'rds:FailoverDBCluster',
    'ec2:TerminateInstances',
    'ec2:ReleaseAddress',
    'kms:ScheduleKeyDeletion',
    'sqs:PurgeQueue',
    'redshift:PauseCluster',
    'autoscaling:SuspendProcesses',
    'iam:DeactivateMFADevice',
    'sns:Unsubscribe',
    'apigateway:DELETE',
    'dynamodb:PartiQLDelete',
  ])('%s', (name) => {
    expect(effectOf(action(name))).toBe('destructive');
  });

  it.each(['rds:CreateDBSnapshot', 'rds:ModifyDBInstance', 'ec2:RunInstances'])('not %s', (name) => {
    expect(effectOf(action(name))).toBe('write');
  });
});

describe('the tiers', () => {
  const modify = callOf('rds:ModifyDBInstance', '{DBInstanceIdentifier: db, MultiAZ: true}', 'rds:ModifyDBInstance');

  it('let community workflows read and add only', () => {
    expect(findingsOf(modify, 'community')).toEqual([
      'WF4004 rds:ModifyDBInstance can change what is there; the community tier allows only calls that read or add',
    ]);
  });

  it('let the others change', () => {
    expect(findingsOf(modify, 'enterprise')).toEqual([]);
    expect(findingsOf(modify, 'verified').filter((finding) => !finding.startsWith('WF4005'))).toEqual([]);
  });
});

describe('a grant of a key', () => {
  const copy = (more: string) =>
    callOf(
      'rds:CopyDBSnapshot',
      `{SourceDBSnapshotIdentifier: one, TargetDBSnapshotIdentifier: two${more}}`,
      'rds:CopyDBSnapshot',
    );

  it('that the service itself asks for manages no permissions', () => {
    const given = copy(', KmsKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab').replace(
      '"rds:CopyDBSnapshot"]',
      '"rds:CopyDBSnapshot", "kms:CreateGrant", "kms:DescribeKey"]',
    );
    expect(findingsOf(given, 'verified').filter((finding) => /kms|risk/.test(finding))).toEqual([]);
    expect(findingsOf(copy(', KmsKeyId: abc'), 'verified').join()).toMatch(
      /needs kms:CreateGrant.*needs kms:DescribeKey/,
    );
  });

  it('that a caller makes does', () => {
    const grant = callOf(
      'kms:CreateGrant',
      '{KeyId: 1234abcd-12ab-34cd-56ef-1234567890ab, GranteePrincipal: "arn:aws:iam::123456789012:root", Operations: [Decrypt]}',
      'kms:CreateGrant',
    );
    expect(findingsOf(grant, 'verified').join()).toMatch(
      /kms:CreateGrant manages permissions, which the verified tier/,
    );
  });
});
