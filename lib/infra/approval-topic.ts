import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { APPROVAL_TOPIC } from '../compiler/approval-topic.ts';

export interface ApprovalTopicProps {
  /** Who gets the questions by mail, once they have confirmed that they want them; nobody where it is left out. */
  readonly email?: string;
}

/**
 * Where runs ask for approval. Its messages hold the token of the task that waits, so they are encrypted, and taken
 * over TLS only. The key is the one that AWS manages for Amazon SNS: its policy lets every principal of the account
 * use it through SNS that may use SNS, so a workflow's role needs `sns:Publish` alone.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export class ApprovalTopic extends Construct {
  constructor(scope: Construct, id: string, { email }: ApprovalTopicProps = {}) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', {
      topicName: APPROVAL_TOPIC,
      displayName: 'Approvals of workflows',
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
      enforceSSL: true,
    });
    if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  }
}
