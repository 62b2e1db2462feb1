import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

/** CloudFormation shows the reason to who deploys, and takes 4,096 bytes of answer in all. */
const MAX_REASON_LENGTH = 2_000;

/**
 * What CloudFormation is told: success, or the message of what went wrong. The physical id stays the same for one
 * bucket, so that an update never makes CloudFormation delete the publication before it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export function customResourceAnswer(
  event: CloudFormationCustomResourceEvent,
  failure?: unknown,
): CloudFormationCustomResourceResponse {
  const identity = {
    PhysicalResourceId: `${event.ResourceProperties.Bucket}/workflows`,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  };
  if (failure === undefined) return { ...identity, Status: 'SUCCESS' };
  const reason = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return { ...identity, Status: 'FAILED', Reason: reason.slice(0, MAX_REASON_LENGTH) };
}
