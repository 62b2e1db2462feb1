/**
 * The service principal that a role is passed to, for the condition `iam:PassedToService`, by the catalog's name of
 * the service and, where it matters, the operation or the member. Source: the services' guides on their service roles
 * (the principal of the role's trust policy), and "Granting a user permissions to pass a role to an AWS service",
 * IAM User Guide. A role is passed unconditionally where it is not known: a wrong principal would deny the call.
 */
const PRINCIPALS: Readonly<Record<string, readonly (readonly [member: RegExp, principal: string])[]>> = {
  autoscaling: [[/IamInstanceProfile/, 'ec2.amazonaws.com']],
  backup: [[/Role/, 'backup.amazonaws.com']],
  cloudformation: [[/^RoleARN$/, 'cloudformation.amazonaws.com']],
  cloudtrail: [[/CloudWatchLogsRoleArn/, 'cloudtrail.amazonaws.com']],
  codebuild: [[/serviceRole/, 'codebuild.amazonaws.com']],
  codepipeline: [[/roleArn/, 'codepipeline.amazonaws.com']],
  config: [[/roleARN/, 'config.amazonaws.com']],
  dlm: [[/ExecutionRoleArn/, 'dlm.amazonaws.com']],
  ec2: [
    [/IamInstanceProfile/, 'ec2.amazonaws.com'],
    [/DeliverLogsPermissionArn/, 'vpc-flow-logs.amazonaws.com'],
    [/IamFleetRole/, 'spotfleet.amazonaws.com'],
  ],
  // No member: the roles that a task's definition has.
  ecs: [[/^(?:(?:overrides\.)?(?:taskRoleArn|executionRoleArn))?$/, 'ecs-tasks.amazonaws.com']],
  eks: [
    [/^roleArn$/, 'eks.amazonaws.com'],
    [/^nodeRole$/, 'ec2.amazonaws.com'],
    [/^podExecutionRoleArn$/, 'eks-fargate-pods.amazonaws.com'],
  ],
  emr: [
    [/^ServiceRole$/, 'elasticmapreduce.amazonaws.com'],
    [/^JobFlowRole$/, 'ec2.amazonaws.com'],
  ],
  events: [[/RoleArn/, 'events.amazonaws.com']],
  firehose: [[/RoleARN/, 'firehose.amazonaws.com']],
  glue: [[/^(?:Role|RoleArn)$/, 'glue.amazonaws.com']],
  iam: [[/^RoleName$/, 'ec2.amazonaws.com']],
  lambda: [[/^Role$/, 'lambda.amazonaws.com']],
  rds: [[/^MonitoringRoleArn$/, 'monitoring.rds.amazonaws.com']],
  redshift: [[/IamRole/, 'redshift.amazonaws.com']],
  s3: [[/^ReplicationConfiguration\.Role$/, 's3.amazonaws.com']],
  s3control: [[/^RoleArn$/, 'batchoperations.s3.amazonaws.com']],
  sagemaker: [[/RoleArn/, 'sagemaker.amazonaws.com']],
  scheduler: [[/RoleArn/, 'scheduler.amazonaws.com']],
  sfn: [[/^roleArn$/, 'states.amazonaws.com']],
};

/** Exports of snapshots are made by a service of their own. */
const EXPORT_PRINCIPAL = 'export.rds.amazonaws.com';

/** The principal that a role given in `member` (a way through structures, joined by dots) is passed to, where known. */
export function passedToService(service: string, operation: string, member: string): string | undefined {
  if (service === 'rds' && operation === 'StartExportTask') return EXPORT_PRINCIPAL;
  return PRINCIPALS[service]?.find(([pattern]) => pattern.test(member))?.[1];
}
