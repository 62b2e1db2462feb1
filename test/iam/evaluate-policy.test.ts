import fc from 'fast-check';
import { type EvaluatedStatement, evaluatePolicy } from '../../lib/iam/evaluate-policy.ts';
import { arnMatches, wildcardMatches } from '../../lib/iam/match-wildcards.ts';

const SNAPSHOT = 'arn:aws:rds:us-east-1:123456789012:snapshot:demo-poc-1';
const allow = (more: Partial<EvaluatedStatement> = {}): EvaluatedStatement => ({
  Effect: 'Allow',
  ...('NotAction' in more ? {} : { Action: 'rds:CreateDBSnapshot' }),
  ...('NotResource' in more ? {} : { Resource: '*' }),
  ...more,
});
const deny = (more: Partial<EvaluatedStatement> = {}): EvaluatedStatement => ({ ...allow(more), Effect: 'Deny' });
const decide = (
  statements: readonly EvaluatedStatement[],
  request: { action?: string; resource?: string; context?: Record<string, string | readonly string[]> } = {},
): string =>
  evaluatePolicy(
    { Version: '2012-10-17', Statement: statements },
    { action: 'rds:CreateDBSnapshot', resource: SNAPSHOT, ...request },
  ).decision;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe('deny and allow', () => {
  it.each<[string, readonly EvaluatedStatement[], string]>([
    ['nothing allows', [], 'implicitDeny'],
    ['an Allow matches', [allow()], 'allowed'],
    ['a Deny beats an Allow before it', [allow(), deny()], 'explicitDeny'],
    ['a Deny beats an Allow after it', [deny(), allow()], 'explicitDeny'],
    ['a Deny of something else does not count', [allow(), deny({ Action: 'rds:DeleteDBInstance' })], 'allowed'],
    ['a Deny alone is explicit', [deny()], 'explicitDeny'],
  ])('%s', (_, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });

  it('tells which statement decided', () => {
    const Statement = [allow({ Sid: 'A', Action: 'rds:Describe*' }), allow({ Sid: 'B' })];
    expect(evaluatePolicy({ Statement }, { action: 'rds:CreateDBSnapshot', resource: SNAPSHOT })).toEqual({
      decision: 'allowed',
      statement: Statement[1],
    });
  });

  it('takes a single statement without a list', () => {
    const request = { action: 'rds:CreateDBSnapshot', resource: SNAPSHOT };
    expect(evaluatePolicy({ Statement: allow() }, request).decision).toBe('allowed');
  });

  it('refuses a statement without an action or a resource', () => {
    expect(() => decide([{ Effect: 'Allow', Resource: '*' }])).toThrow('Action');
    expect(() => decide([{ Effect: 'Allow', Action: '*' }])).toThrow('Resource');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
describe('actions', () => {
  it.each<[Partial<EvaluatedStatement>, boolean]>([
    [{ Action: '*' }, true],
    [{ Action: 'rds:*' }, true],
    [{ Action: 'rds:Create*' }, true],
    [{ Action: 'rds:CreateDBSnapsho?' }, true],
    [{ Action: 'rds:CreateDBSnapshot?' }, false],
    [{ Action: 'RDS:createdbsnapshot' }, true],
    [{ Action: ['s3:GetObject', 'rds:CreateDBSnapshot'] }, true],
    [{ Action: [] }, false],
    [{ Action: 's3:*' }, false],
    [{ NotAction: 's3:*' }, true],
    [{ NotAction: 'RDS:*' }, false],
  ])('%j', (statement, allowed) => {
    expect(decide([allow(statement)])).toBe(allowed ? 'allowed' : 'implicitDeny');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe('resources', () => {
  it.each<[Partial<EvaluatedStatement>, boolean]>([
    [{ Resource: '*' }, true],
    [{ Resource: SNAPSHOT }, true],
    [{ Resource: SNAPSHOT.toUpperCase() }, false],
    [{ Resource: 'arn:aws:rds:us-east-1:123456789012:snapshot:*-poc-*' }, true],
    [{ Resource: 'arn:aws:rds:us-east-1:123456789012:snapshot:*-prod-*' }, false],
    [{ Resource: 'arn:aws:rds:*:*:snapshot:demo-poc-?' }, true],
    [{ Resource: 'arn:aws:rds:*:snapshot:demo-poc-1' }, false],
    [{ Resource: 'arn:aws:rds' }, true],
    [{ Resource: 'arn:aws-cn:rds:us-east-1:123456789012:snapshot:*' }, false],
    [{ Resource: ['arn:aws:s3:::bucket', SNAPSHOT] }, true],
    [{ NotResource: 'arn:aws:rds:*:*:db:*' }, true],
    [{ NotResource: '*' }, false],
  ])('%j', (statement, allowed) => {
    expect(decide([allow(statement)])).toBe(allowed ? 'allowed' : 'implicitDeny');
  });

  it('lets only * allow a request that has no resource', () => {
    const request = { action: 'rds:CreateDBSnapshot', resource: '*' };
    expect(decide([allow({ Resource: 'arn:aws:rds:*:*:snapshot:*' })], request)).toBe('implicitDeny');
    expect(decide([allow()], request)).toBe('allowed');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe('conditions', () => {
  const context = {
    'aws:ResourceTag/team': 'orders',
    'aws:TagKeys': ['team', 'stage'],
    'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/deploy/ops',
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': '2026-03-01T12:00:00Z',
    'rds:StorageSize': '100',
    'aws:username': 'ann*',
  };
  it.each<[string, Record<string, unknown>, boolean]>([
    ['StringEquals', { 'aws:ResourceTag/team': 'orders' }, true],
    ['StringEquals', { 'aws:ResourceTag/team': ['billing', 'orders'] }, true],
    ['StringEquals', { 'aws:ResourceTag/team': 'Orders' }, false],
    ['StringEquals', { 'AWS:resourcetag/TEAM': 'orders' }, true],
    ['StringEquals', { 'aws:ResourceTag/team': 'ord*' }, false],
    ['StringEquals', { 'aws:ResourceTag/none': 'orders' }, false],
    ['StringEquals', { 'aws:ResourceTag/team': 'orders', 'rds:StorageSize': '99' }, false],
    ['StringEqualsIgnoreCase', { 'aws:ResourceTag/team': 'ORDERS' }, true],
    ['StringEqualsIfExists', { 'aws:ResourceTag/none': 'orders' }, true],
    ['StringEqualsIfExists', { 'aws:ResourceTag/team': 'billing' }, false],
    ['StringNotEquals', { 'aws:ResourceTag/team': 'billing' }, true],
    ['StringNotEquals', { 'aws:ResourceTag/team': ['billing', 'orders'] }, false],
    ['StringNotEquals', { 'aws:ResourceTag/none': 'orders' }, true],
    ['StringLike', { 'aws:ResourceTag/team': 'ord?rs' }, true],
    ['StringLike', { 'aws:ResourceTag/team': 'b*' }, false],
    ['StringNotLike', { 'aws:ResourceTag/team': 'o*' }, false],
    ['StringNotLike', { 'aws:ResourceTag/none': 'o*' }, true],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy/*' }, true],
    ['ArnEquals', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy/*' }, true],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:*:role/deploy/ops' }, false],
    ['ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' }, true],
    ['ArnNotEquals', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' }, false],
    ['Bool', { 'aws:SecureTransport': true }, true],
    ['Bool', { 'aws:SecureTransport': 'false' }, false],
    ['Bool', { 'aws:MultiFactorAuthPresent': 'true' }, false],
    ['BoolIfExists', { 'aws:MultiFactorAuthPresent': 'true' }, true],
    ['NumericEquals', { 'rds:StorageSize': 100 }, true],
    ['NumericNotEquals', { 'rds:StorageSize': '100.0' }, false],
    ['NumericLessThan', { 'rds:StorageSize': '100' }, false],
    ['NumericLessThanEquals', { 'rds:StorageSize': '100' }, true],
    ['NumericGreaterThan', { 'rds:StorageSize': '20' }, true],
    ['NumericGreaterThanEquals', { 'rds:StorageSize': '101' }, false],
    ['NumericLessThan', { 'aws:ResourceTag/team': '5' }, false],
    ['DateGreaterThan', { 'aws:CurrentTime': '2026-02-28T00:00:00Z' }, true],
    ['DateLessThan', { 'aws:CurrentTime': '1772366399' }, false],
    ['Null', { 'aws:ResourceTag/team': 'false' }, true],
    ['Null', { 'aws:ResourceTag/team': true }, false],
    ['Null', { 'aws:ResourceTag/none': 'true' }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['team', 'stage', 'owner'] }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['team'] }, false],
    ['ForAllValues:StringEquals', { 'aws:none': ['team'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['team'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['owner'] }, false],
    ['ForAnyValue:StringEquals', { 'aws:none': ['team'] }, false],
    ['ForAnyValue:StringNotEquals', { 'aws:none': ['team'] }, false],
    ['ForAnyValue:StringNotEqualsIfExists', { 'aws:none': ['team'] }, false],
    ['ForAnyValue:StringNotEquals', { 'aws:TagKeys': ['team'] }, true],
    ['ForAllValues:StringNotEquals', { 'aws:TagKeys': ['team'] }, false],
    ['StringEquals', { 'aws:username': '${aws:username}' }, true],
    ['StringEquals', { 'aws:username': 'ann${*}' }, true],
    ['StringLike', { 'aws:ResourceTag/team': '${aws:username}' }, false],
    ['StringEquals', { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' }, false],
    ['StringEquals', { 'aws:ResourceTag/team': "${aws:PrincipalTag/team, 'orders'}" }, true],
  ])('%s %j', (operator, keys, holds) => {
    const Condition = { [operator]: keys } as EvaluatedStatement['Condition'] & object;
    expect(decide([allow({ Condition })], { context })).toBe(holds ? 'allowed' : 'implicitDeny');
  });

  it('joins operators and keys with AND', () => {
    const both = { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:ResourceTag/team': 'billing' } };
    expect(decide([allow({ Condition: both })], { context })).toBe('implicitDeny');
  });

  it('refuses to guess what an unknown operator means', () => {
    expect(() => decide([deny({ Condition: { StringMatches: { a: 'b' } } })])).toThrow('StringMatches');
  });
});

describe('wildcards', () => {
  it('match what the equal regular expression matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', ':') });
    fc.assert(
      fc.property(text, text, (pattern, candidate) => {
        const source = pattern.replace(/[*?]/g, (wildcard) => (wildcard === '*' ? '.*' : '.'));
        return wildcardMatches(pattern, candidate) === new RegExp(`^${source}$`, 's').test(candidate);
      }),
    );
  });

  it('do not take long over a hostile pattern', () => {
    expect(wildcardMatches(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false);
  });

  it('fit every ARN to itself', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '-', '1'), maxLength: 4 });
    fc.assert(
      fc.property(part, part, (region, name) => {
        const arn = `arn:aws:rds:${region}:123456789012:db:${name}`;
        return arnMatches(arn, arn, () => undefined) && arnMatches('arn:aws:rds:*:*:db:*', arn, () => undefined);
      }),
    );
  });
});
