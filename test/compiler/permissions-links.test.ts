import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { linkResource } from '../../lib/compiler/permissions/link-resources.ts';

const catalog = loadCatalog();

/** The members that name a resource type in a call, as `Member`, `Member.Inner` or `Member as reading`. */
function named(call: string, typeName: string, actionName?: string): readonly string[] {
  const [serviceName = '', operationName = ''] = call.split(':');
  const service = catalog.service(serviceName);
  const operation = service?.operation(operationName);
  const action = catalog.iamAction(actionName ?? operation?.iamActions[0] ?? '');
  if (service === undefined || operation === undefined || action === undefined) throw new Error(`no call ${call}`);
  const [prefix = ''] = action.name.split(':');
  const siblings = action.resourceTypes.flatMap(({ name }) => catalog.resourceType(prefix, name) ?? []);
  const type = siblings.find(({ name }) => name === typeName);
  if (type === undefined) throw new Error(`${action.name} has no resource type ${typeName}`);
  const { members } = linkResource({ service, operation, action: action.name, type, siblings });
  return members.map(({ path, reading }) => `${path.join('.')}${reading === 'text' ? '' : ` as ${reading}`}`);
}

describe('a resource type is named by', () => {
  it.each([
    ['rds:CreateDBSnapshot', 'db', ['DBInstanceIdentifier']],
    ['rds:CreateDBSnapshot', 'snapshot', ['DBSnapshotIdentifier']],
    ['rds:CreateDBInstance', 'db', ['DBInstanceIdentifier']],
    ['rds:CopyDBSnapshot', 'snapshot', ['SourceDBSnapshotIdentifier', 'TargetDBSnapshotIdentifier']],
    ['rds:CreateDBInstanceReadReplica', 'db', ['DBInstanceIdentifier', 'SourceDBInstanceIdentifier']],
    ['rds:DeleteDBCluster', 'cluster-snapshot', ['FinalDBSnapshotIdentifier']],
    ['rds:AddTagsToResource', 'og', ['ResourceName']],
    ['rds:ModifyIntegration', 'integration', ['IntegrationIdentifier']],
    ['s3:PutObject', 'object', ['Key']],
    ['s3:DeleteObjects', 'object', ['Delete.Objects.Key']],
    ['s3:PutBucketPolicy', 'bucket', ['Bucket']],
    ['sns:CreateTopic', 'topic', ['Name']],
    ['sns:Publish', 'topic', ['TopicArn']],
    ['sqs:SendMessage', 'queue', ['QueueUrl as last-segment']],
    ['sqs:StartMessageMoveTask', 'queue', ['SourceArn', 'DestinationArn']],
    ['kms:EnableKeyRotation', 'key', ['KeyId as key-id']],
    ['kms:CreateAlias', 'alias', ['AliasName']],
    ['secretsmanager:GetSecretValue', 'Secret', ['SecretId as secret-name']],
    ['secretsmanager:CreateSecret', 'Secret', ['Name as secret-name']],
    ['ec2:StopInstances', 'instance', ['InstanceIds']],
    ['ec2:AuthorizeSecurityGroupIngress', 'security-group', ['GroupId', 'GroupName as opaque']],
    ['ec2:RunInstances', 'security-group', ['SecurityGroups as opaque', 'SecurityGroupIds']],
    ['ec2:RunInstances', 'subnet', ['SubnetId']],
    ['ec2:DeleteFlowLogs', 'vpc-flow-log', ['FlowLogIds']],
    ['ec2:ReleaseHosts', 'dedicated-host', ['HostIds']],
    ['ec2:ModifyInstanceCreditSpecification', 'instance', ['InstanceCreditSpecifications.InstanceId']],
    ['ec2:EnableVgwRoutePropagation', 'vpn-gateway', ['GatewayId']],
    ['lambda:Invoke', 'function', ['FunctionName']],
    ['dynamodb:PutItem', 'table', ['TableName']],
    ['dynamodb:BatchGetItem', 'table', ['RequestItems.{}']],
    ['dynamodb:TagResource', 'table', ['ResourceArn']],
    ['ecs:UpdateService', 'service', ['service']],
    ['ecs:DescribeTasks', 'task', ['tasks']],
    ['ecs:RunTask', 'task-definition', ['taskDefinition as revision']],
    ['iam:AttachRolePolicy', 'role', ['RoleName']],
    ['iam:DeletePolicy', 'policy', ['PolicyArn']],
    ['iam:DeleteOpenIDConnectProvider', 'oidc-provider', ['OpenIDConnectProviderArn']],
    ['cloudwatch-logs:PutRetentionPolicy', 'log-group', ['logGroupName']],
    ['events:PutTargets', 'rule-on-default-event-bus', ['Rule']],
    ['eks:DescribeCluster', 'cluster', ['name']],
    ['route53:ChangeResourceRecordSets', 'hostedzone', ['HostedZoneId']],
    ['elasticloadbalancingv2:DeleteTargetGroup', 'targetgroup', ['TargetGroupArn']],
    ['ssm:GetParameter', 'parameter', ['Name']],
    ['autoscaling:SuspendProcesses', 'autoScalingGroup', ['AutoScalingGroupName']],
  ])('%s: %s by %j', (call, type, members) => expect(named(call, type)).toEqual(members));

  it('what an action is about, where a call has several', () => {
    expect(named('kms:ReEncrypt', 'key', 'kms:ReEncryptFrom')).toEqual(['SourceKeyId as key-id']);
    expect(named('kms:ReEncrypt', 'key', 'kms:ReEncryptTo')).toEqual(['DestinationKeyId as key-id']);
    expect(named('s3:CopyObject', 'object', 's3:GetObject')).toEqual(['CopySource as copy-source']);
    expect(named('s3:CopyObject', 'object', 's3:PutObject')).toEqual(['Key']);
    expect(named('dynamodb:TransactWriteItems', 'table', 'dynamodb:DeleteItem')).toEqual([
      'TransactItems.Delete.TableName',
    ]);
  });
});

