import { Template } from 'aws-cdk-lib/assertions';
import { synthesise } from './synthesise.ts';

interface Statement {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Properties {
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

/** The MCP server's statements about IAM, and what its environment says of callers. */
function serverOf(context: Readonly<Record<string, unknown>>) {
  const template = Template.fromStack(synthesise(context).stack);
  const find = (type: string, start: string): Properties => {
    const [, resource] = Object.entries(template.findResources(type)).find(([id]) => id.startsWith(start)) ?? [];
    return resource?.Properties as Properties;
  };
  const role = find('AWS::IAM::Role', 'McpServerRole');
  const { CHECK_CALLER_PERMISSIONS: check, CALLER_TIERS: tiers } =
    find('AWS::Lambda::Function', 'McpServer').Environment?.Variables ?? {};
  const statements = (role.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  return {
    check,
    tiers,
    iam: statements.filter(({ Action }) => [Action].flat().some((name) => name.startsWith('iam:'))),
  };
}

const anyOf = (kind: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:${kind}/*`]],
});

it('asks IAM nothing by default, and lets everyone run all tiers', () => {
  expect(serverOf({})).toEqual({ check: undefined, tiers: undefined, iam: [] });
});

it('asks IAM what callers may do where it is switched on, and may do nothing else with IAM', () => {
  expect(serverOf({ check_caller_permissions: true, caller_tiers: 'community,verified' })).toEqual({
    check: 'true',
    tiers: '{"*":["community","verified"]}',
    iam: [
      {
        Sid: 'AskWhatCallersMayDo',
        Effect: 'Allow',
        Action: 'iam:SimulatePrincipalPolicy',
        Resource: [anyOf('role'), anyOf('user')],
      },
      { Sid: 'FindRolesOfSessions', Effect: 'Allow', Action: 'iam:GetRole', Resource: anyOf('role') },
    ],
  });
});

it.each([
  [{ check_caller_permissions: 'yes' }, 'The context check_caller_permissions is neither true nor false'],
  [{ caller_tiers: 'gold' }, 'The context caller_tiers is wrong. It names "gold"; tiers are community'],
  [{ caller_tiers: {} }, 'The context caller_tiers is wrong. It names no callers'],
  [
    { check_caller_permissions: 'true', auth: 'jwt', jwt_issuer: 'https://issuer.example', jwt_audience: 'workflows' },
    'The context check_caller_permissions goes with auth=iam only',
  ],
])('refuses %j', (context, message) => {
  expect(() => synthesise(context)).toThrow(message);
});
