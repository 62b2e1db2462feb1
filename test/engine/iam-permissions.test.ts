import {
  type EvaluationResult,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { createIamPermissions } from '../../lib/engine/iam-permissions.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
const ALICE = 'arn:aws:iam::123456789012:user/people/alice';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/operator/alice@example.com';
const ROLE = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/operator';
const BOTH = ['rds:CreateDBSnapshot', 'rds:DescribeDBInstances'];
const GONE = new NoSuchEntityException({ $metadata: {}, message: 'gone' });

type Decide = (action: string) => Partial<EvaluationResult>;

/** IAM that answers each action as it is told to. */
function bench(decide: Decide = () => ({ EvalDecision: 'allowed' })) {
  const client = new IAMClient({ region: 'eu-west-1' });
  const mock = mockClient(client);
  const errors: unknown[] = [];
  const clock = { now: 0 };
  mock.on(SimulatePrincipalPolicyCommand).callsFake(({ ActionNames }: SimulatePrincipalPolicyCommandInput) => ({
    EvaluationResults: ActionNames?.map((EvalActionName) => ({ EvalActionName, ...decide(EvalActionName) })),
  }));
  mock.on(GetRoleCommand).resolves({ Role: { Arn: ROLE } as never });
  const permissions = createIamPermissions({
    client,
    place: PLACE,
    now: () => clock.now,
    onError: (error) => errors.push(error),
  });
  const simulated = () => mock.commandCalls(SimulatePrincipalPolicyCommand).map(({ args }) => args[0].input);
  return { mock, permissions, errors, clock, simulated };
}

describe('what is asked', () => {
  it('is one question for each pattern of resources, with what is known of the calls', async () => {
    const { permissions, simulated } = bench();
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toEqual([]);
    const entry = (ContextKeyName: string, value: string) => ({
      ContextKeyName,
      ContextKeyType: 'string',
      ContextKeyValues: [value],
    });
    expect(simulated()).toEqual([
      {
        PolicySourceArn: ALICE,
        ActionNames: BOTH,
        ResourceArns: ['arn:aws:rds:eu-west-1:123456789012:db:*'],
        ContextEntries: [
          entry('aws:MultiFactorAuthPresent', 'false'),
          entry('aws:PrincipalAccount', '123456789012'),
          entry('aws:RequestedRegion', 'eu-west-1'),
          entry('aws:SecureTransport', 'true'),
        ],
      },
    ]);
  });

  it('is about the role of a session, under the path that its ARN does not have', async () => {
    const { mock, permissions, simulated } = bench();
    await permissions.missingPermissions(SESSION, checkedBytecode());
    expect(mock.commandCalls(GetRoleCommand).map(({ args }) => args[0].input)).toEqual([{ RoleName: 'operator' }]);
    expect(simulated().map(({ PolicySourceArn }) => PolicySourceArn)).toEqual([ROLE]);
  });

  it.each([
    'arn:aws:iam::123456789012:root',
    'arn:aws:sts::123456789012:federated-user/alice',
    'arn:aws:sts::123456789012:assumed-role/operator',
    'arn:aws:sts::123456789012:assumed-role/path/operator/alice',
    'arn:aws:iam::210987654321:user/alice',
    'arn:aws-cn:iam::123456789012:user/alice',
    'arn:aws:iam::123456789012:role/operator',
    'https://issuer.example alice',
    'local',
  ])('is nothing for %s, of whom nothing can be told', async (principal) => {
    const { mock, permissions, errors } = bench();
    expect(await permissions.missingPermissions(principal, checkedBytecode())).toBeUndefined();
    expect(mock.calls()).toHaveLength(0);
    expect(errors).toEqual([]);
  });
});

describe('what is answered', () => {
  const MISSING: readonly (readonly [string, Decide])[] = [
    ['an implicit denial', () => ({ EvalDecision: 'implicitDeny' })],
    ['an explicit denial', () => ({ EvalDecision: 'explicitDeny' })],
    ['no decision', () => ({})],
    ['another action', () => ({ EvalDecision: 'allowed', EvalActionName: 'rds:Other' })],
    [
      'a denial for the resource',
      () => ({
        EvalDecision: 'allowed',
        ResourceSpecificResults: [{ EvalResourceName: 'x', EvalResourceDecision: 'implicitDeny' }],
      }),
    ],
    [
      'a denial by the organization',
      () => ({ EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: false } }),
    ],
    [
      'a denial by the boundary',
      () => ({ EvalDecision: 'allowed', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } }),
    ],
  ];
  it.each(MISSING)('names the action for %s', async (_what, decision) => {
    const { permissions } = bench((action) => (action === BOTH[0] ? decision(action) : { EvalDecision: 'allowed' }));
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toEqual([BOTH[0]]);
  });

  it('is read to its last page', async () => {
    const { mock, permissions, simulated } = bench();
    const page = (action: string, Marker?: string) => ({
      EvaluationResults: [{ EvalActionName: action, EvalDecision: 'allowed' as const }],
      IsTruncated: Marker !== undefined,
      ...(Marker && { Marker }),
    });
    mock
      .on(SimulatePrincipalPolicyCommand)
      .resolvesOnce(page('rds:CreateDBSnapshot', 'more'))
      .resolvesOnce(page('rds:DescribeDBInstances'));
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toEqual([]);
    expect(simulated()).toHaveLength(2);
    expect(simulated().at(-1)?.Marker).toBe('more');
  });
});

