import { callOf, findingsOf } from '../../support/findings.ts';

const codes = (findings: readonly string[]): readonly string[] => findings.map((finding) => finding.slice(0, 6));
const rule = (rules: string): string => `name: x, type: string, required: true${rules === '' ? '' : `, ${rules}`}`;
const command = (text: string, rules = '', key = 'commands'): readonly string[] =>
  findingsOf(
    callOf(
      'ssm:SendCommand',
      `{DocumentName: AWS-RunShellScript, InstanceIds: [i-0123456789abcdef0], Parameters: {${key}: [${JSON.stringify(text)}]}}`,
      'ssm:SendCommand',
      text.includes('params.x') ? [rule(rules)] : [],
    ),
  );

const WORD = 'pattern: "[a-z0-9][a-z0-9-]*"';

describe('text that is executed', () => {
  it.each([
    ['a pattern of harmless characters', 'systemctl restart ${params.x}', WORD],
    ['an enum', 'systemctl restart ${params.x}', 'enum: [nginx, httpd]'],
    ['a count', 'sleep ${$length(params.x)}', ''],
    ['facts of the run', 'echo ${timestamp} ${region} ${account}', ''],
    ['a path', 'ls "${params.x}"', 'pattern: "/[a-z/]+"'],
    ['a text put together', 'echo ${"a;b" & params.x}', WORD],
    ['a choice between texts of the author', 'ls ${params.x = "a" ? "-l | wc" : ""}', ''],
    ['the command itself from a list', '${params.x} now', 'enum: [uptime, date]'],
    ['a hyphen inside a word', 'ls --time=${params.x}', 'pattern: "[a-z-]+"'],
    ['a piece of a harmless text', 'ls ${$substring(params.x, 0, 8)}', 'pattern: "[a-z]+"'],
  ])('takes %s', (_what, text, rules) => {
    expect(command(text, rules)).toEqual([]);
  });

  it.each([
    ['no rule', 'systemctl restart ${params.x}', ''],
    ['a length only', 'systemctl restart ${params.x}', 'max_length: 8'],
    ['a dot', 'ls ${params.x}', 'pattern: "a.c"'],
    ['a blank', 'ls ${params.x}', 'pattern: "[a-z ]+"'],
    ['a negated class', 'ls ${params.x}', 'pattern: "[^;]+"'],
    ['a semicolon', 'ls ${params.x}', 'pattern: "[a-z;]+"'],
    ['a quote in quotes', `ls '\${params.x}'`, `pattern: "[a-z']+"`],
    ['a backslash', 'ls ${params.x}', `pattern: '[a-z\\\\]+'`],
    ['a line break', 'ls ${params.x}', `pattern: '[a-z\\n]+'`],
    ['letters beyond ASCII', 'ls ${params.x}', `pattern: '[a-zä]+'`],
    ['an enum with a shell in it', 'ls ${params.x}', 'enum: ["$(id)"]'],
    ['a list joined', 'ls ${$join([params.x], " ")}', WORD],
    ['the name of the run, which its starter chooses', 'ls ${execution.name}', ''],
    ['the result of a step', 'ls ${steps.find.DBInstances[0].DBInstanceIdentifier}', ''],
    ['the result of a step, in a function', 'ls ${$uppercase(steps.find.DBInstances[0].DBName)}', ''],
    ['what says which command is run', '${params.x}', WORD],
    ['what says which command is run, behind another', 'cd /tmp && ${params.x}', WORD],
    ['what starts with a hyphen', 'rm ${params.x}', 'pattern: "[a-z-]+"'],
    ['what starts with a hyphen, in quotes', 'rm "${params.x}"', 'pattern: "-?[a-z]+"'],
  ])('refuses %s', (_what, text, rules) => {
    expect(codes(command(text, rules))).toEqual(['WF4203']);
  });

  it('takes a number that cannot be negative, which would be an option', () => {
    const kill = (min: string) =>
      findingsOf(
        callOf(
          'ssm:SendCommand',
          '{DocumentName: AWS-RunShellScript, InstanceIds: [i-1], Parameters: {commands: ["kill ${params.pid}"]}}',
          'ssm:SendCommand',
          [`name: pid, type: integer, required: true${min}`],
        ),
      );
    expect(codes(kill(''))).toEqual(['WF4203']);
    expect(codes(kill(', min: 1'))).toEqual([]);
  });

  it('names the parameter, and the pattern to add', () => {
    expect(command('ls ${params.x}')).toEqual([
      'WF4203 ${params.x} goes into Parameters.commands, which a shell reads, and may hold more than one plain word',
    ]);
  });

  it.each([
    [
      'other parameters of a document',
      'ssm:StartAutomationExecution',
      '{DocumentName: AWS-RestartEC2Instance, Parameters: {InstanceId: ["${params.x}"]}}',
    ],
    [
      'user data',
      'ec2:RunInstances',
      '{MinCount: 1, MaxCount: 1, ImageId: ami-1, UserData: "${$base64encode(\\"#!/bin/sh\\\\nls \\" & params.x)}"}',
    ],
    [
      'a container',
      'ecs:RunTask',
      '{taskDefinition: job, overrides: {containerOverrides: [{name: main, command: ["run", "${params.x}"]}]}}',
    ],
    [
      'a shell in a container',
      'batch:SubmitJob',
      '{jobName: a, jobQueue: b, jobDefinition: c, containerOverrides: {command: ["sh", "-c", "ls ${params.x}"]}}',
    ],
    [
      'a build specification',
      'codebuild:StartBuild',
      '{projectName: p, buildspecOverride: "version: 0.2 ${params.x}"}',
    ],
    ['a query', 'athena:StartQueryExecution', `{QueryString: "select * from t where a = '\${params.x}'"}`],
    ['a state machine', 'sfn:CreateStateMachine', `{name: m, roleArn: r, definition: '{"StartAt": "\${params.x}"}'}`],
  ])('knows %s', (_what, action, input) => {
    const unruled = findingsOf(callOf(action, input, 's3:GetObject', [rule('')]));
    const ruled = findingsOf(callOf(action, input, 's3:GetObject', [rule('pattern: "[a-z0-9]+"')]));
    expect(codes(unruled)).toContain('WF4203');
    expect(codes(ruled)).not.toContain('WF4203');
  });

  it('wants more of what stands in a query outside of quotes', () => {
    const query = (text: string) =>
      codes(
        findingsOf(
          callOf('athena:StartQueryExecution', `{QueryString: ${JSON.stringify(text)}}`, 's3:GetObject', [
            rule('pattern: "[a-z/*-]+"'),
          ]),
        ),
      );
    expect(query(`select '\${params.x}'`)).toContain('WF4203');
    const hyphens = (text: string) =>
      codes(
        findingsOf(
          callOf('athena:StartQueryExecution', `{QueryString: ${JSON.stringify(text)}}`, 's3:GetObject', [
            rule('pattern: "[a-z-]+"'),
          ]),
        ),
      );
    expect(hyphens(`select '\${params.x}'`)).not.toContain('WF4203');
    expect(hyphens('select ${params.x}')).toContain('WF4203');
  });

  it('leaves data alone that only looks like it', () => {
    const input = '{TopicArn: "arn:aws:sns:eu-west-1:123456789012:t", Message: "${params.x}; rm -rf"}';
    expect(findingsOf(callOf('sns:Publish', input, 'sns:Publish', [rule('')]))).toEqual([]);
  });
});
