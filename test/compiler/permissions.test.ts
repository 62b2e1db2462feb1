import { callsOf } from '../../lib/compiler/plan-calls.ts';
import { bytecodeOf } from '../support/compile.ts';

/** The permissions of a workflow with one pinned call. */
function permissionsOf(
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  needed: readonly string[],
  declared: readonly object[] = [],
) {
  const text = JSON.stringify({
    name: 'one_call',
    version: '1.0',
    description: 'One call',
    author: 'test',
    parameters: declared,
    steps: [
      { id: 'ask', type: 'approval', message: 'Go on?', timeout: 30 },
      { id: 'only', type: 'command', action, parameters, irreversible: true, depends_on: ['ask'] },
    ],
    security: { required_permissions: needed, max_duration: 60 },
  });
  return bytecodeOf(text, 'enterprise')
    .execution_plan.flatMap(callsOf)
    .flatMap((call) => call.permissions);
}

const ID = [{ name: 'id', type: 'string', required: true }];

describe('resources of a permission', () => {
  it('are exact for a literal', () => {
    const found = permissionsOf('rds:StartDBInstance', { DBInstanceIdentifier: 'orders' }, ['rds:StartDBInstance']);
    expect(found.map(({ resources }) => resources)).toEqual([['arn:${Partition}:rds:${Region}:${Account}:db:orders']]);
  });

  it('are one for each value of an enum', () => {
    const declared = [{ name: 'id', type: 'string', required: true, enum: ['orders', 'billing'] }];
    const found = permissionsOf(
      'rds:StartDBInstance',
      { DBInstanceIdentifier: '${params.id}' },
      ['rds:StartDBInstance'],
      declared,
    );
    expect(found[0]?.resources).toEqual([
      'arn:${Partition}:rds:${Region}:${Account}:db:billing',
      'arn:${Partition}:rds:${Region}:${Account}:db:orders',
    ]);
  });

  it('keep the fixed text of a value that is known only in part', () => {
    const parameters = { DBInstanceIdentifier: '${params.id}', DBSnapshotIdentifier: '${params.id}-poc-${timestamp}' };
    const found = permissionsOf('rds:CreateDBSnapshot', parameters, ['rds:CreateDBSnapshot'], ID);
    expect(found[0]?.resources).toEqual([
      'arn:${Partition}:rds:${Region}:${Account}:db:*',
      'arn:${Partition}:rds:${Region}:${Account}:snapshot:*-poc-*',
    ]);
  });

  it('are every resource of the type, never of all types, where the value is a parameter', () => {
    const found = permissionsOf(
      'rds:StartDBInstance',
      { DBInstanceIdentifier: '${params.id}' },
      ['rds:StartDBInstance'],
      ID,
    );
    expect(found[0]?.resources).toEqual(['arn:${Partition}:rds:${Region}:${Account}:db:*']);
  });

  it('are * only where IAM has no resource type', () => {
    const found = permissionsOf('rds:DescribeAccountAttributes', {}, ['rds:DescribeAccountAttributes']);
    expect(found[0]?.resources).toEqual(['*']);
  });

  it('do not let a literal wildcard widen them', () => {
    const found = permissionsOf('s3:HeadBucket', { Bucket: 'a*b' }, ['s3:ListBucket']);
    expect(found[0]?.resources).toEqual(['arn:${Partition}:s3:::a?b']);
  });
});

describe('dependent actions', () => {
  const snapshot = { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'orders-1' };

  it('come with the member that causes them', () => {
    const tagged = { ...snapshot, Tags: [{ Key: 'why', Value: 'test' }] };
    const found = permissionsOf('rds:CreateDBSnapshot', tagged, ['rds:CreateDBSnapshot', 'rds:AddTagsToResource']);
    expect(found.map(({ action, reason }) => [action, reason])).toEqual([
      ['rds:CreateDBSnapshot', 'step only calls rds:CreateDBSnapshot'],
      ['rds:AddTagsToResource', 'step only gives Tags to rds:CreateDBSnapshot'],
    ]);
  });

  it('stay away without it', () => {
    const found = permissionsOf('rds:CreateDBSnapshot', snapshot, ['rds:CreateDBSnapshot']);
    expect(found.map(({ action }) => action)).toEqual(['rds:CreateDBSnapshot']);
  });

  it('include the snapshot that a deletion takes', () => {
    const parameters = { DBInstanceIdentifier: 'orders', FinalDBSnapshotIdentifier: 'orders-last' };
    const found = permissionsOf('rds:DeleteDBInstance', parameters, ['rds:DeleteDBInstance', 'rds:CreateDBSnapshot']);
    expect(found.map(({ action }) => action)).toEqual(['rds:DeleteDBInstance', 'rds:CreateDBSnapshot']);
  });
});
