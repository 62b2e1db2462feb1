import { createHash } from 'node:crypto';
import { CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
/** The template may have 1 MB; a tenth is for what is only known when it is written. */
const MAX_TEMPLATE_BYTES = 900_000;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (Roles in an account; it can be raised) */
const MAX_ROLES = 1_000;

/** A workflow in its stack, and how much of the template it is. */
export interface PlacedWorkflow extends Construct {
  readonly templateBytes: number;
}

/**
 * Where a workflow is put: into the stack itself, or into one of the nested stacks that `-c workflow_stacks=8` asks for.
 * A workflow's place hangs on its name and that number alone, so that it stays where it is whatever else comes and goes:
 * the names of state machines are fixed, and CloudFormation makes the new ones before it deletes the old ones.
 */
export function workflowStacks(stack: Stack): (workflowId: string) => Construct {
  const count = numberIn(stack, 'workflow_stacks', 1);
  if (count === 1) return () => stack;
  const nested = new Map<number, NestedStack>();
  return (workflowId) => {
    const place = createHash('sha256').update(workflowId).digest().readUInt32BE(0) % count;
    const found = nested.get(place) ?? new NestedStack(stack, `Workflows${place + 1}`);
    nested.set(place, found);
    return found;
  };
}

/** Throws where a stack has more than CloudFormation takes, or the account more roles than IAM gives. */
export function checkLimits(stack: Stack, workflows: readonly PlacedWorkflow[]): void {
  for (const placed of new Set(workflows.map((workflow) => Stack.of(workflow)))) {
    const own = workflows.filter((workflow) => Stack.of(workflow) === placed);
    const resources = placed.node.findAll().filter((one) => CfnResource.isCfnResource(one) && Stack.of(one) === placed);
    const bytes = own.reduce((sum, { templateBytes }) => sum + templateBytes, 0);
    const use = Math.max(resources.length / MAX_RESOURCES, bytes / MAX_TEMPLATE_BYTES);
    if (use <= 1) continue;
    const fitting = Math.floor(own.length / use);
    const stacks = numberIn(stack, 'workflow_stacks', 1);
    // Names do not spread evenly: half as many again.
    const needed = Math.ceil((workflows.length / Math.max(1, fitting)) * 1.5);
    throw new Error(
      `The ${own.length} workflows of the stack ${placed.node.id} come to ${resources.length} resources and ${bytes} bytes; ` +
        `about ${fitting} of them fit into the ${MAX_RESOURCES} resources and the 1 MB that CloudFormation takes. ` +
        `Deploy with -c workflow_stacks=${Math.max(needed, stacks + 1)}, and keep that number: to change it later, ` +
        'delete the state machines first, as CloudFormation makes the new ones under the names of the old',
    );
  }
  const roles = stack.node.findAll().filter((one) => one instanceof CfnRole).length;
  const most = numberIn(stack, 'iam_roles', MAX_ROLES);
  if (roles <= most) return;
  throw new Error(
    `The workflows need ${roles} roles, and an account has ${most} unless its quota is raised: ` +
      'deploy to several accounts, or raise the quota and say so with -c iam_roles=<quota>',
  );
}

function numberIn(stack: Stack, name: string, otherwise: number): number {
  // On the command line every value is text.
  const given: unknown = stack.node.tryGetContext(name) ?? otherwise;
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1) return number;
  throw new Error(`The context ${name} is not a number of 1 or more`);
}
