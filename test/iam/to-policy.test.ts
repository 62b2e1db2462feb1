import { exampleWith } from '../../lib/diagnostics/code-entry.ts';
import { evaluatePolicy } from '../../lib/iam/evaluate-policy.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { bytecodeOf } from '../support/compile.ts';

const PLACE = { partition: 'aws', region: 'us-east-1', account: '123456789012' } as const;
const arn = (rest: string) => `arn:aws:${rest.replace('@', 'us-east-1:123456789012')}`;

/** What the role of a workflow with one call may do with it. */
function decisions(action: string, input: string, permission: string, resources: readonly string[]) {
  const fields = `parameters: [{name: given, type: string, required: true}]
steps:
  - {id: call, type: command, action: ${action}, parameters: ${input}}
security: {required_permissions: ["${permission}"], max_duration: 600}`;
  const policy = toPolicy(bytecodeOf(exampleWith(fields), 'enterprise'), PLACE);
  return resources.map((resource) => evaluatePolicy(policy, { action: permission, resource: arn(resource) }).decision);
}

describe('a role whose resource only a run knows', () => {
  it('may publish to any topic but the one of questions, in any Region', () => {
    const input = '{TopicArn: "arn:aws:sns:us-east-1:123456789012:${params.given}", Message: done}';
    const topics = ['sns:@:operations', 'sns:@:wf-approvals', 'sns:@:wf-approvals-2'];
    expect(decisions('sns:Publish', input, 'sns:Publish', topics)).toEqual(['allowed', 'explicitDeny', 'allowed']);
  });

  it('has no word too many where the topic is certain to be another', () => {
    const input = '{TopicArn: "arn:aws:sns:us-east-1:123456789012:ops-${params.given}", Message: done}';
    const topics = ['sns:@:ops-east', 'sns:@:wf-approvals'];
    expect(decisions('sns:Publish', input, 'sns:Publish', topics)).toEqual(['allowed', 'implicitDeny']);
  });

  it('may read any state machine but those of workflows', () => {
    const input = '{stateMachineArn: "${params.given}"}';
    const machines = ['states:@:stateMachine:nightly', 'states:@:stateMachine:wf-rds_backup_simple'];
    expect(decisions('sfn:DescribeStateMachine', input, 'states:DescribeStateMachine', machines)).toEqual([
      'allowed',
      'explicitDeny',
    ]);
  });
});
