import fc from 'fast-check';
import jsonata from 'jsonata';
import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { bytecodeOf } from '../../support/compile.ts';
import { callOf, findingsOf } from '../../support/findings.ts';

const X = 'name: x, type: string, required: true';
const N = 'name: n, type: integer, required: true';
const parametersOf = (text: string, rules: string): readonly string[] => [
  ...(text.includes('params.x') ? [`${X}${rules}`] : []),
  ...(text.includes('params.n') ? [N] : []),
];

const message = (text: string): string =>
  callOf(
    'sns:Publish',
    `{TopicArn: "arn:aws:sns:eu-west-1:123456789012:t", Message: ${JSON.stringify(text)}}`,
    'sns:Publish',
    parametersOf(text, ''),
  );

describe('JSON in a text', () => {
  it.each([
    '{"a": "${params.x}"}',
    '{"a": "x ${params.x} y", "n": ${params.n}, "list": ["${params.x}"]}',
    '[{"${params.x}": true}]',
    '{"a": "\\"${params.x}\\""}',
    'no JSON: ${params.x}',
    '[${params.x}]',
    '{ ${params.x} }',
    '${$string({"a": params.x})}',
  ])('takes %s', (text) => {
    expect(findingsOf(message(text))).toEqual([]);
  });

  it.each(['{"a": ${params.x}}', '{"a": "b", "c": [${params.x}, 1]}', '{"a": ${steps.find.DBInstances[0].DBName}}'])(
    'refuses %s',
    (text) => {
      expect(findingsOf(message(text)).map((finding) => finding.slice(0, 6))).toEqual(['WF4201']);
    },
  );

  it('refuses what is no JSON where JSON is taken', () => {
    const input = (text: string) =>
      callOf(
        'sfn:StartExecution',
        `{stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:m", input: ${JSON.stringify(text)}}`,
        'states:StartExecution',
        parametersOf(text, ''),
      );
    expect(findingsOf(input('{"a": "${params.x}",}'))).toEqual(['WF4201 input takes JSON, this is none']);
    expect(findingsOf(input('{"a": 1,}'))).toEqual(['WF4201 input takes JSON, this is none']);
    expect(findingsOf(input('${"{\\"a\\": \\"" & params.x & "\\"}"}'))).toEqual([
      'WF4201 input takes JSON, which is put together from texts here',
    ]);
    expect(findingsOf(input('${params.x}'))).toEqual([]);
  });

  it('stays the same JSON, whatever the values are', async () => {
    const text = '{"a": "x ${params.x} y", "n": ${params.n}, "${params.x}": [{"b": "${params.x}"}]}';
    const call = bytecodeOf(exampleWith(message(text)), 'enterprise').execution_plan.at(-1)?.call;
    const argument = call?.arguments.Message;
    if (argument?.kind !== 'expression') throw new Error('no expression');
    const program = jsonata(argument.jsonata);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer(), async (x, n) => {
        fc.pre(!['a', 'n'].includes(x));
        const json: unknown = JSON.parse((await program.evaluate(undefined, { params: { x, n } })) as string);
        expect(json).toEqual(JSON.parse(JSON.stringify({ a: `x ${x} y`, n, [x]: [{ b: x }] })));
      }),
      {
        examples: [
          ['"}', 1],
          ['\\', 2],
          ['"]', 3],
          ['["', 4],
          ['\n\u2028\u0000', 5],
        ],
        numRuns: 200,
      },
    );
  });
});

const policy = (text: string, rules = ''): readonly string[] =>
  findingsOf(
    callOf(
      's3:PutBucketPolicy',
      `{Bucket: reports, Policy: ${JSON.stringify(text)}}`,
      's3:PutBucketPolicy',
      parametersOf(text, rules),
    ),
  );
const statement = (member: string): string =>
  `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", ${member}}]}`;

