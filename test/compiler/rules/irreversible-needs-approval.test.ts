import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { compileText } from '../../support/compile.ts';

const DELETE = 'rds:DeleteDBSnapshot';
const call = (fields: object = {}, action = DELETE, parameters: object = { DBSnapshotIdentifier: 'old' }) => ({
  id: 'remove',
  type: 'command',
  action,
  parameters,
  ...fields,
});
const ASK = { id: 'ask', type: 'approval', message: 'Go on?', timeout: 60 };
const FIND = { id: 'find', type: 'command', action: 'rds:DescribeDBInstances' };
const IRREVERSIBLE = { irreversible: true };

/** What the rule says of these steps: nothing else is listened to. */
function findings(steps: readonly object[], tier: 'enterprise' | 'community' = 'enterprise'): readonly string[] {
  const text = exampleWith(`parameters: []\nsteps: ${JSON.stringify(steps)}`);
  return compileText(text, tier)
    .diagnostics.filter(({ code }) => code === 'WF4006')
    .map(({ message }) => message);
}

describe('a change that nothing takes back', () => {
  it('is refused without a word on it, with both ways out', () => {
    expect(findings([call()])).toEqual([
      'rds:DeleteDBSnapshot changes what is there, and step "remove" has neither an undo nor an approval',
    ]);
    const { diagnostics } = compileText(exampleWith(`steps: ${JSON.stringify([FIND, call()])}`), 'enterprise');
    const hint = diagnostics.find(({ code }) => code === 'WF4006')?.hint ?? '';
    expect(hint).toContain('undo:');
    expect(hint).toContain('irreversible: true');
    expect(hint).toContain('depends_on: [ask]');
  });

  it('is refused where an approval stands before it, but its author does not say what it is', () => {
    expect(findings([ASK, call({ depends_on: ['ask'] })])).toHaveLength(1);
  });

  it('is refused where no approval stands before it', () => {
    const message = 'step "remove" is irreversible, but no approval stands before it';
    expect(findings([call(IRREVERSIBLE)])).toEqual([message]);
    expect(findings([ASK, call(IRREVERSIBLE)])).toEqual([message]);
    expect(findings([{ ...ASK, depends_on: ['remove'] }, call(IRREVERSIBLE)])).toEqual([message]);
  });

  it.each([
    ['directly', [ASK, call({ ...IRREVERSIBLE, depends_on: ['ask'] })]],
    ['through others', [ASK, { ...FIND, depends_on: ['ask'] }, call({ ...IRREVERSIBLE, depends_on: ['find'] })]],
    ['by what it reads', [ASK, call(IRREVERSIBLE, DELETE, { DBSnapshotIdentifier: '${steps.ask.answered_by}' })]],
  ])('is taken behind an approval: %s', (_how, steps) => {
    expect(findings(steps)).toEqual([]);
  });

  it('is not taken behind an approval that may be skipped, unless it is skipped with it', () => {
    const when = '${timestamp > "2026"}';
    const skipped = { ...ASK, when };
    const remove = { ...IRREVERSIBLE, depends_on: ['ask'] };
    expect(findings([skipped, call(remove)])).toEqual([
      'step "remove" is irreversible, but its approval "ask" may be skipped when it is not',
    ]);
    expect(findings([skipped, call({ ...remove, when: '${timestamp > "2025"}' })])).toHaveLength(1);
    expect(findings([skipped, call({ ...remove, when })])).toEqual([]);
    expect(findings([ASK, call({ ...remove, when })])).toEqual([]);
    const both = { ...IRREVERSIBLE, depends_on: ['ask', 'ask_again'] };
    expect(findings([skipped, { ...ASK, id: 'ask_again' }, call(both)])).toEqual([]);
  });

  it('is taken with an undo, whose call needs neither', () => {
    const undo = { action: DELETE, parameters: { DBSnapshotIdentifier: 'b' } };
    const copy = { SourceDBSnapshotIdentifier: 'a', TargetDBSnapshotIdentifier: 'b' };
    expect(findings([call({ undo }, 'rds:CopyDBSnapshot', copy)])).toEqual([]);
    const stop = { DBInstanceIdentifier: 'a' };
    expect(
      findings([call({ undo: { action: 'rds:StartDBInstance', parameters: stop } }, 'rds:StopDBInstance', stop)]),
    ).toEqual([]);
  });
});

describe('what needs neither an undo nor an approval', () => {
  it.each([
    ['reads', 'rds:DescribeDBInstances', {}],
    ['adds', 'rds:CreateDBSnapshot', { DBInstanceIdentifier: 'a', DBSnapshotIdentifier: 'b' }],
    ['tells', 'sns:Publish', { TopicArn: 'arn:aws:sns:us-east-1:123456789012:t', Message: 'm' }],
    [
      'passes a role to what it adds',
      'lambda:CreateFunction',
      { FunctionName: 'f', Role: 'arn:aws:iam::123456789012:role/r', Code: { S3Bucket: 'b', S3Key: 'k' } },
    ],
  ])('only %s', (_what, action, parameters) => {
    expect(findings([call({}, action, parameters)])).toEqual([]);
  });

  it('is nothing, once its author calls it irreversible', () => {
    expect(findings([{ ...FIND, ...IRREVERSIBLE }], 'community')).toEqual([
      'step "find" is irreversible, but no approval stands before it',
    ]);
  });

  it('is what the tier forbids anyway', () => {
    expect(findings([call()], 'community')).toEqual([]);
  });
});
