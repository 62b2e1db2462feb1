/** Actions that AWS checks because a call gives a member, where IAM's lists of dependent actions do not have them. */
export interface MemberActions {
  /** Operations of the service. */
  readonly operations: readonly string[];
  /** The member, or the way to it through structures and lists. */
  readonly member: string;
  /** IAM actions, with their prefix. */
  readonly actions: readonly string[];
  /** The actions that are not checked then. */
  readonly instead?: readonly string[];
}

/**
 * What whoever makes or copies an encrypted resource of RDS needs on a customer managed key: RDS acts on the caller's
 * behalf. IAM's lists have it of the calls that make an instance or a cluster anew, not of those that copy and restore.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
 */
const RDS_KEYS: readonly MemberActions[] = ['KmsKeyId', 'PerformanceInsightsKMSKeyId'].map((member) => ({
  operations: [
    'CopyDBClusterSnapshot',
    'CopyDBSnapshot',
    'CreateDBInstanceReadReplica',
    'RestoreDBClusterFromSnapshot',
    'RestoreDBClusterToPointInTime',
    'StartDBInstanceAutomatedBackupsReplication',
  ],
  member,
  actions: ['kms:CreateGrant', 'kms:DescribeKey'],
}));

/**
 * By the catalog's name of the service. Source: what each operation's own API reference says under "Permissions" or
 * of the member, unless a row says otherwise.
 */
export const MEMBER_ACTIONS: Readonly<Record<string, readonly MemberActions[]>> = {
  cloudtrail: [
    { operations: ['ListInsightsMetricData'], member: 'TrailName', actions: ['cloudtrail:ListInsightsData'] },
    // "Granting permissions to send events to CloudWatch Logs", AWS CloudTrail User Guide.
    { operations: ['CreateTrail', 'UpdateTrail'], member: 'CloudWatchLogsRoleArn', actions: ['iam:PassRole'] },
  ],
  ec2: [
    // "IAM role for publishing flow logs to CloudWatch Logs", Amazon VPC User Guide.
    { operations: ['CreateFlowLogs'], member: 'DeliverLogsPermissionArn', actions: ['iam:PassRole'] },
  ],
  // DocumentDB and Neptune are called through the API of RDS.
  docdb: RDS_KEYS,
  neptune: RDS_KEYS,
  rds: RDS_KEYS,
  // "Required permissions", Amazon Route 53 API permissions reference: private zones.
  route53: [
    {
      operations: ['AssociateVPCWithHostedZone', 'CreateHostedZone', 'DisassociateVPCFromHostedZone'],
      member: 'VPC',
      actions: ['ec2:DescribeVpcs'],
    },
    { operations: ['ListHostedZonesByVPC'], member: 'VPCId', actions: ['ec2:DescribeVpcs'] },
  ],
  s3: [
    {
      operations: ['GetObject', 'HeadObject'],
      member: 'VersionId',
      actions: ['s3:GetObjectVersion'],
      instead: ['s3:GetObject'],
    },
    {
      operations: ['GetObjectAttributes'],
      member: 'VersionId',
      actions: ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
      instead: ['s3:GetObject', 's3:GetObjectAttributes'],
    },
    {
      operations: ['GetObjectAcl'],
      member: 'VersionId',
      actions: ['s3:GetObjectVersionAcl'],
      instead: ['s3:GetObjectAcl'],
    },
    {
      operations: ['PutObjectAcl'],
      member: 'VersionId',
      actions: ['s3:PutObjectVersionAcl'],
      instead: ['s3:PutObjectAcl'],
    },
    {
      operations: ['GetObjectTagging'],
      member: 'VersionId',
      actions: ['s3:GetObjectVersionTagging'],
      instead: ['s3:GetObjectTagging'],
    },
    {
      operations: ['PutObjectTagging'],
      member: 'VersionId',
      actions: ['s3:PutObjectVersionTagging'],
      instead: ['s3:PutObjectTagging'],
    },
    {
      operations: ['DeleteObjectTagging'],
      member: 'VersionId',
      actions: ['s3:DeleteObjectVersionTagging'],
      instead: ['s3:DeleteObjectTagging'],
    },
    {
      operations: ['DeleteObject'],
      member: 'VersionId',
      actions: ['s3:DeleteObjectVersion'],
      instead: ['s3:DeleteObject'],
    },
    { operations: ['DeleteObjects'], member: 'Delete.Objects.VersionId', actions: ['s3:DeleteObjectVersion'] },
    {
      operations: ['DeleteObject', 'DeleteObjects', 'PutObjectRetention'],
      member: 'BypassGovernanceRetention',
      actions: ['s3:BypassGovernanceRetention'],
    },
    ...['ACL', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP'].map((member) => ({
      operations: ['CopyObject', 'CreateMultipartUpload', 'PutObject'],
      member,
      actions: ['s3:PutObjectAcl'],
    })),
    ...['ACL', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP'].map((member) => ({
      operations: ['CreateBucket'],
      member,
      actions: ['s3:PutBucketAcl'],
    })),
    {
      operations: ['CreateBucket'],
      member: 'ObjectLockEnabledForBucket',
      actions: ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
    },
    { operations: ['CreateBucket'], member: 'ObjectOwnership', actions: ['s3:PutBucketOwnershipControls'] },
    {
      operations: ['CopyObject', 'CreateMultipartUpload', 'PutObject'],
      member: 'Tagging',
      actions: ['s3:PutObjectTagging'],
    },
    ...['ObjectLockMode', 'ObjectLockRetainUntilDate'].map((member) => ({
      operations: ['CopyObject', 'CreateMultipartUpload', 'PutObject'],
      member,
      actions: ['s3:PutObjectRetention'],
    })),
    {
      operations: ['CopyObject', 'CreateMultipartUpload', 'PutObject'],
      member: 'ObjectLockLegalHoldStatus',
      actions: ['s3:PutObjectLegalHold'],
    },
    { operations: ['CopyObject', 'PutObject'], member: 'SSEKMSKeyId', actions: ['kms:GenerateDataKey'] },
    {
      operations: ['CreateMultipartUpload'],
      member: 'SSEKMSKeyId',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    },
  ],
  secretsmanager: [
    { operations: ['BatchGetSecretValue'], member: 'Filters', actions: ['secretsmanager:ListSecrets'] },
    { operations: ['CreateSecret'], member: 'AddReplicaRegions', actions: ['secretsmanager:ReplicateSecretToRegions'] },
    { operations: ['CreateSecret'], member: 'KmsKeyId', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
    { operations: ['RotateSecret'], member: 'RotationLambdaARN', actions: ['lambda:InvokeFunction'] },
    {
      operations: ['UpdateSecret'],
      member: 'KmsKeyId',
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    },
  ],
};

