import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { customResourceAnswer } from '../../../lambdas/publish/custom-resource-answer.ts';

const event: CloudFormationCustomResourceEvent = {
  RequestType: 'Create',
  ServiceToken: 'token',
  ResponseURL: 'https://example.com',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Publication',
  ResourceType: 'Custom::RegistryPublication',
  ResourceProperties: { ServiceToken: 'token', Bucket: 'bucket', RegistryDigest: 'sha256:0' },
};

const identity = {
  PhysicalResourceId: 'bucket/workflows',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Publication',
};

describe('customResourceAnswer', () => {
  it('says success', () => {
    expect(customResourceAnswer(event)).toEqual({ ...identity, Status: 'SUCCESS' });
  });

  it('says why it failed', () => {
    const answer = customResourceAnswer(event, new TypeError('wrong'));
    expect(answer).toEqual({ ...identity, Status: 'FAILED', Reason: 'TypeError: wrong' });
  });

  it('keeps within what CloudFormation takes', () => {
    const answer = customResourceAnswer(event, new Error('x'.repeat(10_000)));
    expect(JSON.stringify(answer).length).toBeLessThan(4_096);
  });
});
