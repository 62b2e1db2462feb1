import { neededPermissions } from '../../lib/engine/needed-permissions.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';

const PLACE = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' };
const CONTEXT = {
  'aws:MultiFactorAuthPresent': 'false',
  'aws:PrincipalAccount': '123456789012',
  'aws:RequestedRegion': 'cn-north-1',
  'aws:SecureTransport': 'true',
};

it('gives each action on each pattern once, with the place filled in', () => {
  const twice = checkedBytecode((content) => ({
    ...content,
    execution_plan: content.execution_plan.flatMap((entry) => [entry, { ...entry, step_id: `${entry.step_id}_again` }]),
  }));
  const resource = 'arn:aws-cn:rds:cn-north-1:123456789012:db:*';
  expect(neededPermissions(twice, PLACE)).toEqual([
    { action: 'rds:DescribeDBInstances', resource, context: CONTEXT },
    { action: 'rds:CreateDBSnapshot', resource, context: CONTEXT },
  ]);
});

it('has what the calls bring along, the inverse of a step, and what is declared beyond the calls', () => {
  const passes = checkedBytecode((content) => ({
    ...content,
    required_permissions: [...content.required_permissions, 'rds:DeleteDBSnapshot', 'iam:PassRole', 'rds:ListOther'],
    execution_plan: content.execution_plan.slice(1).map((entry) => {
      if (entry.call === undefined) throw new Error('no call');
      const role = {
        action: 'iam:PassRole',
        resources: ['arn:${Partition}:iam::${Account}:role/*'],
        reason: 'passes a role',
        condition: { StringEquals: { 'iam:PassedToService': 'rds.amazonaws.com' } },
      };
      const undo = {
        ...entry.call,
        permissions: [{ action: 'rds:DeleteDBSnapshot', resources: ['a:1', 'a:2'], reason: 'undo' }],
      };
      return { ...entry, depends_on: [], call: { ...entry.call, permissions: [role] }, undo };
    }),
  }));
  expect(neededPermissions(passes, PLACE)).toEqual([
    {
      action: 'iam:PassRole',
      resource: 'arn:aws-cn:iam::123456789012:role/*',
      context: { ...CONTEXT, 'iam:PassedToService': 'rds.amazonaws.com' },
    },
    { action: 'rds:DeleteDBSnapshot', resource: 'a:1', context: CONTEXT },
    { action: 'rds:DeleteDBSnapshot', resource: 'a:2', context: CONTEXT },
    { action: 'rds:CreateDBSnapshot', resource: '*', context: CONTEXT },
    { action: 'rds:DescribeDBInstances', resource: '*', context: CONTEXT },
    { action: 'rds:ListOther', resource: '*', context: CONTEXT },
  ]);
});
