import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LOG_RETENTION } from './log-retention.ts';

/**
 * A log group that an AWS service delivers into. Its name begins with `/aws/vendedlogs/`: CloudWatch Logs caps the
 * resource policy that grants log delivery at 5,120 characters, and only names with this prefix do not add to it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export function vendedLogGroup(scope: Construct, id: string, source: 'apigateway' | 'states'): LogGroup {
  // The logs outlive the stack, so the name must differ from stack to stack: a stack made again would find it taken.
  const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return new LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/${source}/${Aws.STACK_NAME}-${stackUuid}`,
    retention: LOG_RETENTION,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