describe('a resource type is not named by', () => {
  it.each([
    ['the source of a copy that AWS names', 'ec2:CopySnapshot', 'snapshot'],
    ['the source of a volume that AWS names', 'ec2:CopyVolumes', 'volume'],
    ['the name of something that its ARN has an id of', 'rds:DeleteDBProxy', 'proxy'],
    ['what people call a shard group', 'rds:ModifyDBShardGroup', 'shardgrp'],
    ['the name of an integration to be', 'rds:CreateIntegration', 'integration'],
    ['the name of a deployment to be', 'rds:CreateBlueGreenDeployment', 'deployment'],
    ['what runs on it', 'ec2:RunInstances', 'instance'],
    ['the resolver of a target to be', 'ec2:CreateIpamPrefixListResolverTarget', 'ipam-prefix-list-resolver-target'],
    ['an id of something else', 'iam:GetAccessKeyLastUsed', 'user'],
    ['the alias of a key', 'kms:DeleteAlias', 'key'],
    ['a statement in PartiQL', 'dynamodb:ExecuteStatement', 'table'],
  ])('%s (%s)', (_, call, type) => expect(named(call, type)).toEqual([]));
});

describe('services that share an IAM prefix', () => {
  it('keep their load balancers apart', () => {
    expect(named('elb:DeleteLoadBalancer', 'loadbalancer')).toEqual(['LoadBalancerName']);
    expect(named('elb:DeleteLoadBalancer', 'loadbalancer/app/')).toEqual([]);
    expect(named('elasticloadbalancingv2:CreateLoadBalancer', 'loadbalancer')).toEqual([]);
    expect(named('elasticloadbalancingv2:CreateLoadBalancer', 'loadbalancer/net/')).toEqual(['Name']);
    expect(named('elasticloadbalancingv2:DeleteLoadBalancer', 'loadbalancer/net/')).toEqual(['LoadBalancerArn']);
    expect(named('elasticloadbalancingv2:AddTags', 'targetgroup')).toEqual(['ResourceArns']);
  });
});

describe('AWS WAF', () => {
  it('has a name and an id in an ARN, of what the operation is about', () => {
    expect(named('wafv2:UpdateIPSet', 'ipset')).toEqual(['Name']);
    expect(named('wafv2:CreateRuleGroup', 'ipset')).toEqual([]);
  });
});
