import { findingsOf } from '../../support/findings.ts';

interface Shown {
  /** The steps between the one that asks and the end, as YAML in one line each. */
  readonly steps: readonly string[];
  readonly permissions: string;
  readonly outputs?: string;
  readonly said?: string;
}

const KEY = 'id: key, type: command, action: iam:CreateAccessKey, parameters: {UserName: bot}';
const UNDO =
  'undo: {action: iam:DeleteAccessKey, parameters: {UserName: bot, AccessKeyId: "${result.AccessKey.AccessKeyId}"}}';
const CREATED: Pick<Shown, 'steps' | 'permissions'> = {
  steps: [`${KEY}, ${UNDO}`],
  permissions: 'iam:CreateAccessKey, iam:DeleteAccessKey',
};

/** What WF4206 says of a workflow that makes an access key, and so on. */
function findings({ steps, permissions, outputs, said }: Shown): readonly string[] {
  const assertion = said === undefined ? [] : [`id: sure, type: assert, that: "\${1 = 1}", message: ${said}`];
  const fields = `parameters: [{name: p, type: string, required: true}]
steps:
${[...steps, ...assertion].map((step) => `  - {${step}}`).join('\n')}
${outputs === undefined ? '' : `outputs: {${outputs}}`}
security: {required_permissions: [${permissions}], max_duration: 600}`;
  return findingsOf(fields).filter((finding) => !/WF4205|WF2006/.test(finding));
}

const RETURNED = 'what a run returns is read by whoever started it, agents too';

describe('what a run returns', () => {
  it.each([
    ['the secret itself', '${steps.key.AccessKey.SecretAccessKey}'],
    ['a text around it', 'key ${steps.key.AccessKey.SecretAccessKey}'],
    ['what is worked out from it', '${$base64encode(steps.key.AccessKey.SecretAccessKey)}'],
    ['the structure that holds it', '${steps.key.AccessKey}'],
    ['the whole result', '${$string(steps.key)}'],
    ['one branch', "${$exists(steps.key) ? steps.key.AccessKey.SecretAccessKey : 'none'}"],
  ])('is not %s', (_, output) => {
    expect(findings({ ...CREATED, outputs: `shown: "${output}"` })).toEqual([
      `WF4206 the result of "key" holds a secret (SecretAccessKey), and ${RETURNED}`,
    ]);
  });

  it.each([
    '${steps.key.AccessKey.AccessKeyId}',
    '${$exists(steps.key)}',
    '${$length(steps.key.AccessKey.SecretAccessKey)}',
    "${steps.key.AccessKey.SecretAccessKey = 'x' ? 'so' : 'not so'}",
  ])('may be %s', (output) => {
    expect(findings({ ...CREATED, outputs: `shown: "${output}"` })).toEqual([]);
  });

  it('is said, where a result holds a secret', () => {
    expect(findings(CREATED)).toEqual([
      'WF4206 the result holds a secret (SecretAccessKey), and a run that has no outputs may return it',
    ]);
  });

  it('is followed through what steps keep, and lists', () => {
    const kept = `${KEY}, ${UNDO.replace('result.AccessKey.AccessKeyId', 'result.made.AccessKeyId')}, output: {made: "\${result.AccessKey}"}`;
    const shown = (output: string) => findings({ ...CREATED, steps: [kept], outputs: `shown: "${output}"` });
    expect(shown('${steps.key.made.SecretAccessKey}')).toHaveLength(1);
    expect(shown('${steps.key.made}')).toHaveLength(1);
    expect(shown('${steps.key}')).toHaveLength(1);
    expect(shown('${steps.key.made.AccessKeyId}')).toEqual([]);
  });

  it('is followed through the entries of a list', () => {
    const read = 'id: read, type: command, action: secretsmanager:BatchGetSecretValue, parameters: {SecretIdList: [a]}';
    const each =
      'id: each, type: command, for_each: "${steps.read.SecretValues}", action: secretsmanager:DescribeSecret, parameters: {SecretId: "${item.ARN}"}, output: {text: "${item.SecretString}", name: "${item.Name}"}';
    const shown = (output: string) =>
      findings({
        steps: [read, each],
        permissions: 'secretsmanager:BatchGetSecretValue, secretsmanager:GetSecretValue, secretsmanager:DescribeSecret',
        outputs: `shown: "${output}"`,
      }).filter((finding) => finding.startsWith('WF4206'));
    expect(shown('${steps.each.text}')).toEqual([
      `WF4206 the result of "read" holds a secret (SecretString), and ${RETURNED}`,
    ]);
    expect(shown('${steps.each[0].name}')).toEqual([]);
  });
});

