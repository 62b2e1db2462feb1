import { APPROVAL_TOPIC } from '../compiler/approval-topic.ts';
import type { Bytecode, Permission } from '../compiler/bytecode.ts';
import { callsOf } from '../compiler/plan-calls.ts';

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
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

/** The policy of a workflow's role: one statement for each reason, nothing besides. */
export function toPolicy(bytecode: Bytecode, place: Place): PolicyDocument {
  const statements = bytecode.execution_plan.flatMap((entry) =>
    callsOf(entry)
      .flatMap((call) => call.permissions)
      .map((permission, index) => toStatement(permission, `${sidOf(entry.step_id)}${index + 1}`, place)),
  );
  return { Version: '2012-10-17', Statement: [...statements, ...mayAsk(bytecode, place)] };
}

/** To ask people belongs to running a workflow, so it is no permission that an author declares. */
function mayAsk({ execution_plan: plan }: Bytecode, place: Place): readonly PolicyStatement[] {
  if (plan.every(({ type }) => type !== 'approval')) return [];
  const topic = fillIn(`arn:\${Partition}:sns:\${Region}:\${Account}:${APPROVAL_TOPIC}`, place);
  // Ids of steps' statements end in a number.
  return [{ Sid: 'AskForApproval', Effect: 'Allow', Action: 'sns:Publish', Resource: topic }];
}

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
