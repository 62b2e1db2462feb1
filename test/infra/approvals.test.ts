import { Template } from 'aws-cdk-lib/assertions';
import { approvalBytecode } from '../support/approval-bytecode.ts';
import { synthesise } from './synthesise.ts';

type Properties = Readonly<Record<string, unknown>>;

const EMAIL = 'ops@example.com';
const plain = Template.fromStack(synthesise({}, [approvalBytecode()]).stack);
const linked = Template.fromStack(
  synthesise({ approval_link: 'true', approval_email: EMAIL }, [approvalBytecode()]).stack,
);

function find(template: Template, type: string): ReadonlyMap<string, Properties> {
  const found = Object.entries(template.findResources(type));
  return new Map(found.map(([id, { Properties }]) => [id, Properties as Properties]));
}

const routesOf = (template: Template) =>
  [...find(template, 'AWS::ApiGatewayV2::Route').values()].map(({ RouteKey, AuthorizationType }) => [
    RouteKey,
    AuthorizationType,
  ]);

/** The parts of the definition of the workflow that asks, with `…` for each thing that CloudFormation fills in. */
function definitionIn(template: Template): string {
  const machines = [...find(template, 'AWS::StepFunctions::StateMachine').values()];
  const machine = machines.find(({ StateMachineName }) => StateMachineName === 'wf-rds_backup_approved');
  const definition = (machine?.DefinitionString ?? {}) as { 'Fn::Join'?: readonly [string, readonly unknown[]] };
  const [, parts] = definition['Fn::Join'] ?? ['', []];
  return parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
}

describe('the topic', () => {
  it('is encrypted, takes messages over TLS only, and has nobody to tell by default', () => {
    const [topic] = [...find(plain, 'AWS::SNS::Topic').values()];
    expect(topic).toMatchObject({ TopicName: 'wf-approvals', KmsMasterKeyId: expect.anything() });
    expect(JSON.stringify(topic?.KmsMasterKeyId)).toContain(':alias/aws/sns');
    const [policy] = [...find(plain, 'AWS::SNS::TopicPolicy').values()];
    expect(policy).toMatchObject({
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
    plain.resourceCountIs('AWS::SNS::Topic', 1);
    plain.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('tells the address in the context', () => {
    linked.resourceCountIs('AWS::SNS::Subscription', 1);
    linked.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: EMAIL });
  });
});

describe('the link', () => {
  it('is not there unless it is asked for', () => {
    expect(routesOf(plain)).toEqual([['ANY /mcp', 'AWS_IAM']]);
    expect([...find(plain, 'AWS::Lambda::Function').keys()].some((id) => id.startsWith('ApprovalLink'))).toBe(false);
    expect(definitionIn(plain)).toContain('sns:publish.waitForTaskToken');
    expect(definitionIn(plain)).not.toContain('/approval');
  });

  it('opens two routes without a signature, and leaves the other closed', () => {
    expect(routesOf(linked).sort()).toEqual([
      ['ANY /mcp', 'AWS_IAM'],
      ['GET /approval', 'NONE'],
      ['POST /approval', 'NONE'],
    ]);
    expect(find(linked, 'AWS::ApiGatewayV2::Api').values().next().value).not.toHaveProperty('CorsConfiguration');
  });

  it('gives its function a role that can answer tasks of this application, and nothing else', () => {
    const [, role] = [...find(linked, 'AWS::IAM::Role')].find(([id]) => id.startsWith('ApprovalLinkPage')) ?? [];
    const policies = (role?.Policies ?? []) as readonly { PolicyDocument: { Statement: readonly Properties[] } }[];
    const Statement = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(Statement.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ['states:SendTaskSuccess', 'states:SendTaskFailure'],
    ]);
    expect(JSON.stringify(Statement[1]?.Resource)).toMatch(/:stateMachine:wf-\*"/);
  });

  it('comes to the person with the token behind the #', () => {
    const token = '$encodeUrlComponent($states.context.Task.Token)';
    expect(definitionIn(linked)).toContain(String.raw`\"url\": \"…/approval#\" & ${token}`);
  });
});

it.each([
  [{ approval_link: 'yes' }, /approval_link/],
  [{ approval_email: 'ops' }, /approval_email/],
  [{ approval_email: true }, /approval_email/],
])('does not take %j', (context, message) => {
  expect(() => synthesise(context)).toThrow(message);
});
