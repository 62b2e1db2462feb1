import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { bytecodeOf } from '../../support/compile.ts';
import { callOf, findingsOf } from '../../support/findings.ts';

const snapshot = (name: string, ...parameters: readonly string[]): string =>
  callOf(
    'rds:CreateDBSnapshot',
    `{DBInstanceIdentifier: db, DBSnapshotIdentifier: ${JSON.stringify(name)}}`,
    'rds:CreateDBSnapshot',
    parameters,
  );
const ruleOf = (fields: string) => bytecodeOf(exampleWith(fields), 'enterprise').parameters[0];
const P = 'name: p, type: string, required: true';

describe('a parameter that is a part of a longer text', () => {
  it('is held to the characters of the whole, and to the length that the rest leaves', () => {
    expect(ruleOf(snapshot('nightly-${params.p}-${timestamp}', P))).toEqual({
      name: 'p',
      type: 'string',
      required: true,
      max_length: 255 - 'nightly--'.length - 15,
      patterns: [
        {
          pattern: '^[A-Za-z0-9\\-]*$',
          description: 'at most 231 letters, digits or hyphens, as a part of DBSnapshotIdentifier',
        },
      ],
    });
  });

  it('starts as the whole does where it stands first', () => {
    expect(ruleOf(snapshot('${params.p}-nightly', P))?.patterns).toEqual([
      {
        pattern: '^[A-Za-z][A-Za-z0-9\\-]*$',
        description: 'at most 247 letters, digits or hyphens, first a letter, as a part of DBSnapshotIdentifier',
      },
    ]);
  });

  it('has no length where the rest has none', () => {
    const rule = ruleOf(snapshot('a${params.p}${params.q}', P, 'name: q, type: string, required: true'));
    expect(rule).not.toHaveProperty('max_length');
    expect(
      ruleOf(snapshot('a${params.p}${params.q}', P, 'name: q, type: string, max_length: 4, default: x')),
    ).toMatchObject({
      max_length: 250,
    });
    expect(
      ruleOf(snapshot('a${params.p}${params.q}', P, 'name: q, type: string, enum: [one, three], default: one')),
    ).toMatchObject({
      max_length: 249,
    });
  });

  it('gets no rule where AWS documents none', () => {
    const fields = callOf(
      'sns:Publish',
      '{TopicArn: "arn:aws:sns:eu-west-1:123456789012:t", Message: "a ${params.p}"}',
      'sns:Publish',
      [P],
    );
    expect(ruleOf(fields)).toEqual({ name: 'p', type: 'string', required: true });
  });

  it('keeps the subject of a message to one line of ASCII', () => {
    const subject = (text: string) =>
      callOf(
        'sns:Publish',
        `{TopicArn: "arn:aws:sns:eu-west-1:123456789012:t", Message: m, Subject: "${text}"}`,
        'sns:Publish',
        [P],
      );
    expect(ruleOf(subject('${params.p}'))).toMatchObject({ max_length: 100, patterns: [{ pattern: '^[!-~][ -~]*$' }] });
    expect(ruleOf(subject('Done: ${params.p}'))).toMatchObject({ max_length: 94, patterns: [{ pattern: '^[ -~]*$' }] });
    expect(findingsOf(subject('Fertig: ä${params.p}'))).toEqual([
      'WF3012 Subject can never be this text: what stands around the expressions has "ä"',
    ]);
  });
});

describe('what can never work', () => {
  it.each([
    ['nightly_${params.p}', 'has "_"'],
    [`${'x'.repeat(256)}\${params.p}`, 'is too long already'],
  ])('is told before a run: %s', (text, why) => {
    expect(findingsOf(snapshot(text, P))).toEqual([
      `WF3012 DBSnapshotIdentifier can never be this text: what stands around the expressions ${why}`,
    ]);
  });

  it('is told of a default and of a list', () => {
    expect(findingsOf(snapshot('${params.p}', 'name: p, type: string, default: my_snapshot'))).toEqual([
      'WF3012 "my_snapshot" breaks the rules of the call it goes into',
    ]);
    expect(
      findingsOf(snapshot('${params.p}', 'name: p, type: string, required: true, enum: [good, "not good"]')),
    ).toEqual(['WF3012 "not good" breaks the rules of the call it goes into']);
  });
});
