import type { SchemaOperation } from './read-schemas.ts';

/**
 * Operations that Step Functions does not offer, by Smithy service id: "Unsupported API actions for supported services",
 * AWS Step Functions Developer Guide, supported-services-awssdk (edition of June 2023, as far as its source shows them).
 */
const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = {
  ComprehendMedical: ['DetectEntities'],
  EFS: ['CreateTags'],
  'Elastic Transcoder': ['TestRole'],
  EMR: ['DescribeJobFlows'],
  IotDeviceAdvisor: ['ListTestCases'],
  Kinesis: ['SubscribeToShard'],
  Lambda: ['InvokeAsync'],
  'Lex Runtime V2': ['StartConversation'],
  MediaPackage: ['RotateChannelCredentials'],
  'RDS Data': ['ExecuteSql'],
  S3: ['SelectObjectContent'],
  Shield: ['DeleteSubscription'],
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
