import type { Fault, ServiceBehaviour, Target } from '../behaviour.ts';

const MISSING: Fault = {
  shape: 'NotFoundException',
  message: "Key 'arn:{partition}:kms:{region}:{account}:key/{id:name}' does not exist",
};
const KEY: Target = { resource: 'key', by: 'KeyId' };
const USABLE: Target = {
  ...KEY,
  in: ['Enabled'],
  otherwise: { shape: 'DisabledException', message: '{arn} is disabled.' },
};

/** AWS KMS keys, also found by alias, and their grants. */
export const kms: ServiceBehaviour = {
  service: 'kms',
  codes: { denied: 'AccessDeniedException' },
  resources: {
    key: {
      shape: 'KeyMetadata',
      hidden: ['AliasName', 'Tags'],
      iamType: 'key',
      identifier: 'KeyId',
      aliases: ['AliasName'],
      arn: 'Arn',
      status: 'KeyState',
      stateSets: { Enabled: { Enabled: true }, Disabled: { Enabled: false } },
      defaults: {
        AWSAccountId: '{account}',
        CreationDate: '2025-06-01T08:00:00.000Z',
        Enabled: true,
        Description: '',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
      },
      missing: MISSING,
    },
    grant: {
      shape: 'GrantListEntry',
      identifier: 'GrantId',
      missing: { shape: 'NotFoundException', message: 'Grant ID {id} not found' },
    },
  },
  operations: {
    DescribeKey: { does: 'get', ...KEY, into: 'KeyMetadata' },
    DisableKey: { does: 'change', ...KEY, in: ['Enabled', 'Disabled'], sets: { KeyState: 'Disabled', Enabled: false } },
    EnableKey: { does: 'change', ...KEY, in: ['Enabled', 'Disabled'], sets: { KeyState: 'Enabled', Enabled: true } },
    CreateGrant: {
      does: 'create',
      resource: 'grant',
      id: '{hex32}{hex32}',
      from: USABLE,
      attributes: {
        KeyId: '{sourceArn}',
        Name: '{input.Name}',
        CreationDate: '{now}',
        GranteePrincipal: '{input.GranteePrincipal}',
        RetiringPrincipal: '{input.RetiringPrincipal}',
        IssuingAccount: 'arn:{partition}:iam::{account}:root',
        Operations: '{input.Operations}',
        Constraints: '{input.Constraints}',
      },
      output: { GrantId: '{id}', GrantToken: 'AQpAM2RhZ{id}' },
    },
    ListGrants: {
      does: 'describe',
      within: KEY,
      resource: 'grant',
      into: 'Grants',
      where: { '*{input.KeyId:name}': 'KeyId', GrantId: 'GrantId', GranteePrincipal: 'GranteePrincipal' },
      page: { size: 'Limit', marker: 'Marker', next: 'NextMarker', truncated: 'Truncated', default: 50 },
    },
    RevokeGrant: { does: 'delete', within: KEY, resource: 'grant', by: 'GrantId' },
  },
};
