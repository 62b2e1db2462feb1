import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { actionsOfCalls } from '../../lib/compiler/permissions/actions-of-calls.ts';

const catalog = loadCatalog();

function actionsOf(call: string, members?: readonly string[]): readonly string[] {
  const [service = '', operation = ''] = call.split(':');
  const { actions, unknown } = actionsOfCalls(
    [members === undefined ? { service, operation } : { service, operation, members }],
    catalog,
  );
  expect(unknown).toEqual([]);
  return actions;
}

describe('the actions of a call', () => {
  it.each([
    ['rds:CreateDBSnapshot', ['rds:CreateDBSnapshot']],
    ['rds:create_db_snapshot', ['rds:CreateDBSnapshot']],
    ['rds:createDBSnapshot', ['rds:CreateDBSnapshot']],
    ['rds:create-db-snapshot', ['rds:CreateDBSnapshot']],
    ['s3:list_objects_v2', ['s3:ListBucket']],
    ['logs:put_retention_policy', ['logs:PutRetentionPolicy']],
    ['elbv2:modify_load_balancer_attributes', ['elasticloadbalancing:ModifyLoadBalancerAttributes']],
    ['stepfunctions:start_execution', ['states:StartExecution']],
    ['ce:get_cost_and_usage', ['ce:GetCostAndUsage']],
    ['s3:upload_file', ['s3:PutObject']],
    // The catalog has no model of these; IAM knows the action.
    ['schemas:delete_resource_policy', ['schemas:DeleteResourcePolicy']],
    ['lakeformation:GrantPermissions', ['lakeformation:GrantPermissions']],
  ])('%s: %j', (call, actions) => expect(actionsOf(call)).toEqual(actions));

  it('are no more than the call needs where no member is named', () => {
    expect(actionsOf('rds:create_db_instance')).toEqual(['rds:CreateDBInstance']);
    expect(actionsOf('ec2:run_instances')).toEqual(['ec2:RunInstances']);
    expect(actionsOf('s3:put_object')).toEqual(['s3:PutObject']);
    expect(actionsOf('wafv2:associate_web_acl')).toEqual(['wafv2:AssociateWebACL']);
    expect(actionsOf('ecs:run_task')).toEqual(['ecs:RunTask']);
  });

  it('count members that every call has to give', () => {
    expect(actionsOf('lambda:create_function')).toEqual(['iam:PassRole', 'lambda:CreateFunction']);
    expect(actionsOf('sfn:create_state_machine')).toEqual(['iam:PassRole', 'states:CreateStateMachine']);
  });
});

