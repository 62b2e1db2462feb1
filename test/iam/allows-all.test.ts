import { allowsAll } from '../../lib/iam/allows-all.ts';
import type { EvaluatedStatement } from '../../lib/iam/evaluate-policy.ts';

const DATABASES = 'arn:aws:rds:us-east-1:123456789012:db:*';
const REQUEST = {
  action: 'rds:DeleteDBInstance',
  resource: DATABASES,
  context: { 'aws:RequestedRegion': 'us-east-1' },
};

const allow = (more: Partial<EvaluatedStatement>): EvaluatedStatement => ({
  Effect: 'Allow',
  ...('NotAction' in more ? {} : { Action: 'rds:*' }),
  ...('NotResource' in more ? {} : { Resource: '*' }),
  ...more,
});
const deny = (more: Partial<EvaluatedStatement>): EvaluatedStatement => ({ ...allow(more), Effect: 'Deny' });

const CASES: readonly (readonly [string, readonly EvaluatedStatement[], boolean])[] = [
  ['nothing is allowed', [], false],
  ['all is allowed', [allow({})], true],
  ['the very resources are allowed', [allow({ Resource: ['arn:aws:s3:::x', DATABASES] })], true],
  ['all databases of every Region are', [allow({ Resource: 'arn:aws:rds:*:123456789012:db:*' })], true],
  ['only some of the resources are', [allow({ Resource: 'arn:aws:rds:us-east-1:123456789012:db:demo-*' })], false],
  ['another account is', [allow({ Resource: 'arn:aws:rds:us-east-1:210987654321:db:*' })], false],
  ['what is not excepted is', [allow({ NotResource: 'arn:aws:s3:::*' })], true],
  ['some of it is excepted', [allow({ NotResource: 'arn:aws:rds:*:*:db:prod' })], false],
  ['another action is allowed', [allow({ Action: 'rds:Describe*' })], false],
  ['every other action is', [allow({ NotAction: 'iam:*' })], true],
  ['case does not count in actions', [allow({ Action: 'RDS:deletedbinstance' })], true],
  ['a policy variable decides', [allow({ Resource: 'arn:aws:rds:us-east-1:123456789012:db:${aws:username}*' })], false],
  [
    'a condition is known to hold',
    [allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })],
    true,
  ],
  [
    'a condition is known not to hold',
    [allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    false,
  ],
  [
    'a condition asks for what is not known',
    [allow({ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    false,
  ],
  ['one database is denied', [allow({}), deny({ Resource: 'arn:aws:rds:us-east-1:123456789012:db:prod' })], false],
  ['databases of another Region are denied', [allow({}), deny({ Resource: 'arn:aws:rds:eu-west-1:*:db:*' })], true],
  ['all but some are denied', [allow({}), deny({ NotResource: 'arn:aws:rds:*:*:db:demo-*' })], false],
  ['all but these are denied', [allow({}), deny({ NotResource: 'arn:aws:rds:*:*:db:*' })], true],
  ['other actions are denied', [allow({}), deny({ Action: 'rds:CreateDBInstance' })], true],
  [
    'it is denied under a condition that is not known',
    [allow({}), deny({ Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })],
    false,
  ],
  [
    'it is denied elsewhere',
    [allow({}), deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } })],
    true,
  ],
  ['a variable is denied', [allow({}), deny({ Resource: 'arn:aws:rds:*:*:db:${aws:username}' })], false],
];

it.each(CASES)('%s', (_what, Statement, allowed) => {
  expect(allowsAll({ Version: '2012-10-17', Statement }, REQUEST)).toBe(allowed);
});

it('takes a single statement, and a request without a resource', () => {
  const request = { action: 'rds:DescribeDBEngineVersions', resource: '*' };
  expect(allowsAll({ Statement: allow({}) }, request)).toBe(true);
  expect(allowsAll({ Statement: allow({ Resource: DATABASES }) }, request)).toBe(false);
  expect(allowsAll({ Statement: [allow({}), deny({ Resource: DATABASES })] }, request)).toBe(true);
});
