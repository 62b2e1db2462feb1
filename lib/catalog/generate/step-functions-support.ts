import type { SchemaOperation } from './read-schemas.ts';

/**
 * Operations that Step Functions does not offer, by Smithy service id: "Unsupported operations" in "Learning to use AWS
 * service SDK integrations", AWS Step Functions Developer Guide (supported-services-awssdk), as of 2025, all rows of it.
 */
const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = {
  'Application Discovery Service': ['DescribeExportConfigurations', 'ExportConfigurations'],
  'Bedrock Agent Runtime': [
    'InvokeAgent',
    'InvokeFlow',
    'InvokeInlineAgent',
    'OptimizePrompt',
    'RetrieveAndGenerateStream',
  ],
  'Bedrock Runtime': ['ConverseStream', 'InvokeModelWithResponseStream'],
  'CloudWatch Logs': ['StartLiveTail'],
  CodeDeploy: [
    'BatchGetDeploymentInstances',
    'GetDeploymentInstance',
    'ListDeploymentInstances',
    'SkipWaitTimeForInstanceTermination',
  ],
  ComprehendMedical: ['DetectEntities'],
  DataExchange: ['SendApiAsset'],
  'Direct Connect': [
    'AllocateConnectionOnInterconnect',
    'DescribeConnectionLoa',
    'DescribeConnectionsOnInterconnect',
    'DescribeInterconnectLoa',
  ],
  EFS: ['CreateTags'],
  'Elastic Transcoder': ['TestRole'],
  EMR: ['DescribeJobFlows'],
  IoT: ['AttachPrincipalPolicy', 'DetachPrincipalPolicy', 'ListPolicyPrincipals', 'ListPrincipalPolicies'],
  IoTSiteWise: ['InvokeAssistant'],
  IotDeviceAdvisor: ['ListTestCases'],
  Kinesis: ['SubscribeToShard'],
  Lambda: ['InvokeAsync', 'InvokeWithResponseStream'],
  'Lex Runtime V2': ['StartConversation'],
  MediaPackage: ['RotateChannelCredentials'],
  QBusiness: ['Chat'],
  'RDS Data': ['ExecuteSql'],
  S3: ['SelectObjectContent'],
  'SageMaker Runtime': ['InvokeEndpointWithResponseStream'],
  SecurityLake: [
    'CreateDatalake',
    'CreateDatalakeAutoEnable',
    'CreateDatalakeDelegatedAdmin',
    'CreateDatalakeExceptionsSubscription',
    'CreateSubscriptionNotificationConfiguration',
    'DeleteDatalake',
    'DeleteDatalakeAutoEnable',
    'DeleteDatalakeDelegatedAdmin',
    'DeleteDatalakeExceptionsSubscription',
    'DeleteSubscriptionNotificationConfiguration',
    'GetDatalake',
    'GetDatalakeAutoEnable',
    'GetDatalakeExceptionsExpiry',
    'GetDatalakeExceptionsSubscription',
    'GetDatalakeStatus',
    'ListDatalakeExceptions',
    'UpdateDatalake',
    'UpdateDatalakeExceptionsExpiry',
    'UpdateDatalakeExceptionsSubscription',
    'UpdateSubscriptionNotificationConfiguration',
  ],
  Shield: ['DeleteSubscription'],
  STS: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
};

/** Streamed bodies that Step Functions does return, as text: recorded in LocalStack's AWS-validated snapshots. */
const STREAMS_RETURNED: Readonly<Record<string, readonly string[]>> = { S3: ['GetObject'] };

/** Why Step Functions cannot make this call through its `aws-sdk` integration; undefined where it can. */
export function unsupportedReason(serviceId: string, operation: SchemaOperation): string | undefined {
  if (UNSUPPORTED[serviceId]?.includes(operation.name) === true)
    return 'AWS lists it as not supported by Step Functions';
  if (operation.inputIsEventStream || operation.outputIsEventStream) {
    return 'it exchanges an event stream, and a state has one JSON result';
  }
  if (operation.outputIsStreamingBlob && STREAMS_RETURNED[serviceId]?.includes(operation.name) !== true) {
    return 'it returns a stream of bytes, and a state has one JSON result';
  }
  return undefined;
}
