import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { STATE_MACHINE_PREFIX } from './state-machine-name.ts';

/**
 * What it takes to answer a task by its token. IAM's reference has no resource type for the two, but Step Functions
 * checks them against the state machine of the task, as the CDK's own `grantTaskResponse` relies on: with the ARN of
 * this application's state machines, a token of another application's task opens nothing.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 * https://github.com/aws/aws-cdk/pull/8486
 */
export const ANSWER_TASKS = ['states:SendTaskSuccess', 'states:SendTaskFailure'] as const;

/** The ARN of all state machines of this application, and of no others: they have a prefix of their own. */
export function workflowStateMachines(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: `${STATE_MACHINE_PREFIX}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