describe('members bring actions', () => {
  it.each([
    [
      'ec2:run_instances',
      ['TagSpecifications', 'IamInstanceProfile'],
      ['ec2:CreateTags', 'ec2:RunInstances', 'iam:PassRole'],
    ],
    ['ec2:create_flow_logs', ['DeliverLogsPermissionArn'], ['ec2:CreateFlowLogs', 'iam:PassRole']],
    ['rds:delete_db_instance', ['FinalDBSnapshotIdentifier'], ['rds:CreateDBSnapshot', 'rds:DeleteDBInstance']],
    ['rds:delete_db_cluster', ['FinalDBSnapshotIdentifier'], ['rds:CreateDBClusterSnapshot', 'rds:DeleteDBCluster']],
    ['rds:modify_db_instance', ['MonitoringRoleArn'], ['iam:PassRole', 'rds:ModifyDBInstance']],
    [
      'rds:create_db_instance',
      ['ManageMasterUserPassword', 'MasterUserSecretKmsKeyId'],
      [
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKey',
        'rds:CreateDBInstance',
        'secretsmanager:CreateSecret',
        'secretsmanager:TagResource',
      ],
    ],
    ['rds:create_db_instance', ['KmsKeyId'], ['kms:CreateGrant', 'kms:DescribeKey', 'rds:CreateDBInstance']],
    ['iam:create_role', ['Tags'], ['iam:CreateRole', 'iam:TagRole']],
    ['iam:add_role_to_instance_profile', [], ['iam:AddRoleToInstanceProfile', 'iam:PassRole']],
    ['sqs:create_queue', ['tags'], ['sqs:CreateQueue', 'sqs:TagQueue']],
    ['kms:create_key', ['Tags'], ['kms:CreateKey', 'kms:TagResource']],
    ['kinesis:create_stream', ['Tags'], ['kinesis:AddTagsToStream', 'kinesis:CreateStream']],
    ['s3:put_object', ['ACL', 'Tagging'], ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging']],
    ['s3:get_object', ['VersionId'], ['s3:GetObjectVersion']],
    [
      's3:put_bucket_replication',
      ['ReplicationConfiguration.Role'],
      ['iam:PassRole', 's3:PutReplicationConfiguration'],
    ],
    [
      'config:put_configuration_recorder',
      ['ConfigurationRecorder.roleARN'],
      ['config:PutConfigurationRecorder', 'iam:PassRole'],
    ],
    ['events:put_targets', ['Targets[].RoleArn'], ['events:PutTargets', 'iam:PassRole']],
    ['route53:create_hosted_zone', ['VPC'], ['ec2:DescribeVpcs', 'route53:CreateHostedZone']],
    ['secretsmanager:rotate_secret', ['RotationLambdaARN'], ['lambda:InvokeFunction', 'secretsmanager:RotateSecret']],
  ])('%s with %j: %j', (call, members, actions) => expect(actionsOf(call, members)).toEqual(actions));

  it.each([
    ['ec2:associate_enclave_certificate_iam_role', [], ['ec2:AssociateEnclaveCertificateIamRole']],
    ['sts:assume_role', [], ['sts:AssumeRole']],
    ['iam:get_role', ['RoleName'], ['iam:GetRole']],
    ['ec2:create_tags', ['Tags'], ['ec2:CreateTags']],
    ['rds:describe_db_snapshots', ['DBSnapshotIdentifier'], ['rds:DescribeDBSnapshots']],
    ['redshift:modify_cluster_iam_roles', ['RemoveIamRoles'], ['redshift:ModifyClusterIamRoles']],
    ['kms:enable_key_rotation', ['KeyId'], ['kms:EnableKeyRotation']],
  ])('but not where nothing is passed on or made: %s', (call, members, actions) =>
    expect(actionsOf(call, members)).toEqual(actions),
  );
});

it('says what is not known, with a guess', () => {
  const calls = [
    { service: 'rdss', operation: 'X' },
    { service: 'rds', operation: 'creat_db_snapshot' },
    { service: 'rds', operation: 'create_db_snapshot', members: ['Tagz'] },
    { service: 'cognito-idp', operation: 'GetUserAuthFactors' },
    { service: 'schemas', operation: 'DeleteResourcePolici' },
  ];
  expect(actionsOfCalls(calls, catalog)).toEqual({
    actions: ['rds:CreateDBSnapshot'],
    unknown: [
      { call: 'rdss:X', reason: 'no service named "rdss"', hint: 'did you mean "rds"?' },
      {
        call: 'rds:creat_db_snapshot',
        reason: 'rds has no operation "creat_db_snapshot"',
        hint: 'did you mean "CreateDBSnapshot"?',
      },
      { call: 'rds:create_db_snapshot', reason: 'CreateDBSnapshot has no member "Tagz"', hint: 'did you mean "Tags"?' },
      {
        call: 'cognito-idp:GetUserAuthFactors',
        reason: 'the IAM actions of cognito-idp:GetUserAuthFactors are not known',
      },
      {
        call: 'schemas:DeleteResourcePolici',
        reason: 'IAM has no action of schemas with that name',
        hint: 'did you mean "DeleteResourcePolicy"?',
      },
    ],
  });
});

it('never names an action that IAM does not have, whatever members are given', () => {
  for (const name of catalog.services) {
    const service = catalog.service(name);
    for (const operationName of service?.operations ?? []) {
      const members = service?.operation(operationName)?.input.members.map((member) => member.name) ?? [];
      for (const action of actionsOfCalls([{ service: name, operation: operationName, members }], catalog).actions) {
        expect(catalog.iamAction(action)?.name).toBe(action);
      }
    }
  }
});
