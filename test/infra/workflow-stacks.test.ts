import { NestedStack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { checksumOf } from '../../lib/compiler/checksum.ts';
import { approvalBytecode } from '../support/approval-bytecode.ts';
import { synthesise } from './synthesise.ts';

/** The same workflow under other names. */
function copies(count: number, comment = ''): readonly Bytecode[] {
  const { checksum: _, ...content } = approvalBytecode();
  return Array.from({ length: count }, (__, index) => {
    const workflow_id = `copy_${index}`;
    const metadata = { ...content.metadata, name: workflow_id };
    const plan = content.execution_plan.map((entry) =>
      entry.message === undefined
        ? entry
        : { ...entry, message: { kind: 'literal' as const, value: `Go on? ${comment}` } },
    );
    const copy = { ...content, workflow_id, metadata, execution_plan: plan };
    return { ...copy, checksum: checksumOf(copy) };
  });
}

const machinesIn = (template: Template) =>
  Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(
    ({ Properties }) => Properties.StateMachineName as string,
  );

describe('with -c workflow_stacks', () => {
  const { app, stack, workflows } = synthesise({ workflow_stacks: '4', approval_link: 'true' });
  const nested = stack.node.children.filter((child) => child instanceof NestedStack);
  const placed = new Map(
    nested.flatMap((one) => machinesIn(Template.fromStack(one)).map((name) => [name, one.node.id] as const)),
  );

  it('every workflow stands in a nested stack, and the application in its own', () => {
    expect(nested.length).toBeGreaterThan(1);
    for (const { workflow_id: id } of workflows) expect(placed.get(`wf-${id}`)).toMatch(/^Workflows[1-4]$/);
    expect(machinesIn(Template.fromStack(stack))).toEqual([]);
  });

  it('a workflow stays where it is when others come', () => {
    const more = synthesise({ workflow_stacks: 4 }, copies(3)).stack;
    for (const one of more.node.children.filter((child) => child instanceof NestedStack)) {
      for (const name of machinesIn(Template.fromStack(one))) {
        if (placed.has(name)) expect([name, one.node.id]).toEqual([name, placed.get(name)]);
      }
    }
  });

  it('is published last all the same, and passes the checks of cdk-nag', () => {
    const [publication] = Object.values(Template.fromStack(stack).findResources('Custom::RegistryPublication'));
    const stacks = Object.keys(Template.fromStack(stack).findResources('AWS::CloudFormation::Stack'));
    expect(publication?.DependsOn).toEqual(expect.arrayContaining(stacks));
    expect(new AwsSolutionsChecks(app).validateScope(app)).toEqual({ success: true, violations: [] });
  });
});

describe('more than CloudFormation takes', () => {
  it('is an error that says how many fit and what to do: resources', () => {
    expect(() => synthesise({}, copies(120))).toThrow(
      /^The \d+ workflows of the stack Test come to \d+ resources and \d+ bytes; about \d+ of them fit .* -c workflow_stacks=\d+, and keep that number/,
    );
  });

  it('and bytes', () => {
    expect(() => synthesise({}, copies(10, 'x'.repeat(90_000)))).toThrow(/about \d+ of them fit/);
  });

  it('fits into as many stacks as it says', () => {
    let said = '';
    try {
      synthesise({}, copies(120));
    } catch (error) {
      said = /workflow_stacks=(\d+)/.exec(String(error))?.[1] ?? '';
    }
    const { stack } = synthesise({ workflow_stacks: said }, copies(120));
    expect(stack.node.children.filter((child) => child instanceof NestedStack).length).toBeGreaterThan(1);
  });

  it('is an error where it is one state machine', () => {
    expect(() => synthesise({}, copies(1, 'x'.repeat(1_100_000)))).toThrow(
      /^The state machine wf-copy_0 would have \d+ bytes, and Step Functions takes 1048576: split the workflow/,
    );
  });

  it('or more roles than an account has', () => {
    expect(() => synthesise({ iam_roles: 20 })).toThrow(/^The workflows need \d+ roles, and an account has 20/);
    expect(() => synthesise({ iam_roles: '60' })).not.toThrow();
  });
});

it.each([
  [{ workflow_stacks: '0' }, /workflow_stacks/],
  [{ workflow_stacks: 'many' }, /workflow_stacks/],
  [{ iam_roles: 1.5 }, /iam_roles/],
])('does not take %j', (context, message) => {
  expect(() => synthesise(context)).toThrow(message);
});