/**
 * The action that AWS checks where a call that creates something gives it tags, by the catalog's name of the service,
 * for services of which IAM's lists of dependent actions do not have it. Sources: "Tags" of the operations' API
 * references (events, kinesis, organizations, secretsmanager), and the services' guides on tagging at creation:
 * acm, backup, cloudwatch, cloudwatch-logs, dynamodb, ecs, eks, guardduty, iam (one action a kind
 * of resource), lambda, redshift, sfn, sns, sqs, ssm.
 */
export const TAGGING_AT_CREATION: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  acm: 'acm:AddTagsToCertificate',
  backup: 'backup:TagResource',
  cloudwatch: 'cloudwatch:TagResource',
  'cloudwatch-logs': 'logs:TagResource',
  dynamodb: 'dynamodb:TagResource',
  ecs: 'ecs:TagResource',
  eks: 'eks:TagResource',
  events: 'events:TagResource',
  guardduty: 'guardduty:TagResource',
  iam: {
    CreateInstanceProfile: 'iam:TagInstanceProfile',
    CreateOpenIDConnectProvider: 'iam:TagOpenIDConnectProvider',
    CreatePolicy: 'iam:TagPolicy',
    CreateRole: 'iam:TagRole',
    CreateSAMLProvider: 'iam:TagSAMLProvider',
    CreateUser: 'iam:TagUser',
    CreateVirtualMFADevice: 'iam:TagMFADevice',
    UploadServerCertificate: 'iam:TagServerCertificate',
  },
  kinesis: { CreateStream: 'kinesis:AddTagsToStream', RegisterStreamConsumer: 'kinesis:TagResource' },
  lambda: 'lambda:TagResource',
  organizations: 'organizations:TagResource',
  redshift: 'redshift:CreateTags',
  secretsmanager: 'secretsmanager:TagResource',
  sfn: 'states:TagResource',
  sns: 'sns:TagResource',
  sqs: 'sqs:TagQueue',
  ssm: 'ssm:AddTagsToResource',
};