describe('a policy', () => {
  it.each([
    ['a pattern', statement('"Sid": "${params.x}"'), ', pattern: "[A-Za-z0-9]+"'],
    ['an enum', statement('"Action": "${params.x}"'), ', enum: ["s3:GetObject", "s3:ListBucket"]'],
    ['a fact', statement('"Condition": {"StringEquals": {"aws:SourceAccount": "${account}"}}'), ''],
    ['an ARN that AWS made', statement('"Resource": "${steps.find.DBInstances[0].DBInstanceArn}"'), ''],
    ['a whole policy from a list', '${params.x}', `, enum: ['{"Statement": []}']`],
  ])('takes %s', (_what, text, rules) => {
    expect(policy(text, rules)).toEqual([]);
  });

  it.each([
    ['no rule', statement('"Sid": "${params.x}"'), ''],
    ['a wildcard', statement('"Sid": "${params.x}"'), ', pattern: "[a-z*]+"'],
    ['a question mark', statement('"Sid": "${params.x}"'), ', pattern: "[a-z?]+"'],
    ['a policy variable', statement('"Sid": "${params.x}"'), ', pattern: "[${}a-z:]+"'],
    ['anything', statement('"Sid": "${params.x}"'), ', pattern: ".+"'],
    ['the action', statement('"Action": "${params.x}"'), ', pattern: "s3:[A-Za-z]+"'],
    ['the effect', statement('"Effect": "${params.x}"'), ', pattern: "[A-Za-z]+"'],
    ['a name', statement('"${params.x}": "b"'), ', pattern: "[A-Za-z]+"'],
    ['the whole policy', '${params.x}', ', pattern: "[a-z]+"'],
    ['what others wrote', statement('"Sid": "${steps.find.DBInstances[0].DBName}"'), ''],
    ['a tag called Arn', statement('"Sid": "${steps.find.DBInstances[0].TagList[0].Value}"'), ''],
  ])('refuses %s', (_what, text, rules) => {
    expect(policy(text, rules).map((finding) => finding.slice(0, 6))).toEqual(['WF4202']);
  });

  it.each([
    ['iam:CreateRole', '{RoleName: r, AssumeRolePolicyDocument: "${params.x}"}'],
    ['kms:PutKeyPolicy', '{KeyId: k, Policy: "${params.x}"}'],
    ['sns:PutDataProtectionPolicy', '{ResourceArn: a, DataProtectionPolicy: "${params.x}"}'],
    ['sts:GetFederationToken', '{Name: n, Policy: "${params.x}"}'],
    ['secretsmanager:PutResourcePolicy', '{SecretId: s, ResourcePolicy: "${params.x}"}'],
    ['organizations:UpdatePolicy', '{PolicyId: p, Content: "${params.x}"}'],
    ['ecr:SetRepositoryPolicy', '{repositoryName: r, policyText: "${params.x}"}'],
    ['glue:PutResourcePolicy', '{PolicyInJson: "${params.x}"}'],
    ['ssm:PutResourcePolicy', '{ResourceArn: a, Policy: "${params.x}"}'],
    ['sqs:SetQueueAttributes', '{QueueUrl: q, Attributes: {Policy: "${params.x}"}}'],
    ['sns:SetTopicAttributes', '{TopicArn: t, AttributeName: Policy, AttributeValue: "${params.x}"}'],
    ['sns:SetTopicAttributes', '{TopicArn: t, AttributeName: "${params.x}", AttributeValue: "${params.x}"}'],
  ])('is known in %s', (action, input) => {
    const found = findingsOf(callOf(action, input, 's3:GetObject', [X])).map((finding) => finding.slice(0, 6));
    expect(found).toContain('WF4202');
  });

  it.each([
    ['sqs:SetQueueAttributes', '{QueueUrl: q, Attributes: {DelaySeconds: "${params.x}"}}'],
    ['sns:SetTopicAttributes', '{TopicArn: t, AttributeName: DisplayName, AttributeValue: "${params.x}"}'],
    ['sqs:CreateQueue', '{QueueName: q, attributes: {RedrivePolicy: "${params.x}"}}'],
    ['iam:AttachRolePolicy', '{RoleName: r, PolicyArn: "${params.x}"}'],
    ['elasticloadbalancingv2:ModifyListener', '{ListenerArn: a, SslPolicy: "${params.x}"}'],
    ['iam:PutRolePermissionsBoundary', '{RoleName: r, PermissionsBoundary: "${params.x}"}'],
    ['iam:PutRolePolicy', '{RoleName: r, PolicyName: "${params.x}", PolicyDocument: "{}"}'],
  ])('is not what is only called so: %s', (action, input) => {
    const found = findingsOf(callOf(action, input, 's3:GetObject', [X])).map((finding) => finding.slice(0, 6));
    expect(found).not.toContain('WF4202');
  });
});
