import { eventData } from '../history.ts';

type Phase = 'Scheduled' | 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut';

type Details = Readonly<Record<string, unknown>>;

/** How the events of a task are called and what they carry, which depends on its resource. */
export interface TaskEvents {
  /** What AWS calls the task where its result is too large: `lambda`, `aws-sdk:rds`. */
  readonly service: string;
  type(phase: Phase): string;
  details(phase: Phase, details: Details): Details;
  payload(value: unknown): Details;
  result(value: unknown): Details;
  scheduledExtra(of: {
    readonly region: string;
    readonly timeoutSeconds: number | undefined;
    readonly heartbeatSeconds: number | undefined;
    readonly credentials: unknown;
  }): Details;
}

/**
 * `arn:aws:states:::aws-sdk:rds:describeDBInstances` gives `Task…` events with `resourceType: aws-sdk:rds` and
 * `resource: describeDBInstances`; the ARN of a Lambda function gives `LambdaFunction…` events.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export function taskEvents(resource: string): TaskEvents {
  if (LAMBDA_FUNCTION.test(resource)) return lambdaFunctionEvents(resource);
  return isActivity(resource) ? activityEvents(resource) : serviceEvents(resource);
}

const LAMBDA_FUNCTION = /^arn:aws[a-z-]*:lambda:/;
const ACTIVITY = /^arn:aws[a-z-]*:states:[^:]*:[^:]*:activity:/;

/** Whether a worker somewhere does the task. */
export function isActivity(resource: string): boolean {
  return ACTIVITY.test(resource);
}

function serviceEvents(arn: string): TaskEvents {
  const parts = arn.split(':').slice(5);
  const resource = parts.at(-1) ?? '';
  const resourceType = parts.slice(0, -1).join(':');
  return {
    service: resourceType,
    type: (phase) => `Task${phase}`,
    details: (phase, details) => ({ [`task${phase}EventDetails`]: { resourceType, resource, ...details } }),
    payload: (value) => ({ parameters: JSON.stringify(value) }),
    result: (value) => eventData('output', value),
    scheduledExtra: ({ region, ...limits }) => ({ region, ...limitDetails(limits) }),
  };
}

function lambdaFunctionEvents(resource: string): TaskEvents {
  return {
    service: resource,
    type: (phase) => `LambdaFunction${phase}`,
    details: (phase, details) => (phase === 'Started' ? {} : { [`lambdaFunction${phase}EventDetails`]: details }),
    payload: (value) => ({ resource, ...eventData('input', value) }),
    result: (value) => eventData('output', value),
    scheduledExtra: ({ timeoutSeconds, credentials }) =>
      limitDetails({ timeoutSeconds, heartbeatSeconds: undefined, credentials }),
  };
}

function activityEvents(resource: string): TaskEvents {
  return {
    service: resource,
    type: (phase) => `Activity${phase}`,
    details: (phase, details) => ({ [`activity${phase}EventDetails`]: details }),
    payload: (value) => ({ resource, ...eventData('input', value) }),
    result: (value) => eventData('output', value),
    scheduledExtra: ({ timeoutSeconds, heartbeatSeconds }) =>
      limitDetails({ timeoutSeconds, heartbeatSeconds, credentials: undefined }),
  };
}

function limitDetails(of: {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentials: unknown;
}): Details {
  const role = (of.credentials as { readonly RoleArn?: unknown } | undefined)?.RoleArn;
  return {
    ...(of.timeoutSeconds === undefined ? {} : { timeoutInSeconds: of.timeoutSeconds }),
    ...(of.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: of.heartbeatSeconds }),
    ...(role === undefined ? {} : { taskCredentials: { roleArn: role } }),
  };
}
