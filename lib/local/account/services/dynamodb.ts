import type { Fault, ServiceBehaviour, Target } from '../behaviour.ts';
import type { Template } from '../template.ts';

const noTable: Fault = { shape: 'TableNotFoundException', message: 'Table not found: {id:name}' };
const TABLE: Target = { resource: 'table', by: '{input.TableName:name}' };
const BACKUP: Target = { resource: 'backup', by: 'BackupArn' };
const PITR = 'ContinuousBackupsDescription.PointInTimeRecoveryDescription';
const DESCRIPTION: Template = {
  ContinuousBackupsDescription: '{hidden.ContinuousBackupsDescription}',
};
const NOT_NOW: Target = {
  ...TABLE,
  missing: noTable,
  in: ['ACTIVE', 'UPDATING'],
  otherwise: {
    shape: 'ContinuousBackupsUnavailableException',
    message: 'Backups are being enabled for the table: {id}. Please retry later',
  },
};

/** Amazon DynamoDB tables, point-in-time recovery and on-demand backups. */
export const dynamodb: ServiceBehaviour = {
  service: 'dynamodb',
  codes: { denied: 'AccessDeniedException' },
  resources: {
    table: {
      shape: 'TableDescription',
      hidden: ['ContinuousBackupsDescription', 'Tags'],
      iamType: 'table',
      identifier: 'TableName',
      arn: 'TableArn',
      status: 'TableStatus',
      tags: 'Tags',
      defaults: {
        TableStatus: 'ACTIVE',
        CreationDateTime: '2025-02-14T07:30:00.000Z',
        TableId: '{uuid}',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        TableSizeBytes: 1048576,
        ItemCount: 4096,
        DeletionProtectionEnabled: false,
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
        },
        Tags: [],
      },
      missing: {
        shape: 'ResourceNotFoundException',
        message: 'Requested resource not found: Table: {id} not found',
      },
    },
    backup: {
      hidden: ['BackupDetails', 'SourceTableDetails'],
      arnAs: '{source.TableArn}/backup/{id}',
      identifier: '{self.BackupDetails.BackupArn:name}',
      arn: 'BackupDetails.BackupArn',
      status: 'BackupDetails.BackupStatus',
      missing: { shape: 'BackupNotFoundException', message: 'Backup not found: {id}' },
    },
  },
  operations: {
    DescribeTable: { does: 'get', ...TABLE, into: 'Table' },
    ListTables: { does: 'describe', resource: 'table', into: 'TableNames', each: '{self.TableName}' },
    DescribeContinuousBackups: { does: 'get', ...TABLE, missing: noTable, output: DESCRIPTION },
    UpdateContinuousBackups: {
      does: 'change',
      ...NOT_NOW,
      sets: {
        [PITR]: {
          $when: { 'input.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': true },
          gives: {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: {
              $first: [
                '{input.PointInTimeRecoverySpecification.RecoveryPeriodInDays}',
                `{self.${PITR}.RecoveryPeriodInDays}`,
                35,
              ],
            },
            EarliestRestorableDateTime: `{self.${PITR}.EarliestRestorableDateTime|now}`,
            LatestRestorableDateTime: '{now}',
          },
          else: { PointInTimeRecoveryStatus: 'DISABLED' },
        },
      },
      output: DESCRIPTION,
    },
    CreateBackup: {
      does: 'create',
      resource: 'backup',
      id: '01768000{hex}',
      from: {
        ...TABLE,
        missing: noTable,
        in: ['ACTIVE', 'UPDATING'],
        otherwise: { shape: 'TableInUseException', message: 'Table is being created or deleted: {id}' },
      },
      attributes: {
        BackupDetails: {
          BackupName: '{input.BackupName}',
          BackupType: 'USER',
          BackupCreationDateTime: '{now}',
          BackupSizeBytes: '{source.TableSizeBytes}',
        },
        SourceTableDetails: {
          TableName: '{source.TableName}',
          TableId: '{source.TableId}',
          TableArn: '{source.TableArn}',
          TableSizeBytes: '{source.TableSizeBytes}',
          KeySchema: '{source.KeySchema}',
          TableCreationDateTime: '{source.CreationDateTime}',
          ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
          ItemCount: '{source.ItemCount}',
          BillingMode: '{source.BillingModeSummary.BillingMode}',
        },
      },
      change: { through: 'CREATING', to: 'AVAILABLE', seconds: 15 },
      output: { BackupDetails: '{hidden.BackupDetails}' },
    },
    DescribeBackup: {
      does: 'get',
      ...BACKUP,
      output: {
        BackupDescription: {
          BackupDetails: '{hidden.BackupDetails}',
          SourceTableDetails: '{hidden.SourceTableDetails}',
        },
      },
    },
    DeleteBackup: {
      does: 'delete',
      ...BACKUP,
      in: ['AVAILABLE'],
      otherwise: {
        shape: 'BackupInUseException',
        message: 'There is another ongoing conflicting backup control plane operation on the table: {id}',
      },
      change: { through: 'DELETED', to: 'deleted', seconds: 0 },
      output: {
        BackupDescription: {
          BackupDetails: '{hidden.BackupDetails}',
          SourceTableDetails: '{hidden.SourceTableDetails}',
        },
      },
    },
    ListTagsOfResource: { does: 'listTags', by: 'ResourceArn', tags: 'Tags' },
    TagResource: { does: 'tag', by: 'ResourceArn', tags: 'Tags' },
    UntagResource: { does: 'untag', by: 'ResourceArn', tags: 'TagKeys' },
  },
};
