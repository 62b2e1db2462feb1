import type { Fault, ServiceBehaviour, Target } from '../behaviour.ts';

const USER: Target = {
  resource: 'user',
  by: 'UserName',
  // Without a name the call is about the caller, who is a role here.
  unnamed: { code: 'ValidationError', message: 'Must specify userName when calling with non-User credentials' },
};
const noKey: Fault = { shape: 'NoSuchEntityException', message: 'The Access Key with id {id} cannot be found.' };
const KEY: Target = {
  resource: 'accessKey',
  by: 'AccessKeyId',
  where: { UserName: '{input.UserName}' },
  missing: noKey,
};
const METADATA = {
  UserName: '{self.UserName}',
  AccessKeyId: '{self.AccessKeyId}',
  Status: '{self.Status}',
  CreateDate: '{self.CreateDate}',
};

/** AWS IAM users and their access keys. */
export const iam: ServiceBehaviour = {
  service: 'iam',
  codes: { throttled: 'Throttling' },
  resources: {
    user: {
      shape: 'User',
      global: true,
      arnAs: 'arn:{partition}:iam::{account}:user/{id}',
      iamType: 'user',
      identifier: 'UserName',
      arn: 'Arn',
      tags: 'Tags',
      defaults: { Path: '/', UserId: 'AIDA{key}', CreateDate: '2024-03-11T10:00:00.000Z', Tags: [] },
      missing: { shape: 'NoSuchEntityException', message: 'The user with name {id} cannot be found.' },
    },
    accessKey: {
      shape: 'AccessKeyMetadata',
      hidden: ['SecretAccessKey', 'AccessKeyLastUsed'],
      global: true,
      identifier: 'AccessKeyId',
      defaults: {
        Status: 'Active',
        CreateDate: '2024-03-11T10:05:00.000Z',
        SecretAccessKey: 'simulated+secret/{key}EXAMPLEKEY',
        AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
      },
      missing: noKey,
    },
  },
  operations: {
    GetUser: { does: 'get', ...USER, into: 'User' },
    ListUsers: {
      does: 'describe',
      resource: 'user',
      into: 'Users',
      page: { size: 'MaxItems', marker: 'Marker', truncated: 'IsTruncated', default: 100 },
    },
    ListAccessKeys: {
      does: 'describe',
      within: USER,
      resource: 'accessKey',
      into: 'AccessKeyMetadata',
      each: METADATA,
      where: { UserName: 'UserName' },
      page: { size: 'MaxItems', marker: 'Marker', truncated: 'IsTruncated', default: 100 },
    },
    CreateAccessKey: {
      does: 'create',
      within: USER,
      resource: 'accessKey',
      id: 'AKIA{key}',
      limit: {
        where: { UserName: '{input.UserName}' },
        count: 2,
        fault: { shape: 'LimitExceededException', message: 'Cannot exceed quota for AccessKeysPerUser: 2' },
      },
      attributes: { UserName: '{input.UserName}', CreateDate: '{now}' },
      output: { AccessKey: { ...METADATA, SecretAccessKey: '{hidden.SecretAccessKey}' } },
    },
    UpdateAccessKey: { does: 'change', within: USER, ...KEY, sets: { Status: '{input.Status}' } },
    DeleteAccessKey: { does: 'delete', within: USER, ...KEY },
    GetAccessKeyLastUsed: {
      does: 'get',
      resource: 'accessKey',
      by: 'AccessKeyId',
      output: { UserName: '{self.UserName}', AccessKeyLastUsed: '{hidden.AccessKeyLastUsed}' },
    },
    ListUserTags: { does: 'get', ...USER, output: { Tags: '{self.Tags}', IsTruncated: false } },
    TagUser: { does: 'tag', by: 'UserName', tags: 'Tags' },
    UntagUser: { does: 'untag', by: 'UserName', tags: 'TagKeys' },
  },
};
