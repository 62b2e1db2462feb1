import { APPROVAL_REFUSED, APPROVAL_TOPIC, noAnswer } from '../compiler/approval-topic.ts';
import type { PlanEntry } from '../compiler/bytecode.ts';
import type { ApprovalRequest } from './approval-request.ts';
import { assignResult, type Building, beginUndo, type Exit, leave, rescue, type State } from './state-machine.ts';
import { asExpression, evaluated } from './to-payload.ts';

/** Amazon SNS takes at most 100 characters: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT = 100;

/**
 * A task that publishes the question and waits for the answer to its token: `{"answered_by": …}`, or a failure with
 * the error `Workflow.ApprovalRefused`. No answer in time is a refusal too.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html
 */
export function addApproval(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  const { approval, partition, states } = building;
  const { timeout_seconds: timeout } = entry;
  if (timeout === undefined || entry.message === undefined) throw new Error(`The approval ${name} asks nothing`);
  if (approval === undefined) throw new Error(`The approval ${name} stands where nobody can be asked`);
  states.set(name, {
    Type: 'Task',
    Comment: `A person decides within ${timeout} seconds`,
    Resource: `arn:${partition}:states:::sns:publish.waitForTaskToken`,
    Arguments: {
      TopicArn: TOPIC_ARN,
      Subject: `Approval needed: ${approval.workflow} ${entry.step_id}`.slice(0, MAX_SUBJECT),
      Message: messageOf(entry, approval),
    },
    TimeoutSeconds: timeout,
    Catch: [
      { ErrorEquals: ['States.Timeout'], ...onSilence(name, entry, timeout, building) },
      ...((rescue(entry, exit, building).Catch as readonly unknown[] | undefined) ?? []),
    ],
    ...assignResult(entry),
    ...leave(entry, exit, building),
  });
  return name;
}

/** The account's own topic, in the Region of the run: `arn:aws:states:us-east-1:123456789012:execution:…` says where. */
const TOPIC_ARN = evaluated(
  '"arn:" & $split($states.context.Execution.Id, ":")[1] & ":sns:" & $split($states.context.Execution.Id, ":")[3] & ' +
    `":" & $split($states.context.Execution.Id, ":")[4] & ":${APPROVAL_TOPIC}"`,
);

function messageOf(entry: PlanEntry, { workflow, version, checksum, parameters, url }: ApprovalRequest): string {
  const text = (value: string): string => JSON.stringify(value);
  const shown = parameters.map((name) => `${text(name)}: $params.${name}`);
  const parts: Readonly<Record<string, string | undefined>> = {
    message: entry.message === undefined ? undefined : asExpression(entry.message),
    workflow: text(workflow),
    version: text(version),
    checksum: text(checksum),
    step: text(entry.step_id),
    parameters: `{${shown.join(', ')}}`,
    execution: '$states.context.Execution.Id',
    token: '$states.context.Task.Token',
    // Behind the #, which browsers keep to themselves: the token stands in no log of a server.
    url: url === undefined ? undefined : `${text(`${url}#`)} & $encodeUrlComponent($states.context.Task.Token)`,
  };
  const members = Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [`"${key}": ${value}`]));
  // No operator is written so, only text can be: it would end the expression early.
  return evaluated(`$string({${members.join(', ')}})`.replaceAll('%}', '%\\u007d'));
}

/** Where the run goes when nobody answered: into its undoing, or to a state that fails. */
function onSilence(name: string, entry: PlanEntry, timeout: number, building: Building): State {
  const failure = { Error: APPROVAL_REFUSED, Cause: noAnswer(name, timeout) };
  if (entry.on_error === undefined && building.undoFrom !== undefined) {
    return { Assign: beginUndo(failure), Next: building.undoFrom };
  }
  const refused = `${name} refused`;
  building.states.set(refused, { Type: 'Fail', ...failure });
  return { Next: refused };
}
