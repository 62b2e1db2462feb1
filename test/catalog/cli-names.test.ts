import { toCliCommand, toCliOption } from '../../lib/catalog/cli-names.ts';

/** As botocore 1.43.11 prints them: `botocore.xform_name(name, '-')`. */
const NAMES: readonly (readonly [string, string])[] = [
  ['CreateDBSnapshot', 'create-db-snapshot'],
  ['DescribeDBInstances', 'describe-db-instances'],
  ['DBSnapshotIdentifier', 'db-snapshot-identifier'],
  ['EnableIAMDatabaseAuthentication', 'enable-iam-database-authentication'],
  ['MultiAZ', 'multi-az'],
  ['KmsKeyId', 'kms-key-id'],
  ['SourceDBSnapshotIdentifier', 'source-db-snapshot-identifier'],
  ['S3BucketName', 's3-bucket-name'],
  ['ListObjectsV2', 'list-objects-v2'],
  ['SSEKMSKeyId', 'ssekms-key-id'],
  ['MFA', 'mfa'],
  ['ContentMD5', 'content-md5'],
  ['GetBucketAcl', 'get-bucket-acl'],
  ['CreateMultipartUpload', 'create-multipart-upload'],
  ['UploadPartCopy', 'upload-part-copy'],
  ['AssumeRoleWithSAML', 'assume-role-with-saml'],
  ['DecodeAuthorizationMessage', 'decode-authorization-message'],
  ['DescribeStacks', 'describe-stacks'],
  ['CreateVpc', 'create-vpc'],
  ['AttachVpnGateway', 'attach-vpn-gateway'],
  ['DescribeVpcs', 'describe-vpcs'],
  ['DescribeIdFormat', 'describe-id-format'],
  ['ListWebACLs', 'list-web-acls'],
  ['VolumeARNs', 'volume-arns'],
  ['DescribeCachediSCSIVolumes', 'describe-cached-iscsi-volumes'],
  ['ListHITsForQualificationType', 'list-hits-for-qualification-type'],
  ['GetOTelEnrichment', 'get-otel-enrichment'],
  ['SendWhatsAppMessage', 'send-whatsapp-message'],
  ['CreateStackSet', 'create-stack-set'],
  ['ListMFADevices', 'list-mfa-devices'],
  ['GetSAMLProvider', 'get-saml-provider'],
  ['UpdateSSHPublicKey', 'update-ssh-public-key'],
  ['DescribeDBEngineVersions', 'describe-db-engine-versions'],
  ['ModifyDBInstance', 'modify-db-instance'],
  ['PromoteReadReplicaDBCluster', 'promote-read-replica-db-cluster'],
  ['StartDBInstance', 'start-db-instance'],
  ['ListTagsForResource', 'list-tags-for-resource'],
  ['PutRecordBatch', 'put-record-batch'],
  ['InvokeAsync', 'invoke-async'],
  ['DescribeEC2InstanceLimits', 'describe-ec2-instance-limits'],
  ['CreateHITWithHITType', 'create-hit-with-hit-type'],
  ['Ipv6CidrBlock', 'ipv6-cidr-block'],
  ['DisableEbsEncryptionByDefault', 'disable-ebs-encryption-by-default'],
  ['ModifyDefaultCreditSpecification', 'modify-default-credit-specification'],
  ['ListAWSServiceAccessForOrganization', 'list-aws-service-access-for-organization'],
  ['DescribeSSLPolicies', 'describe-ssl-policies'],
  ['EnableAWSServiceAccess', 'enable-aws-service-access'],
  ['iamInstanceProfileArn', 'iam-instance-profile-arn'],
];

it.each(NAMES)('%s → %s', (name, spelled) => expect(toCliCommand(name)).toBe(spelled));

it('writes members as options', () => {
  expect(toCliOption('DBInstanceIdentifier')).toBe('--db-instance-identifier');
  expect(toCliOption('SSEKMSKeyId')).toBe('--ssekms-key-id');
  expect(toCliOption('MaxRecords')).toBe('--max-records');
});
