import { APPROVAL_TOPIC } from '../compiler/approval-topic.ts';
import type { Bytecode, Permission } from '../compiler/bytecode.ts';
import { mayBeOwn, OWN_PARTS, OWN_TOPIC } from '../compiler/own-machinery.ts';
import { callsOf } from '../compiler/plan-calls.ts';

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: NonNullable<Permission['condition']>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Where the role lives; in the CDK these are its tokens. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The policy of a workflow's role: one statement for each reason, and what is refused in spite of them. */
export function toPolicy(bytecode: Bytecode, place: Place): PolicyDocument {
  const statements = bytecode.execution_plan.flatMap((entry) =>
    callsOf(entry)
      .flatMap((call) => call.permissions)
      .map((permission, index) => toStatement(permission, `${sidOf(entry.step_id)}${index + 1}`, place)),
  );
  return { Version: '2012-10-17', Statement: [...statements, ...mayAsk(bytecode, place), ...keptOut(bytecode, place)] };
}

/** To ask people belongs to running a workflow, so it is no permission that an author declares. */
function mayAsk({ execution_plan: plan }: Bytecode, place: Place): readonly PolicyStatement[] {
  if (plan.every(({ type }) => type !== 'approval')) return [];
  const topic = fillIn(`arn:\${Partition}:sns:\${Region}:\${Account}:${APPROVAL_TOPIC}`, place);
  // Ids of steps' statements end in a number.
  return [{ Sid: 'AskForApproval', Effect: 'Allow', Action: 'sns:Publish', Resource: topic }];
}

/**
 * What the role is refused because a value of the run could name it: the topic of questions, the state machines of
 * workflows. A workflow that asks may use the topic; the compiler made sure that its own messages go elsewhere.
 */
function keptOut(bytecode: Bytecode, place: Place): readonly PolicyStatement[] {
  const asks = mayAsk(bytecode, place).length > 0;
  const granted = bytecode.execution_plan.flatMap(callsOf).flatMap((call) => call.permissions);
  return OWN_PARTS.flatMap((part): readonly PolicyStatement[] => {
    const reached = granted
      .filter(({ action }) => action.startsWith(`${part.service}:`))
      .some(({ resources }) => resources.some((resource) => mayBeOwn(resource, part)));
    if (!reached || (asks && part === OWN_TOPIC)) return [];
    const Resource = part.arns.map((arn) => fillIn(arn, place));
    return [{ Sid: DENIALS[part.service], Effect: 'Deny', Action: `${part.service}:*`, Resource }];
  });
}

const DENIALS = { sns: 'NoQuestionsOfItsOwn', states: 'NoOtherWorkflows' } as const;

function toStatement({ action, resources, condition }: Permission, Sid: string, place: Place): PolicyStatement {
  const filled = resources.map((resource) => fillIn(resource, place));
  const [only] = filled;
  return {
    Sid,
    Effect: 'Allow',
    Action: action,
    Resource: filled.length === 1 && only !== undefined ? only : filled,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** A Sid holds letters and digits only: `validate_instance` becomes `ValidateInstance`. */
function sidOf(stepId: string): string {
  return stepId
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function fillIn(arn: string, { partition, region, account }: Place): string {
  return arn.replaceAll('${Partition}', partition).replaceAll('${Region}', region).replaceAll('${Account}', account);
}
