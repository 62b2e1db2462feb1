import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { compileText } from '../../support/compile.ts';
import { callOf, findingsOf } from '../../support/findings.ts';

const TOPIC = 'arn:${partition}:sns:${region}:${account}';

const own = (fields: string): readonly string[] => findingsOf(fields).filter((finding) => finding.startsWith('WF4207'));

/** With an approval before the call. */
const asking = (action: string, input: string, permission: string, parameters: readonly string[] = []) =>
  own(callOf(action, input, permission, parameters));

/** Without one. */
const silent = (topic: string) =>
  own(`parameters: [{name: t, type: string, required: true}]
steps:
  - {id: tell, type: command, action: sns:Publish, parameters: {TopicArn: "${topic}", Message: "\${params.t}"}}
security: {required_permissions: ["sns:Publish"], max_duration: 600}`);

describe('the topic of questions', () => {
  it.each([`${TOPIC}:wf-approvals`, 'arn:aws:sns:us-east-1:123456789012:wf-approvals'])(
    'is not published to by an author, with or without an approval: %s',
    (topic) => {
      const said =
        'WF4207 sns:Publish would reach the topic on which runs ask for approval, which no workflow may touch';
      expect(silent(topic)).toEqual([said]);
      expect(asking('sns:Publish', `{TopicArn: "${topic}", Message: hello}`, 'sns:Publish')).toEqual([said]);
    },
  );

  it('has no other call either', () => {
    const input = `{TopicArn: "${TOPIC}:wf-approvals", Protocol: email, Endpoint: me@example.com}`;
    expect(asking('sns:Subscribe', input, 'sns:Subscribe')).toEqual([
      'WF4207 sns:Subscribe would reach the topic on which runs ask for approval, which no workflow may touch',
    ]);
  });

  it('may be what only a run knows where the role can refuse it', () => {
    expect(silent('${params.t}')).toEqual([]);
    expect(silent(`${TOPIC}:\${params.t}`)).toEqual([]);
  });

  it.each([
    ['name: t, type: string, required: true', 1],
    ['name: t, type: string, required: true, pattern: "wf-[a-z]+"', 1],
    ['name: t, type: string, required: true, pattern: "ops-[a-z]+"', 0],
    ['name: t, type: string, required: true, enum: [operations, wf-approvals]', 1],
    ['name: t, type: string, required: true, enum: [operations, backups]', 0],
  ])('has to be excluded in a workflow that asks: %s', (parameter, count) => {
    const input = `{TopicArn: "${TOPIC}:\${params.t}", Message: hello}`;
    expect(asking('sns:Publish', input, 'sns:Publish', [parameter])).toHaveLength(count);
  });

  it('is not what a message to a telephone goes to, nor what is only looked at', () => {
    const phone = ['name: t, type: string, required: true, pattern: "[+][0-9]{5,15}"'];
    expect(asking('sns:Publish', '{PhoneNumber: "${params.t}", Message: hello}', 'sns:Publish', phone)).toEqual([]);
    expect(asking('sns:GetTopicAttributes', '{TopicArn: "${params.t}"}', 'sns:GetTopicAttributes', phone)).toEqual([]);
  });
});

describe('the state machines of workflows', () => {
  it.each([
    ['sfn:StartExecution', 'states:StartExecution', 'stateMachineArn', 'stateMachine:wf-rds_backup_simple'],
    ['sfn:StartExecution', 'states:StartExecution', 'stateMachineArn', 'stateMachine:wf-${params.w}'],
    ['sfn:GetExecutionHistory', 'states:GetExecutionHistory', 'executionArn', 'execution:wf-rds_backup_simple:run'],
    ['sfn:StopExecution', 'states:StopExecution', 'executionArn', 'execution:wf-a:${params.w}'],
  ])('are not touched: %s', (action, permission, member, resource) => {
    const input = `{${member}: "arn:aws:states:us-east-1:123456789012:${resource}"}`;
    expect(asking(action, input, permission, ['name: w, type: string, required: true'])).toEqual([
      `WF4207 ${permission} would reach the state machines of workflows, which no workflow may touch`,
    ]);
  });

  it('are not those of others', () => {
    const input = '{stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:nightly"}';
    expect(asking('sfn:StartExecution', input, 'states:StartExecution')).toEqual([]);
  });

  it('are not answered', () => {
    const input = '{taskToken: "${params.w}", output: "{}"}';
    expect(
      asking('sfn:SendTaskSuccess', input, 'states:SendTaskSuccess', ['name: w, type: string, required: true']),
    ).toEqual(['WF4207 states:SendTaskSuccess could answer what other workflows ask']);
  });
});

it('finishes on a pattern made to be slow', () => {
  const pattern = `${'*a'.repeat(20)}`.replace(/\*/g, '${params.t}');
  const text = exampleWith(`parameters: [{name: t, type: string, required: true}]
steps:
  - {id: tell, type: command, action: sns:Publish, parameters: {TopicArn: "${TOPIC}:${pattern}", Message: hello}}
security: {required_permissions: ["sns:Publish"], max_duration: 600}`);
  expect(compileText(text, 'enterprise').diagnostics.map(({ code }) => code)).not.toContain('WF4207');
});