describe('a secret', () => {
  const result = (action: string, input: string, path: string, permission = action) =>
    findings({
      steps: [`id: got, type: command, action: ${action}, parameters: ${input}`],
      permissions: permission,
      outputs: `shown: "\${steps.got.${path}}"`,
    }).filter((finding) => finding.startsWith('WF4206'));

  it.each([
    ['secretsmanager:GetSecretValue', '{SecretId: a}', 'SecretString'],
    ['kms:Decrypt', '{CiphertextBlob: "${params.p}", KeyId: k}', 'Plaintext'],
    ['ssm:GetParameter', '{Name: a, WithDecryption: true}', 'Parameter.Value'],
    ['ssm:GetParameter', '{Name: a, WithDecryption: "${params.p = \'x\'}"}', 'Parameter'],
    ['ssm:GetParameters', '{Names: [a], WithDecryption: true}', 'Parameters[0].Value'],
    ['ecr:GetAuthorizationToken', '{}', 'authorizationData[0].authorizationToken'],
    ['ec2:GetPasswordData', '{InstanceId: i-0123456789abcdef0}', 'PasswordData'],
    ['cognito-idp:DescribeUserPoolClient', '{UserPoolId: u_1, ClientId: c}', 'UserPoolClient.ClientSecret'],
  ])('is what %s gives: %s %s', (action, input, path) => {
    expect(result(action, input, path)).toHaveLength(1);
  });

  it.each([
    ['ssm:GetParameter', '{Name: a}', 'Parameter.Value'],
    ['ssm:GetParameter', '{Name: a, WithDecryption: false}', 'Parameter'],
    ['secretsmanager:DescribeSecret', '{SecretId: a}', 'Name'],
    ['kms:DescribeKey', '{KeyId: a}', 'KeyMetadata'],
    // Asterisks, while a change of the password is pending.
    ['rds:DescribeDBInstances', '{DBInstanceIdentifier: a}', 'DBInstances[0]'],
    ['cognito-idp:DescribeUserPoolClient', '{UserPoolId: u_1, ClientId: c}', 'UserPoolClient.ClientName'],
  ])('is not what %s gives: %s %s', (action, input, path) => {
    expect(result(action, input, path)).toEqual([]);
  });
});

describe('what people read', () => {
  it('is not the secret in what an assertion says', () => {
    const said = '"key ${steps.key.AccessKey.SecretAccessKey}"';
    expect(findings({ ...CREATED, said, outputs: 'done: "yes"' })).toEqual([
      'WF4206 the result of "key" holds a secret (SecretAccessKey), and everyone who may see the run would read it',
    ]);
  });

  it('is not a parameter that goes into one', () => {
    const steps = [
      'id: reset, type: command, action: rds:ModifyDBInstance, parameters: {DBInstanceIdentifier: a, MasterUserPassword: "${params.p}"}, undo: {action: rds:RebootDBInstance, parameters: {DBInstanceIdentifier: a}}',
    ];
    const permissions = 'rds:ModifyDBInstance, rds:RebootDBInstance';
    expect(findings({ steps, permissions, outputs: 'shown: "${params.p}"' })).toEqual([
      `WF4206 parameter "p" is a secret, and ${RETURNED}`,
    ]);
  });
});
