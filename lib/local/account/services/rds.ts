import type { Attributes, Making, ServiceBehaviour } from '../behaviour.ts';

const NOT_AVAILABLE = { shape: 'InvalidDBInstanceStateFault', message: 'Database instance is not in available state.' };

/**
 * Amazon RDS instances and their snapshots. Texts of errors are those of the service; times are shortened.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status
 */
export const rds: ServiceBehaviour = {
  service: 'rds',
  resources: {
    instance: {
      iamType: 'db',
      identifier: 'DBInstanceIdentifier',
      arn: 'DBInstanceArn',
      status: 'DBInstanceStatus',
      tags: 'TagList',
      lowerCase: true,
      missing: { shape: 'DBInstanceNotFoundFault', message: 'DBInstance {id} not found.' },
      duplicate: { shape: 'DBInstanceAlreadyExistsFault', message: 'DB instance already exists' },
    },
    snapshot: {
      iamType: 'snapshot',
      identifier: 'DBSnapshotIdentifier',
      arn: 'DBSnapshotArn',
      status: 'Status',
      tags: 'TagList',
      lowerCase: true,
      missing: { shape: 'DBSnapshotNotFoundFault', message: 'DBSnapshot {id} not found.' },
      duplicate: {
        shape: 'DBSnapshotAlreadyExistsFault',
        message: 'Cannot create the snapshot because a snapshot with the identifier {id} already exists.',
      },
    },
  },
  namedBy: {
    db: ['DBInstanceIdentifier', 'SourceDBInstanceIdentifier', 'TargetDBInstanceIdentifier'],
    snapshot: [
      'DBSnapshotIdentifier',
      'FinalDBSnapshotIdentifier',
      'SourceDBSnapshotIdentifier',
      'TargetDBSnapshotIdentifier',
    ],
    cluster: ['DBClusterIdentifier'],
    'cluster-snapshot': ['DBClusterSnapshotIdentifier'],
    pg: ['DBParameterGroupName'],
    og: ['OptionGroupName'],
    subgrp: ['DBSubnetGroupName'],
    secgrp: ['DBSecurityGroupName'],
    es: ['SubscriptionName'],
    proxy: ['DBProxyName'],
  },
  dependentOn: {
    Tags: 'rds:AddTagsToResource',
    FinalDBSnapshotIdentifier: 'rds:CreateDBSnapshot',
    DBSnapshotIdentifier: 'rds:CreateDBSnapshot',
  },
  operations: {
    DescribeDBInstances: {
      does: 'describe',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      into: 'DBInstances',
      filters: { 'db-instance-id': 'DBInstanceIdentifier', engine: 'Engine', 'dbi-resource-id': 'DbiResourceId' },
      page: { size: 'MaxRecords', marker: 'Marker', default: 100 },
    },
    DescribeDBSnapshots: {
      does: 'describe',
      resource: 'snapshot',
      by: 'DBSnapshotIdentifier',
      into: 'DBSnapshots',
      where: {
        DBInstanceIdentifier: 'DBInstanceIdentifier',
        SnapshotType: 'SnapshotType',
        DbiResourceId: 'DbiResourceId',
      },
      filters: {
        'db-instance-id': 'DBInstanceIdentifier',
        'db-snapshot-id': 'DBSnapshotIdentifier',
        'snapshot-type': 'SnapshotType',
        engine: 'Engine',
        'dbi-resource-id': 'DbiResourceId',
      },
      page: { size: 'MaxRecords', marker: 'Marker', default: 100 },
    },
    CreateDBSnapshot: {
      does: 'create',
      resource: 'snapshot',
      by: 'DBSnapshotIdentifier',
      from: {
        resource: 'instance',
        by: 'DBInstanceIdentifier',
        in: ['available', 'stopped', 'storage-optimization'],
        otherwise: {
          shape: 'InvalidDBInstanceStateFault',
          message:
            'Cannot create a snapshot because the database instance {id} is not currently in the available state.',
        },
      },
      into: 'DBSnapshot',
      attributes: snapshotOf,
      ignores: ['Tags'],
      change: { through: 'creating', to: 'available', seconds: 30, sets: { PercentProgress: 100 } },
    },
    DeleteDBSnapshot: {
      does: 'delete',
      resource: 'snapshot',
      by: 'DBSnapshotIdentifier',
      in: ['available', 'failed'],
      otherwise: {
        shape: 'InvalidDBSnapshotStateFault',
        message: 'Cannot delete the snapshot because it is not currently in the available or failed state.',
      },
      into: 'DBSnapshot',
      change: { through: 'deleted', to: 'deleted', seconds: 0 },
    },
    ModifyDBInstance: {
      does: 'change',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      in: ['available', 'storage-optimization'],
      otherwise: NOT_AVAILABLE,
      into: 'DBInstance',
      keeps: [
        'AutoMinorVersionUpgrade',
        'CopyTagsToSnapshot',
        'DeletionProtection',
        'MaxAllocatedStorage',
        'PubliclyAccessible',
      ],
      defers: {
        members: [
          'AllocatedStorage',
          'BackupRetentionPeriod',
          'DBInstanceClass',
          'EngineVersion',
          'Iops',
          'MultiAZ',
          'StorageType',
        ],
        into: 'PendingModifiedValues',
        unless: 'ApplyImmediately',
      },
      ignores: ['AllowMajorVersionUpgrade'],
      change: { through: 'modifying', to: 'available', seconds: 20 },
    },
    RebootDBInstance: {
      does: 'change',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      in: ['available', 'storage-optimization'],
      otherwise: NOT_AVAILABLE,
      into: 'DBInstance',
      ignores: ['ForceFailover'],
      change: { through: 'rebooting', to: 'available', seconds: 15 },
    },
    StopDBInstance: {
      does: 'change',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      in: ['available'],
      otherwise: { shape: 'InvalidDBInstanceStateFault', message: 'Instance {id} is not in available state.' },
      into: 'DBInstance',
      before: { by: 'DBSnapshotIdentifier', as: 'CreateDBSnapshot' },
      change: { through: 'stopping', to: 'stopped', seconds: 30 },
    },
    StartDBInstance: {
      does: 'change',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      in: ['stopped', 'inaccessible-encryption-credentials-recoverable'],
      otherwise: {
        shape: 'InvalidDBInstanceStateFault',
        message:
          "Instance {id} cannot be started as it is not in one of the following statuses: 'stopped, inaccessible-encryption-credentials-recoverable, incompatible-network (only valid for non-SqlServer instances)'.",
      },
      into: 'DBInstance',
      change: { through: 'starting', to: 'available', seconds: 30 },
    },
    DeleteDBInstance: {
      does: 'delete',
      resource: 'instance',
      by: 'DBInstanceIdentifier',
      in: ['available', 'stopped', 'failed', 'incompatible-restore', 'incompatible-network', 'storage-full'],
      otherwise: {
        shape: 'InvalidDBInstanceStateFault',
        message: 'Instance {id} is currently in a state that does not allow deletion.',
      },
      into: 'DBInstance',
      refuses: refuseDeletion,
      ignores: ['SkipFinalSnapshot', 'DeleteAutomatedBackups'],
      before: { by: 'FinalDBSnapshotIdentifier', as: 'CreateDBSnapshot' },
      change: { through: 'deleting', to: 'deleted', seconds: 60 },
    },
    AddTagsToResource: { does: 'tag', by: 'ResourceName', tags: 'Tags' },
    RemoveTagsFromResource: { does: 'untag', by: 'ResourceName', tags: 'TagKeys' },
    ListTagsForResource: { does: 'listTags', by: 'ResourceName', tags: 'TagList' },
  },
};

