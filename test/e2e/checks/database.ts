import { setTimeout as sleep } from 'node:timers/promises';
import { CreateDBInstanceCommand, DescribeDBSnapshotsCommand, RDSClient } from '@aws-sdk/client-rds';

export const DATABASE = 'demo-database';

export async function createDatabase(): Promise<void> {
  await new RDSClient({}).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: DATABASE,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'demo',
      ManageMasterUserPassword: true,
    }),
  );
}

/** The identifiers of all snapshots of the account, sorted. */
export async function snapshotIds(): Promise<readonly string[]> {
  const { DBSnapshots = [] } = await new RDSClient({}).send(new DescribeDBSnapshotsCommand({}));
  return DBSnapshots.map(({ DBSnapshotIdentifier = '' }) => DBSnapshotIdentifier).sort();
}

/** The workflow names a snapshot by the second of its start, and RDS refuses a name twice: runs that make one go a second apart. */
export async function untilNameIsFree(): Promise<void> {
  await sleep(1_100);
}
