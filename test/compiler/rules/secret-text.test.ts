import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { bytecodeOf } from '../../support/compile.ts';
import { callOf, findingsOf } from '../../support/findings.ts';

const codes = (action: string, input: string, parameters: readonly string[] = []): readonly string[] =>
  findingsOf(callOf(action, input, 's3:GetObject', parameters))
    .map((finding) => finding.slice(0, 6))
    .filter((code) => code.startsWith('WF42'));

describe('secrets', () => {
  it.each([
    ['rds:ModifyDBInstance', '{DBInstanceIdentifier: a, MasterUserPassword: correct-horse}'],
    ['docdb:ModifyDBCluster', '{DBClusterIdentifier: a, MasterUserPassword: correct-horse}'],
    ['secretsmanager:PutSecretValue', '{SecretId: a, SecretString: \'{"password": "x"}\'}'],
    ['elasticache:ModifyReplicationGroup', '{ReplicationGroupId: a, AuthToken: correct-horse}'],
    ['iam:CreateLoginProfile', '{UserName: a, Password: correct-horse}'],
    ['ssm:PutParameter', '{Name: a, Type: SecureString, Value: correct-horse}'],
    ['lambda:UpdateFunctionConfiguration', '{FunctionName: a, Environment: {Variables: {DB_PASSWORD: correct-horse}}}'],
    [
      'ecs:RunTask',
      '{taskDefinition: a, overrides: {containerOverrides: [{environment: [{name: API_KEY, value: k}]}]}}',
    ],
    [
      'codebuild:StartBuild',
      '{projectName: a, environmentVariablesOverride: [{name: TOKEN, value: t, type: PLAINTEXT}]}',
    ],
  ])('may not stand in the file: %s', (action, input) => {
    expect(codes(action, input)).toEqual(['WF4204']);
  });

  it.each([
    ['rds:ModifyDBInstance', '{DBInstanceIdentifier: a, ManageMasterUserPassword: true, MasterUserSecretKmsKeyId: k}'],
    ['secretsmanager:DescribeSecret', '{SecretId: prod/db}'],
    ['ssm:PutParameter', '{Name: a, Type: String, Value: blue}'],
    ['ssm:DescribeParameters', '{NextToken: abc}'],
    [
      'lambda:UpdateFunctionConfiguration',
      '{FunctionName: a, Environment: {Variables: {DB_PASSWORD_ARN: arn, MODE: x}}}',
    ],
    [
      'codebuild:StartBuild',
      '{projectName: a, environmentVariablesOverride: [{name: TOKEN, value: t, type: SECRETS_MANAGER}]}',
    ],
    ['ec2:CreateTags', '{Resources: [a], Tags: [{Key: secret, Value: none}]}'],
  ])('are not what only speaks of them: %s %s', (action, input) => {
    expect(codes(action, input)).toEqual([]);
  });

  const RESET = '{DBInstanceIdentifier: a, MasterUserPassword: "${params.p}"}';

  it('are told of where they come from a parameter, and never a default or one of a list', () => {
    const given = (rules: string) => codes('rds:ModifyDBInstance', RESET, [`name: p, type: string${rules}`]);
    expect(given('')).toEqual(['WF4205']);
    expect(given(', default: correct-horse')).toEqual(['WF4205', 'WF4204']);
    expect(given(', enum: [correct-horse]')).toEqual(['WF4205', 'WF4204']);
  });

  it('mark their parameter, so that nobody shows it', () => {
    const text = exampleWith(callOf('rds:ModifyDBInstance', RESET, 'rds:ModifyDBInstance', ['name: p, type: string']));
    const { parameters, execution_plan: plan } = bytecodeOf(text, 'enterprise');
    expect(parameters).toMatchObject([{ name: 'p', sensitive: true }]);
    expect(plan.at(-1)?.call?.cli).toContain('--master-user-password "${params.p}"');
  });
});
