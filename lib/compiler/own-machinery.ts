import { APPROVAL_TOPIC } from './approval-topic.ts';

/** What the names of all state machines of workflows begin with. */
export const WORKFLOW_PREFIX = 'wf-';

/** A part of what runs workflows whose name is the same in every deployment. */
export interface OwnPart {
  readonly name: string;
  /** IAM's prefix of the service it belongs to. */
  readonly service: 'sns' | 'states';
  /** In any Region and account: another deployment's parts are no more a workflow's business than its own. */
  readonly arns: readonly string[];
}

export const OWN_TOPIC: OwnPart = {
  name: 'the topic on which runs ask for approval',
  service: 'sns',
  arns: [`arn:\${Partition}:sns:*:*:${APPROVAL_TOPIC}`],
};

/** The executions of a workflow hold the tokens of its questions; Express ones and Map runs have ARNs of their own. */
export const OWN_STATE_MACHINES: OwnPart = {
  name: 'the state machines of workflows',
  service: 'states',
  arns: ['stateMachine', 'execution', 'express', 'mapRun', 'activity'].map(
    (type) => `arn:\${Partition}:states:*:*:${type}:${WORKFLOW_PREFIX}*`,
  ),
};

export const OWN_PARTS: readonly OwnPart[] = [OWN_TOPIC, OWN_STATE_MACHINES];

/**
 * Calls that answer what a state machine waits for. IAM's reference has no resource type for them, so that a policy
 * cannot leave out the state machines of workflows for certain.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 */
export const ANSWERS = /^states:SendTask(?:Success|Failure|Heartbeat)$/i;

/** Whether every resource that a pattern of an ARN can mean belongs to the part. */
export function isOwn(resource: string, { service, arns }: OwnPart): boolean {
  return serviceOf(resource) === service && arns.some((own) => contains(nameOf(own), nameOf(resource)));
}

/** Whether a resource that a pattern of an ARN can mean may belong to the part. */
export function mayBeOwn(resource: string, { service, arns }: OwnPart): boolean {
  if (resource === '*') return true;
  return serviceOf(resource) === service && arns.some((own) => overlap(nameOf(own), nameOf(resource)));
}

const serviceOf = (arn: string): string | undefined => arn.split(':')[2];

/** What stands behind the account. */
const nameOf = (arn: string): string => arn.split(':').slice(5).join(':');

/** `own` ends in the only wildcard that it has, if any. */
function contains(own: string, name: string): boolean {
  return own.endsWith('*') ? name.startsWith(own.slice(0, -1)) : name === own;
}

/** Whether some text fits both patterns, in which `*` is any text and `?` any character. */
function overlap(left: string, right: string): boolean {
  if (left === '' || right === '') return /^\**$/.test(left + right);
  const [a = '', b = ''] = [left[0], right[0]];
  if (a === '*') return overlap(left.slice(1), right) || overlap(left, right.slice(1));
  if (b === '*') return overlap(left, right.slice(1)) || overlap(left.slice(1), right);
  return (a === '?' || b === '?' || a === b) && overlap(left.slice(1), right.slice(1));
}
