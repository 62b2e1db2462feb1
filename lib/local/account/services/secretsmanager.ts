import type { Fault, ServiceBehaviour, Target } from '../behaviour.ts';
import type { Template } from '../template.ts';

const missing: Fault = {
  shape: 'ResourceNotFoundException',
  message: "Secrets Manager can't find the specified secret.",
};
const SECRET: Target = { resource: 'secret', by: 'SecretId' };
const KEPT: Target = {
  ...SECRET,
  refuses: [
    {
      when: { 'self.DeletedDate': '*' },
      fault: {
        shape: 'InvalidRequestException',
        message: "You can't perform this operation on the secret because it was marked for deletion.",
      },
    },
  ],
};
const versionOf = (version: 'Current' | 'Previous'): Template => ({
  ARN: '{self.ARN}',
  Name: '{self.Name}',
  VersionId: `{hidden.${version}.VersionId}`,
  SecretString: `{hidden.${version}.SecretString}`,
  SecretBinary: `{hidden.${version}.SecretBinary}`,
  VersionStages: [version === 'Current' ? 'AWSCURRENT' : 'AWSPREVIOUS'],
  CreatedDate: `{hidden.${version}.CreatedDate}`,
});
const noValue = (stage: string): Fault => ({
  shape: 'ResourceNotFoundException',
  message: `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
});

/** AWS Secrets Manager: secrets with their current and previous value. */
export const secretsmanager: ServiceBehaviour = {
  service: 'secretsmanager',
  codes: { denied: 'AccessDeniedException' },
  resources: {
    secret: {
      shape: 'DescribeSecretResponse',
      hidden: ['Current', 'Previous'],
      volatile: ['LastChangedDate', 'LastAccessedDate'],
      arnAs: 'arn:{partition}:secretsmanager:{region}:{account}:secret:{id}-{suffix}',
      identifier: 'Name',
      arn: 'ARN',
      tags: 'Tags',
      defaults: { CreatedDate: '2025-01-20T12:00:00.000Z', LastChangedDate: '2025-01-20T12:00:00.000Z', Tags: [] },
      missing,
      duplicate: {
        shape: 'ResourceExistsException',
        message: 'The operation failed because the secret {id} already exists.',
      },
    },
  },
  operations: {
    DescribeSecret: {
      does: 'get',
      ...SECRET,
      output: {
        ARN: '{self.ARN}',
        Name: '{self.Name}',
        Description: '{self.Description}',
        KmsKeyId: '{self.KmsKeyId}',
        RotationEnabled: '{self.RotationEnabled}',
        RotationLambdaARN: '{self.RotationLambdaARN}',
        LastRotatedDate: '{self.LastRotatedDate}',
        LastChangedDate: '{self.LastChangedDate}',
        DeletedDate: '{self.DeletedDate}',
        CreatedDate: '{self.CreatedDate}',
        Tags: '{self.Tags}',
        VersionIdsToStages: {
          '{hidden.Current.VersionId}': ['AWSCURRENT'],
          '{hidden.Previous.VersionId}': ['AWSPREVIOUS'],
        },
      },
    },
    GetSecretValue: {
      does: 'get',
      ...KEPT,
      refuses: [
        ...(KEPT.refuses ?? []),
        { when: { 'input.VersionStage': 'AWSPREVIOUS', 'self.Previous': null }, fault: noValue('AWSPREVIOUS') },
        { when: { 'input.VersionStage': [null, 'AWSCURRENT'], 'self.Current': null }, fault: noValue('AWSCURRENT') },
      ],
      output: {
        $when: { 'input.VersionStage': 'AWSPREVIOUS' },
        gives: versionOf('Previous'),
        else: versionOf('Current'),
      },
    },
    PutSecretValue: {
      does: 'change',
      ...KEPT,
      sets: {
        Previous: '{self.Current}',
        Current: {
          VersionId: '{input.ClientRequestToken|uuid}',
          SecretString: '{input.SecretString}',
          SecretBinary: '{input.SecretBinary}',
          CreatedDate: '{now}',
        },
        LastChangedDate: '{now}',
      },
      output: {
        ARN: '{self.ARN}',
        Name: '{self.Name}',
        VersionId: '{hidden.Current.VersionId}',
        VersionStages: ['AWSCURRENT'],
      },
    },
    CreateSecret: {
      does: 'create',
      resource: 'secret',
      by: 'Name',
      attributes: {
        Description: '{input.Description}',
        KmsKeyId: '{input.KmsKeyId}',
        Tags: '{input.Tags}',
        CreatedDate: '{now}',
        LastChangedDate: '{now}',
        Current: {
          $when: { 'input.SecretString|input.SecretBinary': '*' },
          gives: {
            VersionId: '{input.ClientRequestToken|uuid}',
            SecretString: '{input.SecretString}',
            SecretBinary: '{input.SecretBinary}',
            CreatedDate: '{now}',
          },
        },
      },
      output: { ARN: '{self.ARN}', Name: '{self.Name}', VersionId: '{hidden.Current.VersionId}' },
    },
    DeleteSecret: {
      does: 'change',
      ...KEPT,
      ignores: ['RecoveryWindowInDays'],
      sets: { DeletedDate: '{now}' },
      output: { ARN: '{self.ARN}', Name: '{self.Name}', DeletionDate: '{self.DeletedDate}' },
    },
    RestoreSecret: {
      does: 'change',
      ...SECRET,
      removes: ['DeletedDate'],
      output: { ARN: '{self.ARN}', Name: '{self.Name}' },
    },
    TagResource: { does: 'tag', by: 'SecretId', tags: 'Tags' },
    UntagResource: { does: 'untag', by: 'SecretId', tags: 'TagKeys' },
  },
};
