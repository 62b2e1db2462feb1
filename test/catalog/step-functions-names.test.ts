import fc from 'fast-check';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import {
  toStateMachineAction,
  toStateMachineError,
  toStateMachineMember,
  toStateMachineService,
  toStateMachineServiceError,
} from '../../lib/catalog/step-functions-names.ts';
import { reachable } from '../bench/permissions-figures.ts';
import { serviceIds } from './fixtures/service-ids.json';
import { rows } from './fixtures/stepfunctions-services.json';

/** Rows of AWS's table for services that no SDK of today has. */
const RETIRED = ['alexaforbusiness', 'codestar', 'honeycode', 'macie', 'mobile'];

describe("AWS's own table of services", () => {
  const byName = new Map(serviceIds.map((id) => [toStateMachineService(id), id]));

  it('has 264 rows, of which all but the retired ones are some service id by our rule', () => {
    expect(rows).toHaveLength(264);
    const unmatched = rows.map(({ service }) => service).filter((service) => !byName.has(service));
    expect(unmatched.sort()).toEqual(RETIRED);
  });

  it('has the exception prefixes that our rule gives, but for three slips of its own', () => {
    const differing = rows.flatMap(({ service, prefix }) => {
      const id = byName.get(service);
      const ours = id === undefined ? prefix : toStateMachineServiceError(id).split('.')[0];
      return ours === prefix ? [] : [{ ours, prefix }];
    });
    expect(differing).toEqual([
      { ours: 'MemoryDb', prefix: 'MemoryDB' },
      { ours: 'AutoScaling', prefix: 'Auto Scaling' },
      { ours: 'NetworkManager', prefix: '' },
    ]);
  });
});

describe('toStateMachineService', () => {
  it.each([
    ['RDS', 'rds'],
    ['CloudWatch Logs', 'cloudwatchlogs'],
    ['SFN', 'sfn'],
    ['EventBridge', 'eventbridge'],
    ['Config Service', 'config'],
    ['Secrets Manager', 'secretsmanager'],
  ])('%s → %s', (serviceId, name) => expect(toStateMachineService(serviceId)).toBe(name));
});

it('lowers the first letter of an action and no other', () => {
  expect(toStateMachineAction('CreateDBSnapshot')).toBe('createDBSnapshot');
  expect(toStateMachineAction('ListObjectsV2')).toBe('listObjectsV2');
});

describe('toStateMachineMember', () => {
  it.each([
    ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
    ['DBInstances', 'DbInstances'],
    ['DBInstanceStatus', 'DbInstanceStatus'],
    ['KMSKeyId', 'KmsKeyId'],
    ['KmsKeyId', 'KmsKeyId'],
    ['ACL', 'Acl'],
    ['SSEKMSKeyId', 'SsekmsKeyId'],
    ['MultiAZ', 'MultiAZ'],
    ['S3BucketName', 'S3BucketName'],
    ['SourceDBSnapshotIdentifier', 'SourceDBSnapshotIdentifier'],
    ['IOPS', 'Iops'],
    ['stateMachineArn', 'StateMachineArn'],
    ['x', 'X'],
    // Names that Java keeps for itself; "EqualsValue" is the Developer Guide's own example.
    ['equals', 'EqualsValue'],
    ['Default', 'DefaultValue'],
    ['Defaults', 'Defaults'],
  ])('%s → %s', (member, name) => expect(toStateMachineMember(member)).toBe(name));

  it('keeps the letters, and starts with a capital', () => {
    const name = fc
      .stringMatching(/^[A-Za-z][A-Za-z0-9]{5,30}$/)
      .filter((text) => !/^(?:default|class|package)$/i.test(text));
    fc.assert(
      fc.property(name, (member) => {
        const spelled = toStateMachineMember(member);
        expect(spelled.toLowerCase().startsWith(member.toLowerCase())).toBe(true);
        expect(spelled).toMatch(/^[A-Z]/);
        expect(toStateMachineMember(spelled).toLowerCase()).toBe(spelled.toLowerCase());
      }),
    );
  });
});

describe('errors', () => {
  it.each([
    ['RDS', 'DBInstanceNotFoundFault', 'Rds.DbInstanceNotFoundException'],
    ['RDS', 'KMSKeyNotAccessibleFault', 'Rds.KmsKeyNotAccessibleException'],
    ['RDS', 'InvalidS3BucketFault', 'Rds.InvalidS3BucketException'],
    ['RDS', 'InvalidSubnet', 'Rds.InvalidSubnetException'],
    ['RDS', 'VpcEncryptionControlViolationException', 'Rds.VpcEncryptionControlViolationException'],
    ['S3', 'NoSuchBucket', 'S3.NoSuchBucketException'],
    ['S3', 'BucketAlreadyExists', 'S3.BucketAlreadyExistsException'],
    ['ACM PCA', 'ResourceNotFoundException', 'AcmPca.ResourceNotFoundException'],
    ['DynamoDB', 'ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException'],
  ])('%s %s → %s', (serviceId, shape, name) => expect(toStateMachineError(serviceId, shape)).toBe(name));

  it.each([
    ['RDS', 'Rds.RdsException'],
    ['Secrets Manager', 'SecretsManager.SecretsManagerException'],
    ['DynamoDB', 'DynamoDb.DynamoDbException'],
  ])('unmodelled ones of %s are %s', (serviceId, name) => expect(toStateMachineServiceError(serviceId)).toBe(name));
});

describe('the catalog', () => {
  const catalog = loadCatalog();

  it.each(catalog.services)('of %s: no two members of a structure, and no two operations, share a name', (name) => {
    const service = catalog.service(name);
    if (service === undefined) throw new Error(`no service ${name}`);
    for (const members of reachable(service)) {
      expect(new Set(members.map(toStateMachineMember)).size).toBe(members.length);
    }
    expect(new Set(service.operations.map(toStateMachineAction)).size).toBe(service.operations.length);
  });
});