describe('what is remembered', () => {
  it('is an answer for a minute, for one caller', async () => {
    const { permissions, clock, simulated } = bench();
    const ask = (who = ALICE) => permissions.missingPermissions(who, checkedBytecode());
    await Promise.all([ask(), ask()]);
    clock.now = 59_999;
    await ask();
    expect(simulated()).toHaveLength(1);
    await permissions.missingPermissions(ALICE, readOnlyBytecode());
    await ask(SESSION);
    expect(simulated()).toHaveLength(3);
    clock.now = 60_000;
    await ask();
    expect(simulated()).toHaveLength(4);
  });

  it('is no failure: it is told to the operator, and asked again', async () => {
    const { mock, permissions, errors } = bench();
    const throttled = new Error('Rate exceeded');
    mock.on(SimulatePrincipalPolicyCommand).rejects(throttled);
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toBeUndefined();
    expect(errors).toEqual([throttled]);
    mock.on(SimulatePrincipalPolicyCommand).resolves({});
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toEqual(BOTH);
  });

  it('waits for nobody for ever: what is asked can be given up', async () => {
    const { mock, permissions } = bench();
    await permissions.missingPermissions(SESSION, checkedBytecode());
    const options = mock.calls().map(({ args }) => (args as readonly unknown[])[1]);
    expect(options).toHaveLength(2);
    for (const given of options) expect(given).toEqual({ abortSignal: expect.any(AbortSignal) });
  });

  it('is nothing of who is not there any more, which is no fault', async () => {
    const { mock, permissions, errors } = bench();
    mock.on(GetRoleCommand).rejects(GONE);
    mock.on(SimulatePrincipalPolicyCommand).rejects(GONE);
    expect(await permissions.missingPermissions(SESSION, checkedBytecode())).toBeUndefined();
    expect(await permissions.missingPermissions(ALICE, checkedBytecode())).toBeUndefined();
    expect(errors).toEqual([]);
  });
});

it('asks IAM at most four things at a time', async () => {
  const { mock, permissions } = bench();
  let [running, most] = [0, 0];
  mock.on(SimulatePrincipalPolicyCommand).callsFake(async ({ ActionNames }: SimulatePrincipalPolicyCommandInput) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return { EvaluationResults: ActionNames?.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed' })) };
  });
  const callers = Array.from({ length: 20 }, (_, index) => `arn:aws:iam::123456789012:user/u${index}`);
  const answers = await Promise.all(callers.map((who) => permissions.missingPermissions(who, checkedBytecode())));
  expect(answers).toEqual(callers.map(() => []));
  expect(most).toBe(4);
});
