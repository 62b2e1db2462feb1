import type { IamAction } from '../../../catalog/catalog.ts';

/** Verbs of calls that only add something, with what they add. Every other verb may change what is there. */
const ADDING: Readonly<Record<string, string>> = {
  Add: 'a member or entry',
  Allocate: 'a reservation',
  Copy: 'a copy',
  Create: 'a resource',
  Export: 'a copy somewhere else',
  Generate: 'a report or a key',
  Import: 'a resource',
  Initiate: 'an upload or a job',
  Publish: 'a message or a version',
  Record: 'an entry',
  Register: 'an entry',
  Request: 'a request',
  Resend: 'a message',
  Restore: 'a resource made from a backup',
  Run: 'a new instance',
  Send: 'a message',
  Sign: 'a signature',
  Start: 'a run or a running resource',
  Submit: 'a job',
  Upload: 'a file',
  Verify: 'a verification',
};

/** `Put` writes over what has the same name, but these only append. */
const APPENDING: ReadonlySet<string> = new Set([
  'cloudtrail-data:PutAuditEvents',
  'cloudwatch:PutMetricData',
  'events:PutEvents',
  'firehose:PutRecord',
  'firehose:PutRecordBatch',
  'kinesis:PutRecord',
  'kinesis:PutRecords',
  'kms:Decrypt',
  'kms:Encrypt',
  'logs:PutLogEvents',
  'sqs:SendMessage',
]);

/**
 * They start with a verb that adds, but run code that can do anything, put back an older state over the present one,
 * or take the place of something.
 */
const NOT_ADDING: readonly RegExp[] = [
  /^ssm:(?:SendCommand|StartAutomationExecution|StartChangeRequestExecution|StartSession)$/,
  /^states:Start\w*Execution$/,
  /^(?:codebuild:Start\w+|codepipeline:StartPipelineExecution|codedeploy:CreateDeployment)$/,
  /^(?:batch:SubmitJob|ecs:(?:RunTask|StartTask)|glue:(?:Start\w*Run|RunStatement)|athena:Start\w+Execution)$/,
  /^(?:elasticmapreduce:(?:AddJobFlowSteps|RunJobFlow))$/,
  /^ec2:(?:CreateReplaceRootVolumeTask|SendDiagnosticInterrupt|SendSpotInstanceInterruptions)$/,
  /^ec2:(?:RestoreManagedPrefixListVersion|CreateRoute|CreateNetworkAclEntry)$/,
  /^(?:autoscaling:StartInstanceRefresh|elasticache:StartMigration)$/,
  /:Create(?:Or\w+|AccessKey|LoginProfile)$/,
  /^account:StartPrimaryEmailUpdate$/,
];

/** True where an action reads, tags, or only adds something to an account: nothing that was there is other afterwards. */
export function addsOnly({ name, accessLevel }: IamAction): boolean {
  if (accessLevel === 'List' || accessLevel === 'Read') return true;
  // A tag with the same key gets another value, but no resource and no data change; creating with tags needs it too.
  if (accessLevel === 'Tagging') return !/:(?:Untag|Remove|Delete)/.test(name);
  if (NOT_ADDING.some((pattern) => pattern.test(name))) return false;
  const verb = /:([A-Z][a-z]+)/.exec(name)?.[1] ?? '';
  return APPENDING.has(name) || Object.hasOwn(ADDING, verb);
}
