import type { Fault, ServiceBehaviour } from '../behaviour.ts';
import { COPY_OF_SNAPSHOT, INSTANCE_DEFAULTS, SNAPSHOT_DEFAULTS, SNAPSHOT_OF_INSTANCE } from './rds-attributes.ts';

const NOT_AVAILABLE = { shape: 'InvalidDBInstanceStateFault', message: 'Database instance is not in available state.' };

const combination = (message: string): Fault => ({ code: 'InvalidParameterCombination', message });

const DELETION_REFUSALS = [
  {
    when: { 'self.DeletionProtection': true },
    fault: combination('Cannot delete protected DB Instance, please disable deletion protection and try again.'),
  },
  {
    when: { 'input.SkipFinalSnapshot': [null, false], 'input.FinalDBSnapshotIdentifier': null },
    fault: combination('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.'),
  },
  {
    when: { 'input.SkipFinalSnapshot': true, 'input.FinalDBSnapshotIdentifier': '*' },
    fault: combination('FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is enabled.'),
  },
] as const;

/**
 * Amazon RDS instances, their snapshots and exports of these. Texts of errors are those of the service; times are shortened.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status
 */
export const rds: ServiceBehaviour = {
  service: 'rds',
  resources: {
    instance: {
      shape: 'DBInstance',
      volatile: ['LatestRestorableTime'],
      defaults: INSTANCE_DEFAULTS,
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
      shape: 'DBSnapshot',
      defaults: SNAPSHOT_DEFAULTS,
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
    exportTask: {
      shape: 'ExportTask',
      identifier: 'ExportTaskIdentifier',
      status: 'Status',
      missing: { shape: 'ExportTaskNotFoundFault', message: 'The export task with ID {id} was not found.' },
      duplicate: {
        shape: 'ExportTaskAlreadyExistsFault',
        message: "You can't start an export task that's already running: {id}.",
      },
    },
  },
  codes: { throttled: 'Throttling' },
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
      attributes: SNAPSHOT_OF_INSTANCE,
      change: { through: 'creating', to: 'available', seconds: 30, sets: { PercentProgress: 100 } },
    },
    CopyDBSnapshot: {
      does: 'create',
      resource: 'snapshot',
      by: 'TargetDBSnapshotIdentifier',
      from: {
        resource: 'snapshot',
        by: 'SourceDBSnapshotIdentifier',
        in: ['available'],
        otherwise: {
          shape: 'InvalidDBSnapshotStateFault',
          message: 'Cannot copy the snapshot because it is not currently in the available state.',
        },
      },
      into: 'DBSnapshot',
      refuses: [
        {
          // The key of another Region cannot be used: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
          when: { 'source.Encrypted': true, 'input.KmsKeyId': null, isCrossRegion: true },
          fault: {
            code: 'InvalidParameterCombination',
            message: 'The KmsKeyId parameter must be specified when you copy an encrypted snapshot to another Region.',
          },
        },
      ],
      attributes: COPY_OF_SNAPSHOT,
      ignores: ['CopyOptionGroup'],
      change: { through: 'creating', to: 'available', seconds: 60, sets: { PercentProgress: 100 } },
    },
    StartExportTask: {
      does: 'create',
      resource: 'exportTask',
      by: 'ExportTaskIdentifier',
      from: {
        resource: 'snapshot',
        by: 'SourceArn',
        in: ['available'],
        otherwise: {
          shape: 'InvalidExportSourceStateFault',
          message: 'The state of the export source is not valid for exporting to an Amazon S3 bucket.',
        },
      },
      attributes: {
        SourceArn: '{input.SourceArn}',
        SourceType: 'SNAPSHOT',
        SnapshotTime: '{source.SnapshotCreateTime}',
        S3Bucket: '{input.S3BucketName}',
        S3Prefix: '{input.S3Prefix}',
        IamRoleArn: '{input.IamRoleArn}',
        KmsKeyId: '{input.KmsKeyId}',
        ExportOnly: '{input.ExportOnly}',
        PercentProgress: 0,
        TotalExtractedDataInGB: 0,
      },
      change: {
        through: 'STARTING',
        to: 'IN_PROGRESS',
        seconds: 30,
        sets: { TaskStartTime: '{now}', PercentProgress: 50 },
        next: {
          to: 'COMPLETE',
          seconds: 90,
          sets: { TaskEndTime: '{now}', PercentProgress: 100, TotalExtractedDataInGB: 1 },
        },
      },
    },
    DescribeExportTasks: {
      does: 'describe',
      resource: 'exportTask',
      by: 'ExportTaskIdentifier',
      into: 'ExportTasks',
      where: { SourceArn: 'SourceArn', SourceType: 'SourceType' },
      filters: {
        'export-task-identifier': 'ExportTaskIdentifier',
        's3-bucket': 'S3Bucket',
        'source-arn': 'SourceArn',
        status: 'Status',
      },
      page: { size: 'MaxRecords', marker: 'Marker', default: 100 },
    },
    CancelExportTask: {
      does: 'change',
      resource: 'exportTask',
      by: 'ExportTaskIdentifier',
      in: ['STARTING', 'IN_PROGRESS'],
      otherwise: {
        shape: 'InvalidExportTaskStateFault',
        message: 'You cannot cancel the export task {id}: it is already complete or canceled.',
      },
      output: '{self}',
      change: { through: 'CANCELING', to: 'CANCELED', seconds: 10 },
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
      refuses: DELETION_REFUSALS,
      ignores: ['SkipFinalSnapshot', 'DeleteAutomatedBackups'],
      before: { by: 'FinalDBSnapshotIdentifier', as: 'CreateDBSnapshot' },
      change: { through: 'deleting', to: 'deleted', seconds: 60 },
    },
    AddTagsToResource: { does: 'tag', by: 'ResourceName', tags: 'Tags' },
    RemoveTagsFromResource: { does: 'untag', by: 'ResourceName', tags: 'TagKeys' },
    ListTagsForResource: { does: 'listTags', by: 'ResourceName', tags: 'TagList' },
  },
};
