/** How the text that a member holds becomes the part of an ARN. */
export type Reading =
  /** As it stands. */
  | 'text'
  /** What follows the last slash: a queue's name in its URL. */
  | 'last-segment'
  /** Without `https://`: the name of an identity provider in its URL. */
  | 'without-scheme'
  /** A secret's ARN ends in six characters that Secrets Manager chose. */
  | 'secret-name'
  /** `family:revision`, or a family alone, which stands for all its revisions. */
  | 'revision'
  /** `bucket/key`, with the key encoded for a URL and perhaps a version behind it. */
  | 'copy-source'
  /** A key's id; an alias is another name than the key's ARN has. */
  | 'key-id'
  /** The member names the resource, but not by what its ARN has: every resource of the type. */
  | 'opaque'
  /** The member does not name the resource, whatever its words. */
  | 'unrelated';

/** A member that names a resource in words that the ARN does not have. */
export interface ResourceName {
  /** The member, or the way to it through structures and lists; `{}` stands for the keys of a map. */
  readonly member: string;
  /** The variable of the ARN that it fills; the ARN's last one where absent. */
  readonly variable?: string;
  readonly reading?: Reading;
  /** A member that, where it is given, follows after a colon. */
  readonly suffixedBy?: string;
  /** Only for this action, only in calls of this operation. */
  readonly action?: string;
  readonly operation?: string;
}

/** Load balancers of the second generation; only the first is called by a name alone. */
const SECOND_GENERATION: readonly ResourceName[] = [
  { member: 'Name' },
  { member: 'LoadBalancerName', reading: 'unrelated' },
  { member: 'LoadBalancerNames', reading: 'unrelated' },
];

/**
 * Members that name a resource although their words are not those of the resource's ARN, by IAM prefix and resource
 * type. Sources: the documentation of the member in the service's API reference, and the ARN format of the type in
 * the Service Authorization Reference.
 */
export const RESOURCE_NAMES: Readonly<Record<string, readonly ResourceName[]>> = {
  'dynamodb:table': [
    { member: 'GlobalTableName' },
    { member: 'RequestItems.{}' },
    { member: 'TableCreationParameters.TableName' },
    { member: 'TransactItems.Get.TableName' },
    { member: 'TransactItems.Put.TableName', action: 'dynamodb:PutItem' },
    { member: 'TransactItems.Update.TableName', action: 'dynamodb:UpdateItem' },
    { member: 'TransactItems.Delete.TableName', action: 'dynamodb:DeleteItem' },
    { member: 'TransactItems.ConditionCheck.TableName', action: 'dynamodb:ConditionCheckItem' },
  ],
  'dynamodb:stream': [{ member: 'StreamArn' }],
  'ec2:coip-pool': [{ member: 'PoolId' }],
  'ec2:elastic-ip': [{ member: 'Address', reading: 'opaque' }],
  'ec2:ipv4pool-ec2': [{ member: 'PoolId' }],
  'ec2:ipv6pool-ec2': [{ member: 'PoolId' }],
  'ec2:key-pair': [{ member: 'KeyName' }, { member: 'KeyPairId', reading: 'opaque' }],
  'ec2:placement-group': [{ member: 'GroupName' }, { member: 'GroupId', reading: 'opaque' }],
  'ec2:security-group': [
    { member: 'GroupId' },
    { member: 'GroupIds' },
    { member: 'Groups' },
    { member: 'GroupName', reading: 'opaque' },
    { member: 'SecurityGroups', reading: 'opaque' },
  ],
  'ecs:container-instance': [{ member: 'attributes.targetId' }],
  'ecs:task-definition': [
    { member: 'family', reading: 'revision' },
    { member: 'taskDefinition', reading: 'revision' },
    { member: 'taskDefinitions', reading: 'revision' },
  ],
  'ecs:daemon-task-definition': [
    { member: 'family', reading: 'revision' },
    { member: 'daemonTaskDefinition', reading: 'revision' },
  ],
  'elasticloadbalancing:loadbalancer': [{ member: 'Name', reading: 'unrelated' }],
  'elasticloadbalancing:loadbalancer/app/': SECOND_GENERATION,
  'elasticloadbalancing:loadbalancer/gwy/': SECOND_GENERATION,
  'elasticloadbalancing:loadbalancer/net/': SECOND_GENERATION,
  'iam:mfa': [{ member: 'SerialNumber' }, { member: 'VirtualMFADeviceName' }],
  'iam:oidc-provider': [
    { member: 'OpenIDConnectProviderArn' },
    { member: 'Url', reading: 'without-scheme', operation: 'CreateOpenIDConnectProvider' },
  ],
  'iam:role-template': [{ member: 'TemplateArn' }],
  'kms:key': [
    { member: 'KeyId', reading: 'key-id' },
    { member: 'TargetKeyId', reading: 'key-id' },
    { member: 'SourceKeyId', reading: 'key-id', action: 'kms:ReEncryptFrom' },
    { member: 'DestinationKeyId', reading: 'key-id', action: 'kms:ReEncryptTo' },
  ],
  'lambda:function': [{ member: 'FunctionName', suffixedBy: 'Qualifier' }],
  'lambda:layerVersion': [{ member: 'VersionNumber', variable: 'LayerVersion' }, { member: 'Arn' }],
  'rds:cluster-snapshot': [{ member: 'FinalDBSnapshotIdentifier', operation: 'DeleteDBCluster' }],
  'rds:db': [
    { member: 'DbiResourceId', reading: 'opaque' },
    { member: 'SourceDbiResourceId', reading: 'opaque' },
    { member: 'SourceDBInstanceAutomatedBackupsArn', reading: 'opaque' },
  ],
  // Its ARN has the alias that AWS gave.
  's3:multiregionaccesspoint': [{ member: 'Name', reading: 'opaque' }],
  's3:object': [
    { member: 'Bucket', variable: 'BucketName' },
    { member: 'Key', variable: 'ObjectName' },
    { member: 'Delete.Objects.Key', variable: 'ObjectName' },
    { member: 'CopySource', reading: 'copy-source', action: 's3:GetObject' },
  ],
  'secretsmanager:Secret': [
    { member: 'SecretId', reading: 'secret-name' },
    { member: 'SecretIdList', reading: 'secret-name' },
    { member: 'Name', reading: 'secret-name', operation: 'CreateSecret' },
  ],
  'sqs:queue': [{ member: 'QueueUrl', reading: 'last-segment' }],
  'ssm:parameter': [{ member: 'Name' }, { member: 'Names' }],
};

/** The variable that tells resources of a type apart, where it is not the last one that says what it is. */
export const MAIN_VARIABLES: Readonly<Record<string, string>> = {
  'ecs:daemon-task-definition': 'DaemonTaskDefinitionFamilyName',
  'ecs:task-definition': 'TaskDefinitionFamilyName',
  'elasticloadbalancing:loadbalancer/app/': 'LoadBalancerName',
  'elasticloadbalancing:loadbalancer/gwy/': 'LoadBalancerName',
  'elasticloadbalancing:loadbalancer/net/': 'LoadBalancerName',
  'lambda:layerVersion': 'LayerName',
  // The id at the end is AWS's own; engine and version name a custom engine version.
  'rds:cev': 'EngineVersion',
  'wafv2:ipset': 'Name',
  'wafv2:managedruleset': 'Name',
  'wafv2:regexpatternset': 'Name',
  'wafv2:rulegroup': 'Name',
  'wafv2:webacl': 'Name',
};
