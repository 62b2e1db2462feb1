import type { Fault, OperationBehaviour, ServiceBehaviour, Target } from '../behaviour.ts';
import type { Template } from '../template.ts';

const noBucket: Fault = { shape: 'NoSuchBucket', message: 'The specified bucket does not exist', status: 404 };
const noKey: Fault = { shape: 'NoSuchKey', message: 'The specified key does not exist.', status: 404 };
const BUCKET: Target = { resource: 'bucket', by: 'Bucket' };
const OBJECT: Target = { resource: 'object', by: '{input.Bucket}/{input.Key}' };
/** Checks of the sender's and the caller's that always hold here. */
const ignores = ['ExpectedBucketOwner', 'ContentMD5', 'ChecksumAlgorithm'];

interface Part {
  readonly path: string;
  readonly missing: Fault;
}

/** A configuration of a bucket that may not be there, which is an error of its own. */
const part = (path: string, code: string, message: string): Part => ({
  path,
  missing: { code, message, status: 404 },
});
const PUBLIC_ACCESS_BLOCK = part(
  'PublicAccessBlockConfiguration',
  'NoSuchPublicAccessBlockConfiguration',
  'The public access block configuration was not found',
);
const POLICY = part('Policy', 'NoSuchBucketPolicy', 'The bucket policy does not exist');
const TAGS = part('TagSet', 'NoSuchTagSet', 'The TagSet does not exist');
const ENCRYPTION = part(
  'ServerSideEncryptionConfiguration',
  'ServerSideEncryptionConfigurationNotFoundError',
  'The server side encryption configuration was not found',
);

const get = (of: Part, output: Template): OperationBehaviour => ({
  does: 'get',
  ...BUCKET,
  part: of,
  ignores,
  output,
});
const put = (path: string, value: Template): OperationBehaviour => ({
  does: 'change',
  ...BUCKET,
  ignores,
  sets: { [path]: value },
});
const remove = (path: string): OperationBehaviour => ({ does: 'change', ...BUCKET, ignores, removes: [path] });

const OBJECT_HEAD = {
  ETag: '{self.ETag}',
  ContentLength: '{self.Size}',
  LastModified: '{self.LastModified}',
  ContentType: '{hidden.ContentType}',
  Metadata: '{hidden.Metadata}',
  ServerSideEncryption: '{hidden.ServerSideEncryption}',
} as const;