/** What a snapshot takes over from its instance. */
const TAKEN_OVER = [
  'DBInstanceIdentifier',
  'Engine',
  'EngineVersion',
  'AllocatedStorage',
  'AvailabilityZone',
  'InstanceCreateTime',
  'MasterUsername',
  'LicenseModel',
  'StorageType',
  'IAMDatabaseAuthenticationEnabled',
  'DbiResourceId',
] as const;

function snapshotOf({ source, input, now }: Making): Attributes {
  const endpoint = source.Endpoint as { readonly Port?: number } | undefined;
  const groups = source.OptionGroupMemberships as readonly { readonly OptionGroupName?: string }[] | undefined;
  return {
    ...Object.fromEntries(TAKEN_OVER.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]]))),
    SnapshotType: 'manual',
    SnapshotCreateTime: now,
    OriginalSnapshotCreateTime: now,
    PercentProgress: 0,
    Port: endpoint?.Port,
    VpcId: (source.DBSubnetGroup as { readonly VpcId?: string } | undefined)?.VpcId,
    OptionGroupName: groups?.[0]?.OptionGroupName,
    Encrypted: source.StorageEncrypted,
    KmsKeyId: source.KmsKeyId,
    ProcessorFeatures: [],
    SnapshotTarget: 'region',
    TagList: input.Tags ?? (source.CopyTagsToSnapshot === true ? source.TagList : []),
  };
}

function refuseDeletion(
  input: Attributes,
  instance: Attributes,
): { readonly code: string; readonly message: string } | undefined {
  const refuse = (message: string): { readonly code: string; readonly message: string } => ({
    code: 'InvalidParameterCombination',
    message,
  });
  if (instance.DeletionProtection === true) {
    return refuse('Cannot delete protected DB Instance, please disable deletion protection and try again.');
  }
  const skips = input.SkipFinalSnapshot === true;
  const named = input.FinalDBSnapshotIdentifier !== undefined;
  if (!skips && !named) return refuse('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
  if (skips && named)
    return refuse('FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is enabled.');
  return undefined;
}
