import type { ServiceBehaviour, Target } from '../behaviour.ts';

const TOPIC: Target = {
  resource: 'topic',
  by: 'TopicArn',
  unnamed: {
    shape: 'InvalidParameterException',
    message: 'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
  },
};

/** Amazon SNS topics. What is published can be seen as resources of the kind `message`. */
export const sns: ServiceBehaviour = {
  service: 'sns',
  codes: { denied: 'AuthorizationError', throttled: 'Throttling' },
  resources: {
    topic: {
      hidden: ['Name', 'TopicArn', 'Attributes', 'Tags'],
      iamType: 'topic',
      identifier: 'Name',
      arn: 'TopicArn',
      tags: 'Tags',
      defaults: {
        Attributes: {
          TopicArn: '{arn}',
          Owner: '{account}',
          DisplayName: '',
          SubscriptionsConfirmed: '1',
          SubscriptionsPending: '0',
          SubscriptionsDeleted: '0',
        },
        Tags: [],
      },
      missing: { shape: 'NotFoundException', message: 'Topic does not exist' },
    },
    message: {
      journal: true,
      hidden: ['MessageId', 'TopicArn', 'Subject', 'Message', 'MessageAttributes', 'MessageStructure', 'PublishedAt'],
      identifier: 'MessageId',
      missing: { shape: 'NotFoundException', message: 'Message {id} does not exist' },
    },
  },
  operations: {
    Publish: {
      does: 'create',
      resource: 'message',
      id: '{uuid}',
      from: TOPIC,
      refuses: [
        {
          when: { 'input.Message': '' },
          fault: { shape: 'InvalidParameterException', message: 'Invalid parameter: Empty message' },
        },
      ],
      attributes: {
        TopicArn: '{input.TopicArn}',
        Subject: '{input.Subject}',
        Message: '{input.Message}',
        MessageAttributes: '{input.MessageAttributes}',
        MessageStructure: '{input.MessageStructure}',
        PublishedAt: '{now}',
      },
      output: { MessageId: '{id}' },
    },
    GetTopicAttributes: { does: 'get', ...TOPIC, output: { Attributes: '{hidden.Attributes}' } },
    ListTopics: {
      does: 'describe',
      resource: 'topic',
      into: 'Topics',
      each: { TopicArn: '{arn}' },
      page: { marker: 'NextToken', default: 100 },
    },
    ListTagsForResource: { does: 'listTags', by: 'ResourceArn', tags: 'Tags' },
    TagResource: { does: 'tag', by: 'ResourceArn', tags: 'Tags' },
    UntagResource: { does: 'untag', by: 'ResourceArn', tags: 'TagKeys' },
  },
};
