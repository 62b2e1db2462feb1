import type { Attributes } from './behaviour.ts';

/** A resource that is there when the simulation begins. */
export interface SeedResource {
  readonly service: string;
  /** A key of the service's `resources`. */
  readonly resource: string;
  readonly attributes: Attributes;
}

/** Where the simulated account is. The number is the one that AWS's documentation uses. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export const DEFAULT_PLACE: Place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

/** What the account holds at first: a database to try things on, one that must not be lost, and one that is stopped. */
export function seedWorld({ region, account, partition }: Place): readonly SeedResource[] {
  const instance = (id: string, attributes: Attributes): SeedResource => ({
    service: 'rds',
    resource: 'instance',
    attributes: {
      DBInstanceIdentifier: id,
      DBInstanceClass: 'db.t4g.medium',
      DBInstanceStatus: 'available',
      MasterUsername: 'postgres',
      Engine: 'postgres',
      EngineVersion: '17.4',
      LicenseModel: 'postgresql-license',
      Endpoint: {
        Address: `${id}.c9akciq32rgz.${region}.rds.amazonaws.com`,
        Port: 5432,
        HostedZoneId: 'Z2R2ITUGPM61AM',
      },
      AllocatedStorage: 100,
      MaxAllocatedStorage: 1000,
      StorageType: 'gp3',
      InstanceCreateTime: '2025-11-03T09:12:44.120Z',
      PreferredBackupWindow: '03:10-03:40',
      PreferredMaintenanceWindow: 'sun:05:00-sun:05:30',
      BackupRetentionPeriod: 7,
      DBSecurityGroups: [],
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
      DBParameterGroups: [{ DBParameterGroupName: 'default.postgres17', ParameterApplyStatus: 'in-sync' }],
      AvailabilityZone: `${region}a`,
      DBSubnetGroup: {
        DBSubnetGroupName: 'default',
        DBSubnetGroupDescription: 'default',
        VpcId: 'vpc-0f1e2d3c4b5a69788',
        SubnetGroupStatus: 'Complete',
        Subnets: [
          { SubnetIdentifier: 'subnet-01', SubnetAvailabilityZone: { Name: `${region}a` }, SubnetStatus: 'Active' },
          { SubnetIdentifier: 'subnet-02', SubnetAvailabilityZone: { Name: `${region}b` }, SubnetStatus: 'Active' },
        ],
      },
      OptionGroupMemberships: [{ OptionGroupName: 'default:postgres-17', Status: 'in-sync' }],
      PendingModifiedValues: {},
      MultiAZ: false,
      AutoMinorVersionUpgrade: true,
      ReadReplicaDBInstanceIdentifiers: [],
      PubliclyAccessible: false,
      StorageEncrypted: true,
      KmsKeyId: `arn:${partition}:kms:${region}:${account}:key/0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e`,
      CACertificateIdentifier: 'rds-ca-rsa2048-g1',
      CopyTagsToSnapshot: false,
      MonitoringInterval: 0,
      IAMDatabaseAuthenticationEnabled: false,
      PerformanceInsightsEnabled: false,
      DeletionProtection: false,
      AssociatedRoles: [],
      NetworkType: 'IPV4',
      BackupTarget: 'region',
      TagList: [],
      ...attributes,
    },
  });
  return [
    instance('demo-database', {
      DBName: 'demo',
      DbiResourceId: 'db-DEMO4XAMPLE7RESOURCEID2PQA',
      TagList: [{ Key: 'environment', Value: 'demo' }],
    }),
    instance('orders-prod', {
      DBName: 'orders',
      DBInstanceClass: 'db.r6g.xlarge',
      MultiAZ: true,
      DeletionProtection: true,
      CopyTagsToSnapshot: true,
      DbiResourceId: 'db-ORDR4XAMPLE7RESOURCEID2PQB',
      TagList: [
        { Key: 'environment', Value: 'production' },
        { Key: 'team', Value: 'orders' },
      ],
    }),
    instance('reports-staging', {
      DBName: 'reports',
      DBInstanceStatus: 'stopped',
      DbiResourceId: 'db-REPT4XAMPLE7RESOURCEID2PQC',
      TagList: [{ Key: 'environment', Value: 'staging' }],
    }),
  ];
}
