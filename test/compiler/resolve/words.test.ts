import { isPlural, splitName, stem } from '../../../lib/compiler/resolve/words.ts';

describe('splitName', () => {
  it.each([
    ['DBInstanceIdentifier', 'db instance identifier'],
    ['DescribeDBInstances', 'describe db instances'],
    ['ListMFADevices', 'list mfa devices'],
    ['ListObjectsV2', 'list objects'],
    ['S3BucketName', 's3 bucket name'],
    ['EC2SecurityGroupId', 'ec2 security group id'],
    ['SSEKMSKeyId', 'ssekms key id'],
    ['KMSKeyId', 'kms key id'],
    ['MultiAZ', 'multi az'],
    ['logGroupName', 'log group name'],
    ['AMIs', 'amis'],
    ['Ipv6CidrBlock', 'ipv6 cidr block'],
    ['AssignIPv6Addresses', 'assign ipv6 addresses'],
  ])('%s → %s', (name, words) => {
    expect(splitName(name).join(' ')).toBe(words);
  });
});

describe('stem', () => {
  it.each([
    ['instances', 'instance'],
    ['policies', 'policy'],
    ['addresses', 'address'],
    ['tagging', 'tags'],
    ['rotation', 'rotate'],
    ['encrypted', 'encryption'],
    ['databases', 'database'],
    ['ids', 'id'],
  ])('%s and %s are one word', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it.each([
    ['status', 'state'],
    ['alias', 'ali'],
    ['policy', 'police'],
    ['user', 'use'],
  ])('%s and %s are two', (a, b) => {
    expect(stem(a)).not.toBe(stem(b));
  });
});

describe('isPlural', () => {
  it('knows plurals from singulars in s', () => {
    expect(['instances', 'policies', 'ids', 'status', 'access', 'alias', 'dns'].map(isPlural)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