/** Amazon S3 buckets, the configurations that decide who sees them, and small objects. */
export const s3: ServiceBehaviour = {
  service: 's3',
  codes: { throttled: 'SlowDown', throttledStatus: 503, broken: 'InternalError' },
  resources: {
    bucket: {
      shape: 'Bucket',
      hidden: [
        'PublicAccessBlockConfiguration',
        'Policy',
        'TagSet',
        'VersioningConfiguration',
        'ServerSideEncryptionConfiguration',
      ],
      global: true,
      iamType: 'bucket',
      identifier: 'Name',
      arn: 'BucketArn',
      tags: 'TagSet',
      defaults: { CreationDate: '2023-08-02T09:00:00.000Z', BucketRegion: '{region}' },
      missing: noBucket,
    },
    object: {
      shape: 'Object',
      hidden: ['Bucket', 'Body', 'ContentType', 'Metadata', 'ServerSideEncryption'],
      volatile: ['LastModified', 'ETag'],
      global: true,
      arnAs: 'arn:{partition}:s3:::{id}',
      identifier: '{self.Bucket}/{self.Key}',
      defaults: {
        LastModified: '2025-11-01T00:00:00.000Z',
        ETag: '"{hex32}"',
        Size: 0,
        StorageClass: 'STANDARD',
        ContentType: 'application/octet-stream',
        ServerSideEncryption: 'AES256',
      },
      missing: noKey,
    },
  },
  operations: {
    HeadBucket: { does: 'get', ...BUCKET, ignores, output: { BucketRegion: '{self.BucketRegion}' } },
    ListBuckets: {
      does: 'describe',
      resource: 'bucket',
      into: 'Buckets',
      each: { Name: '{self.Name}', CreationDate: '{self.CreationDate}' },
      where: { BucketRegion: 'BucketRegion' },
      page: { size: 'MaxBuckets', marker: 'ContinuationToken', default: 10_000 },
    },
    GetBucketLocation: {
      does: 'get',
      ...BUCKET,
      ignores,
      output: {
        $when: { 'self.BucketRegion': 'us-east-1' },
        gives: {},
        else: { LocationConstraint: '{self.BucketRegion}' },
      },
    },
    GetPublicAccessBlock: get(PUBLIC_ACCESS_BLOCK, {
      PublicAccessBlockConfiguration: '{hidden.PublicAccessBlockConfiguration}',
    }),
    PutPublicAccessBlock: put('PublicAccessBlockConfiguration', '{input.PublicAccessBlockConfiguration}'),
    DeletePublicAccessBlock: remove('PublicAccessBlockConfiguration'),
    GetBucketPolicy: get(POLICY, { Policy: '{hidden.Policy}' }),
    GetBucketPolicyStatus: get(POLICY, {
      PolicyStatus: { IsPublic: { $when: { 'hidden.Policy:public': true }, gives: true, else: false } },
    }),
    PutBucketPolicy: {
      does: 'change',
      ...BUCKET,
      ignores: [...ignores, 'ConfirmRemoveSelfBucketAccess'],
      refuses: [
        {
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
          when: { 'self.PublicAccessBlockConfiguration.BlockPublicPolicy': true, 'input.Policy:public': true },
          fault: { code: 'AccessDenied', message: 'Access Denied', status: 403 },
        },
      ],
      sets: { Policy: '{input.Policy}' },
    },
    DeleteBucketPolicy: remove('Policy'),
    GetBucketVersioning: {
      does: 'get',
      ...BUCKET,
      ignores,
      output: {
        Status: '{hidden.VersioningConfiguration.Status}',
        MFADelete: '{hidden.VersioningConfiguration.MFADelete}',
      },
    },
    PutBucketVersioning: put('VersioningConfiguration', '{input.VersioningConfiguration}'),
    GetBucketTagging: get(TAGS, { TagSet: '{hidden.TagSet}' }),
    PutBucketTagging: put('TagSet', '{input.Tagging.TagSet}'),
    DeleteBucketTagging: remove('TagSet'),
    GetBucketEncryption: get(ENCRYPTION, {
      ServerSideEncryptionConfiguration: '{hidden.ServerSideEncryptionConfiguration}',
    }),
    PutBucketEncryption: put('ServerSideEncryptionConfiguration', '{input.ServerSideEncryptionConfiguration}'),
    DeleteBucketEncryption: remove('ServerSideEncryptionConfiguration'),
    PutObject: {
      does: 'create',
      resource: 'object',
      id: '{input.Bucket}/{input.Key}',
      from: BUCKET,
      replaces: true,
      ignores,
      attributes: {
        Bucket: '{input.Bucket}',
        Key: '{input.Key}',
        Body: '{input.Body}',
        Size: '{input.Body:size}',
        LastModified: '{now}',
        ContentType: '{input.ContentType}',
        Metadata: '{input.Metadata}',
        ServerSideEncryption: '{input.ServerSideEncryption}',
      },
      output: { ETag: '{self.ETag}', ServerSideEncryption: '{hidden.ServerSideEncryption}' },
    },
    GetObject: { does: 'get', within: BUCKET, ...OBJECT, ignores, output: { Body: '{hidden.Body}', ...OBJECT_HEAD } },
    HeadObject: { does: 'get', within: BUCKET, ...OBJECT, ignores, output: OBJECT_HEAD },
    DeleteObject: {
      does: 'delete',
      within: BUCKET,
      ...OBJECT,
      ignores,
      // Deleting what is not there succeeds.
      lenient: true,
      output: {},
    },
    ListObjectsV2: {
      does: 'describe',
      within: BUCKET,
      resource: 'object',
      into: 'Contents',
      where: { '{input.Bucket}': 'Bucket', '{input.Prefix}*': 'Key' },
      page: {
        size: 'MaxKeys',
        marker: 'ContinuationToken',
        next: 'NextContinuationToken',
        truncated: 'IsTruncated',
        default: 1000,
      },
    },
  },
};
