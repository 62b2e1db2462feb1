import assert from 'node:assert/strict';
import {
  GetRoleCommand,
  IAMClient,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DATABASE } from './database.ts';
import type { Deployment } from './deployment.ts';
import { createPrincipal } from './principals.ts';
import type { Report } from './report.ts';
import type { Credentials } from './signed-fetch.ts';

/**
 * What the deployed workflow's role may do. The emulator does not hold a state machine to its role, so the role is
 * assumed here and its calls are made with it; IAM does hold those to it.
 */
export async function roleChecks(report: Report, { stateMachineArn, region, account }: Deployment): Promise<void> {
  report.section("The workflow's role", { requirement: 'deployed:role' });
  const { roleArn = '' } = await new SFNClient({}).send(new DescribeStateMachineCommand({ stateMachineArn }));
  const roleName = roleArn.split('/').at(-1) ?? '';
  const tester = await createPrincipal('role-tester', 'sts:AssumeRole', roleArn);
  const assume = () =>
    new STSClient({ credentials: tester.credentials }).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'e2e' }),
    );

  await report.check('nobody but Step Functions can assume it', async () => {
    await assert.rejects(assume(), { name: 'AccessDenied' });
  });

  await trust(roleName, tester.arn);
  const { Credentials: session } = await assume();
  const rds = new RDSClient({ credentials: toCredentials(session) });

  await report.check('rds:DescribeDBInstances is allowed', async () => {
    await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: DATABASE }));
  });
  await report.check('rds:CreateDBSnapshot is allowed', async () => {
    const [DBInstanceIdentifier, DBSnapshotIdentifier] = [DATABASE, `${DATABASE}-poc-e2e`];
    await rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier }));
  });
  // Calls to RDS are checked against the instance only, so what the snapshot may be called is asked of the simulator.
  await report.check(
    'rds:CreateDBSnapshot is granted for snapshots with -poc- in their name, and for no others',
    async () => {
      const decision = async (snapshotName: string) => {
        const { EvaluationResults: [result] = [] } = await new IAMClient({}).send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: roleArn,
            ActionNames: ['rds:CreateDBSnapshot'],
            ResourceArns: [`arn:aws:rds:${region}:${account}:snapshot:${snapshotName}`],
          }),
        );
        return result?.EvalDecision;
      };
      assert.equal(await decision(`${DATABASE}-poc-20261122-120000`), 'allowed');
      assert.equal(await decision('other-name'), 'implicitDeny');
    },
  );
  await report.check('rds:DeleteDBInstance is denied', async () => {
    const deletion = new DeleteDBInstanceCommand({ DBInstanceIdentifier: DATABASE, SkipFinalSnapshot: true });
    await assert.rejects(rds.send(deletion), isDenied);
  });
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && /AccessDenied/.test(error.name);
}

/** Adds the tester to whom the role trusts, as the test's own doing. */
async function trust(roleName: string, principalArn: string): Promise<void> {
  const iam = new IAMClient({});
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as { Statement: object[] };
  document.Statement.push({ Effect: 'Allow', Principal: { AWS: principalArn }, Action: 'sts:AssumeRole' });
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: JSON.stringify(document) }));
}

function toCredentials(
  session: Partial<Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string | undefined>> = {},
): Credentials {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
