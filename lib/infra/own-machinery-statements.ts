import { Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { OWN_STATE_MACHINES, OWN_TOPIC } from '../compiler/own-machinery.ts';
import type { RegistryBucket } from './registry-bucket.ts';

export interface OwnMachinery {
  readonly registry: RegistryBucket;
  readonly api: HttpApi;
}

/** CloudFormation shortens the name of a stack where it names what is in it; so much of it always stays (a guess). */
const KEPT_OF_STACK_NAME = 20;

/**
 * What no role of a workflow may do whatever its policy says: touch what runs workflows. Each refuses more than it has
 * to where a name is not known, and grants nothing.
 */
export function ownMachineryStatements(scope: Construct, { registry, api }: OwnMachinery): readonly object[] {
  const { partition, stackName } = stackOf(scope);
  const named = `${stackName.slice(0, KEPT_OF_STACK_NAME)}*`;
  const arn = (rest: string): string => `arn:${partition}:${rest}`;
  const own = (arns: readonly string[]): readonly string[] => arns.map((one) => one.replace('${Partition}', partition));
  return [
    {
      Sid: 'OwnMachinery',
      Effect: 'Deny',
      Action: '*',
      Resource: [
        ...own(OWN_STATE_MACHINES.arns),
        registry.bucket.bucketArn,
        `${registry.bucket.bucketArn}/*`,
        arn(`secretsmanager:*:*:secret:${stackName}/*`),
        arn(`iam::*:role/${named}`),
        arn(`iam::*:policy/${named}`),
        arn(`lambda:*:*:function:${named}`),
        arn(`cloudformation:*:*:stack/${named}`),
        arn(`apigateway:*::/apis/${api.apiId}`),
        arn(`apigateway:*::/apis/${api.apiId}/*`),
      ],
    },
    // Only the question of an approval is published there; who reads it there could answer it.
    { Sid: 'QuestionsOnly', Effect: 'Deny', NotAction: 'sns:Publish', Resource: own(OWN_TOPIC.arns) },
    // IAM's reference has no resource type for them.
    {
      Sid: 'NoAnswers',
      Effect: 'Deny',
      Action: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      Resource: '*',
    },
    {
      Sid: 'LogsStay',
      Effect: 'Deny',
      Action: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:PutRetentionPolicy'],
      Resource: [arn(`logs:*:*:log-group:/aws/vendedlogs/*/${named}`), arn(`logs:*:*:log-group:${named}`)],
    },
  ];
}

/** The stack that all others stand in. */
function stackOf(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : stackOf(stack.nestedStackParent);
}
