import { Template } from 'aws-cdk-lib/assertions';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { checksumOf } from '../../lib/compiler/checksum.ts';
import { evaluatePolicy, type IdentityPolicy } from '../../lib/iam/evaluate-policy.ts';
import { approvalBytecode } from '../support/approval-bytecode.ts';
import { synthesise } from './synthesise.ts';

interface Role {
  readonly PermissionsBoundary?: unknown;
  readonly AssumeRolePolicyDocument: unknown;
  readonly Policies: readonly { readonly PolicyDocument: IdentityPolicy }[];
}

interface Boundary {
  readonly Description: string;
  readonly PolicyDocument: IdentityPolicy;
}

/** What CloudFormation fills in, at its longest. */
const FILLED: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
  'AWS::AccountId': '123456789012',
};
const BUCKET = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
const API = 'a1b2c3d4e5';

/** A value of a template with its tokens filled in. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = []] = Object.entries(value);
  if (name === 'Ref') return FILLED[String(argument)] ?? API;
  if (name === 'Fn::GetAtt') return BUCKET;
  if (name === 'Fn::Join') return (filled(argument) as [string, string[]])[1].join('');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
}

function boundariesOf(template: Template): ReadonlyMap<string, Boundary> {
  const found = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
  return new Map(found.map(([id, { Properties }]) => [id, filled(Properties) as Boundary]));
}

const rolesOf = (template: Template) =>
  Object.values(template.findResources('AWS::IAM::Role'))
    .map(({ Properties }) => Properties as Role)
    .filter(({ AssumeRolePolicyDocument: trust }) => JSON.stringify(trust).includes('states.amazonaws.com'));

const template = Template.fromStack(synthesise({}, [approvalBytecode()]).stack);
const boundaries = boundariesOf(template);
const boundaryOf = (tier: string) => {
  const found = [...boundaries.values()].find(({ Description }) => Description.includes(` ${tier} tier `));
  if (found === undefined) throw new Error(`no boundary for ${tier}`);
  return found.PolicyDocument;
};

const decision = (policy: IdentityPolicy, action: string, resource: string) =>
  evaluatePolicy(policy, { action, resource }).decision;

describe('the boundary of a tier', () => {
  it('is on every role of a workflow and of a plan, and allows all that the role does', () => {
    const roles = rolesOf(template);
    expect(roles.length).toBeGreaterThan(20);
    for (const { PermissionsBoundary, Policies } of roles) {
      const { Ref: id = '' } = PermissionsBoundary as { Ref?: string };
      const allowed = JSON.stringify(boundaries.get(id)?.PolicyDocument);
      for (const { Action, Effect } of Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flat()) {
        if (Effect === 'Deny') continue;
        for (const action of [Action ?? []].flat()) expect(allowed).toContain(`"${action}"`);
      }
    }
  });

  it('fits into a managed policy', () => {
    expect(boundaries.size).toBe(3);
    for (const { PolicyDocument } of boundaries.values()) {
      expect(JSON.stringify(PolicyDocument).length).toBeLessThanOrEqual(6_144);
    }
  });

  it('allows what a workflow of the tier needs, and nothing that only other tiers need', () => {
    const snapshot = 'arn:aws-us-gov:rds:ap-southeast-2:123456789012:snapshot:a-poc-1';
    expect(decision(boundaryOf('community'), 'rds:CreateDBSnapshot', snapshot)).toBe('allowed');
    expect(decision(boundaryOf('community'), 'rds:DeleteDBSnapshot', snapshot)).toBe('implicitDeny');
    const user = 'arn:aws-us-gov:iam::123456789012:user/deploy-bot';
    expect(decision(boundaryOf('enterprise'), 'iam:CreateAccessKey', user)).toBe('allowed');
    expect(decision(boundaryOf('verified'), 'iam:CreateAccessKey', user)).toBe('implicitDeny');
  });

  it('keeps the condition without which an action would manage permissions', () => {
    const key = { action: 'kms:CreateGrant', resource: 'arn:aws-us-gov:kms:ap-southeast-2:123456789012:key/k' };
    const asked = (forService: string) =>
      evaluatePolicy(boundaryOf('verified'), { ...key, context: { 'kms:GrantIsForAWSResource': forService } }).decision;
    expect([asked('true'), asked('false')]).toEqual(['allowed', 'implicitDeny']);
  });

  const everything: IdentityPolicy['Statement'] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const place = 'ap-southeast-2:123456789012';
  it.each([
    ['states:StartExecution', `arn:aws-us-gov:states:${place}:stateMachine:wf-rds_backup_simple`],
    ['states:UpdateStateMachine', `arn:aws-us-gov:states:${place}:stateMachine:wf-rds_backup_simple-plan`],
    ['states:GetExecutionHistory', `arn:aws-us-gov:states:${place}:execution:wf-rds_backup_simple:run`],
    ['states:SendTaskSuccess', '*'],
    ['s3:PutBucketPolicy', BUCKET],
    ['s3:PutObject', `${BUCKET}/workflows/x/1.0.json`],
    ['secretsmanager:GetSecretValue', `arn:aws-us-gov:secretsmanager:${place}:secret:Test/confirmation-AbCdEf`],
    ['iam:PutRolePolicy', 'arn:aws-us-gov:iam::123456789012:role/Test-rdsbackupsimpleRole-1'],
    ['iam:CreatePolicyVersion', 'arn:aws-us-gov:iam::123456789012:policy/Test-BoundariesCommunity1-1'],
    ['lambda:UpdateFunctionCode', `arn:aws-us-gov:lambda:${place}:function:Test-McpServer-1`],
    ['cloudformation:UpdateStack', `arn:aws-us-gov:cloudformation:${place}:stack/Test/0a1b`],
    ['apigateway:PATCH', `arn:aws-us-gov:apigateway:ap-southeast-2::/apis/${API}/routes/r`],
    ['sns:Subscribe', `arn:aws-us-gov:sns:${place}:wf-approvals`],
    ['logs:DeleteLogGroup', `arn:aws-us-gov:logs:${place}:log-group:/aws/vendedlogs/states/Test-1`],
  ])('refuses %s on %s even to a role that is allowed everything', (action, resource) => {
    for (const { PolicyDocument } of boundaries.values()) {
      expect(decision(PolicyDocument, action, resource)).toBe('explicitDeny');
    }
    expect(decision({ Statement: everything }, action, resource)).toBe('allowed');
  });

  it('lets a workflow ask', () => {
    const topic = `arn:aws-us-gov:sns:${place}:wf-approvals`;
    expect(decision(boundaryOf('enterprise'), 'sns:Publish', topic)).toBe('allowed');
  });
});

it('is not deployed with a workflow that is above the ceiling of its tier', () => {
  const { checksum: _, ...content } = approvalBytecode();
  const moved = { ...content, metadata: { ...content.metadata, tier: 'community' as const } };
  const entry = moved.execution_plan.find(({ call }) => call !== undefined);
  const permission = { action: 'rds:DeleteDBInstance', resources: ['*'], reason: 'a fault of the compiler' };
  const plan = [{ ...entry, call: { ...entry?.call, permissions: [permission] } }];
  const wrong = { ...moved, execution_plan: plan } as unknown as Omit<Bytecode, 'checksum'>;
  expect(() => synthesise({}, [{ ...wrong, checksum: checksumOf(wrong) }])).toThrow(
    'rds:DeleteDBInstance destroys or interrupts something, which the community tier of the workflow rds_backup_approved does not allow',
  );
});

describe('a boundary of the organisation', () => {
  const arn = 'arn:aws:iam::123456789012:policy/limits/enterprise';
  const own = Template.fromStack(synthesise({ enterprise_boundary: arn }).stack);

  it('takes the place of ours in the enterprise tier, and the roles refuse by themselves what ours would', () => {
    own.resourceCountIs('AWS::IAM::ManagedPolicy', 2);
    const roles = rolesOf(own).filter(({ PermissionsBoundary }) => PermissionsBoundary === arn);
    expect(roles.length).toBeGreaterThan(3);
    for (const { Policies } of roles) {
      const policy = filled(Policies[0]?.PolicyDocument) as IdentityPolicy;
      expect(decision(policy, 'secretsmanager:PutSecretValue', `arn:aws-us-gov:secretsmanager:r:1:secret:Test/x`)).toBe(
        'explicitDeny',
      );
    }
  });

  it.each(['boundary', 'arn:aws:iam::1:role/x', true])('is not %j', (context) => {
    expect(() => synthesise({ enterprise_boundary: context })).toThrow(/enterprise_boundary/);
  });
});
