import { loadCatalog } from '../../../lib/catalog/load-catalog.ts';
import type { ContextKey, RefusalReason, Resolution } from '../../../lib/compiler/resolve/resolution.ts';
import { resolveCall } from '../../../lib/compiler/resolve/resolve-call.ts';

const catalog = loadCatalog();

function resolve(serviceName: string, intent: string, keys: string | readonly ContextKey[], permissions?: string[]) {
  const service = catalog.service(serviceName);
  if (service === undefined) throw new Error(`the catalog has no service ${serviceName}`);
  const context =
    typeof keys === 'string'
      ? keys
          .split(' ')
          .filter(Boolean)
          .map((key) => ({ key, type: undefined }))
      : keys;
  return resolveCall(service, catalog, {
    intent,
    context,
    ...(permissions === undefined ? {} : { requiredPermissions: permissions }),
  });
}

/** `Operation key→Member …`, or `refused: reason`. */
function brief(resolution: Resolution): string {
  if (resolution.status === 'refused') return `refused: ${resolution.reason}`;
  const bindings = Object.entries(resolution.bindings).map(([key, member]) => `${key}→${member}`);
  return [resolution.operation, ...bindings].join(' ');
}

const string = (key: string): ContextKey => ({ key, type: 'string' });

describe('the seed workflow', () => {
  const permissions = ['rds:DescribeDBInstances', 'rds:CreateDBSnapshot'];

  it.each([
    [
      'describe RDS instance to verify it exists',
      ['instance_id'],
      'DescribeDBInstances instance_id→DBInstanceIdentifier',
    ],
    [
      'create RDS snapshot for database instance',
      ['instance_id', 'snapshot_id'],
      'CreateDBSnapshot instance_id→DBInstanceIdentifier snapshot_id→DBSnapshotIdentifier',
    ],
  ])('accepts %p with and without the permissions as a witness', (intent, keys, expected) => {
    expect(brief(resolve('rds', intent, keys.map(string), permissions))).toBe(expected);
    expect(brief(resolve('rds', intent, keys.map(string)))).toBe(expected);
  });
});

describe('accepted', () => {
  it.each([
    [
      'rds',
      'back up the database',
      'instance_id snapshot_id',
      'CreateDBSnapshot instance_id→DBInstanceIdentifier snapshot_id→DBSnapshotIdentifier',
    ],
    [
      'rds',
      'take a snapshot of the cluster',
      'cluster_id snapshot_id',
      'CreateDBClusterSnapshot cluster_id→DBClusterIdentifier snapshot_id→DBClusterSnapshotIdentifier',
    ],
    ['rds', 'please reboot the server', 'instance_id', 'RebootDBInstance instance_id→DBInstanceIdentifier'],
    ['rds', 'turn the instance off', 'instance_id', 'StopDBInstance instance_id→DBInstanceIdentifier'],
    ['rds', 'force a failover of the Aurora cluster', 'cluster_id', 'FailoverDBCluster cluster_id→DBClusterIdentifier'],
    [
      'rds',
      'create a read replica of the instance',
      'source_instance_id instance_id',
      'CreateDBInstanceReadReplica instance_id→DBInstanceIdentifier source_instance_id→SourceDBInstanceIdentifier',
    ],
    [
      'rds',
      'enable deletion protection',
      'instance_id deletion_protection',
      'ModifyDBInstance deletion_protection→DeletionProtection instance_id→DBInstanceIdentifier',
    ],
    [
      'rds',
      'delete the instance without a final snapshot',
      'instance_id skip_final_snapshot',
      'DeleteDBInstance instance_id→DBInstanceIdentifier skip_final_snapshot→SkipFinalSnapshot',
    ],
    [
      'rds',
      'list the snapshots of the instance',
      'instance_id',
      'DescribeDBSnapshots instance_id→DBInstanceIdentifier',
    ],
    [
      'rds',
      'create subnet group',
      'subnet_group_name description subnet_ids',
      'CreateDBSubnetGroup description→DBSubnetGroupDescription subnet_group_name→DBSubnetGroupName subnet_ids→SubnetIds',
    ],
    [
      'rds',
      'apply the pending maintenance action',
      'resource_identifier apply_action opt_in_type',
      'ApplyPendingMaintenanceAction apply_action→ApplyAction opt_in_type→OptInType resource_identifier→ResourceIdentifier',
    ],
    ['s3', 'check that the bucket exists', 'bucket', 'HeadBucket bucket→Bucket'],
    ['s3', 'list buckets', '', 'ListBuckets'],
    ['s3', 'list files in the folder', 'bucket prefix', 'ListObjectsV2 bucket→Bucket prefix→Prefix'],
    ['s3', 'read the file from the bucket', 'bucket_name object_key', 'GetObject bucket_name→Bucket object_key→Key'],
    ['s3', 'delete the bucket policy', 'bucket', 'DeleteBucketPolicy bucket→Bucket'],
    ['s3', 'upload the report to the bucket', 'bucket key body', 'PutObject body→Body bucket→Bucket key→Key'],
    [
      'sns',
      'send a notification to the team',
      'topic_arn message subject',
      'Publish message→Message subject→Subject topic_arn→TopicArn',
    ],
    ['sns', 'create topic', 'topic_name', 'CreateTopic topic_name→Name'],
    ['sns', 'unsubscribe from the topic', 'subscription_arn', 'Unsubscribe subscription_arn→SubscriptionArn'],
    ['sts', 'get the caller identity', '', 'GetCallerIdentity'],
  ])('%s: %s (%s)', (service, intent, keys, expected) => {
    expect(brief(resolve(service, intent, keys))).toBe(expected);
  });
});

describe('refused', () => {
  it.each<[string, string, string, RefusalReason]>([
    // no verb, or one that says nothing
    ['rds', '', 'instance_id', 'unknown-verb'],
    ['rds', 'instance', 'instance_id', 'unknown-verb'],
    ['rds', 'do maintenance on the instance', 'instance_id', 'unknown-verb'],
    ['rds', 'clean up', 'snapshot_id', 'unknown-verb'],
    ['rds', 'do not delete the instance', 'instance_id', 'unknown-verb'],
    ['rds', 'never delete the instance', 'instance_id', 'unknown-verb'],
    ['rds', 'get the database ready', 'instance_id', 'unknown-verb'],
    ['s3', 'back up the bucket', 'bucket', 'unknown-verb'],
    ['s3', 'make the bucket public', 'bucket', 'unknown-verb'],
    // more than one thing, or a condition that the call would ignore
    ['rds', 'stop the instance and delete its snapshot', 'instance_id snapshot_id', 'ambiguous-operation'],
    ['rds', 'stop the instance. Then start it', 'instance_id', 'ambiguous-operation'],
    ['rds', 'stop using the instance', 'instance_id', 'ambiguous-operation'],
    ['rds', 'delete the instance unless it is tagged', 'instance_id', 'ambiguous-operation'],
    ['s3', 'delete the bucket and all its objects', 'bucket', 'ambiguous-operation'],
    // another thing than the call is about
    ['rds', 'check cost of the database', 'instance_id', 'nouns-do-not-fit'],
    ['s3', 'delete the settings of the bucket', 'bucket', 'nouns-do-not-fit'],
    ['s3', 'remove public access from the bucket', 'bucket', 'nouns-do-not-fit'],
    ['rds', 'stop replication', 'instance_id', 'nouns-do-not-fit'],
    // the words say one thing, the context another
    ['rds', 'create RDS snapshot for database instance', 'cluster_id snapshot_id', 'nouns-do-not-fit'],
    ['rds', 'describe the cluster', 'snapshot_id', 'nouns-do-not-fit'],
    // keys
    ['rds', 'create RDS snapshot for database instance', 'instance_id snapshot_id colour', 'unbound-context-key'],
    ['rds', 'describe the instance', 'cluster_id', 'unbound-context-key'],
    ['rds', 'restore the database to a specific point in time', 'instance_id restore_time', 'ambiguous-binding'],
    ['rds', 'create a read replica of the instance', 'instance_id', 'ambiguous-binding'],
    // not told enough
    ['rds', 'create RDS snapshot for database instance', 'instance_id', 'missing-required-member'],
    ['rds', 'modify the database instance', 'instance_id', 'missing-required-member'],
    ['rds', 'modify the database instance', 'instance_id apply_immediately', 'missing-required-member'],
    ['rds', 'turn the instance off', 'instance_id instance_class', 'missing-required-member'],
    ['rds', 'describe the database instance', '', 'missing-required-member'],
    ['s3', 'list public buckets', '', 'nouns-do-not-fit'],
    ['s3', 'delete the contents of the bucket', 'bucket', 'missing-required-member'],
    ['s3', 'enable versioning', 'bucket', 'missing-required-member'],
    ['s3', 'upload the report to the bucket', 'bucket key', 'missing-required-member'],
    // Step Functions cannot
    ['sts', 'assume the role', 'role_arn role_session_name', 'unsupported-by-step-functions'],
  ])('%s: %p (%s) → %s', (service, intent, keys, reason) => {
    expect(brief(resolve(service, intent, keys))).toBe(`refused: ${reason}`);
  });

  it('names what is wrong, the way out, the best guess and the five best', () => {
    const resolution = resolve('rds', 'create RDS snapshot for database instance', 'instance_id colour');
    expect(resolution).toMatchObject({
      status: 'refused',
      reason: 'unbound-context-key',
      key: 'colour',
      operation: 'CreateDBSnapshot',
      message: 'rds:CreateDBSnapshot has no member for the context key "colour".',
      hint: expect.stringContaining(
        '`action: rds:CreateDBSnapshot` and `parameters: {DBInstanceIdentifier: <instance_id>',
      ),
      bindings: { instance_id: 'DBInstanceIdentifier' },
    });
    expect(resolution.candidates).toHaveLength(5);
    expect(resolution.candidates[0]?.operation).toBe('CreateDBSnapshot');
  });

  it('puts no call into the mouth of an author whose verb it does not know', () => {
    const resolution = resolve('rds', 'prepare database', 'instance_id');
    expect(resolution).toMatchObject({ hint: expect.stringContaining('`action: rds:<Operation>`') });
    expect(resolution.candidates[0]?.operation).toMatch(/^Describe/);
  });
});

describe('the values of the context', () => {
  it('refuses a value whose type the member cannot take', () => {
    const context: ContextKey[] = [string('instance_id'), { key: 'allocated_storage', type: 'string' }];
    expect(resolve('rds', 'increase the allocated storage of the instance', context)).toMatchObject({
      status: 'refused',
      reason: 'wrong-type',
      key: 'allocated_storage',
    });
  });

  it('takes one value for a list of one', () => {
    const context = [string('subnet_group_name'), string('description'), string('subnet_ids')];
    expect(brief(resolve('rds', 'create subnet group', context))).toContain('subnet_ids→SubnetIds');
  });

  it('does not give a list to a member that takes one value', () => {
    const context: ContextKey[] = [{ key: 'instance_id', type: 'string_list' }];
    expect(brief(resolve('rds', 'stop the database instance', context))).toBe('refused: wrong-type');
  });

  it('does not give an ARN to a member that wants a name', () => {
    const arn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
    const context: ContextKey[] = [{ key: 'topic', type: 'string', literal: arn }];
    expect(brief(resolve('sns', 'delete the topic', context))).toBe('DeleteTopic topic→TopicArn');
    expect(brief(resolve('sns', 'create the topic', context))).toBe('refused: unbound-context-key');
  });
});

describe('the permissions as a second witness', () => {
  const context = ['instance_id', 'snapshot_id'].map(string);

  it('refuses what they do not have, and says what they do have instead', () => {
    const resolution = resolve('rds', 'create RDS snapshot for database instance', context, [
      'rds:DescribeDBInstances',
      'rds:CreateDBClusterSnapshot',
    ]);
    expect(resolution).toMatchObject({
      status: 'refused',
      reason: 'action-not-among-required-permissions',
      message: expect.stringMatching(
        /CreateDBSnapshot.*but has rds:CreateDBClusterSnapshot, which CreateDBClusterSnapshot/,
      ),
    });
  });

  it('knows what a member makes of them', () => {
    const version = ['bucket', 'key', 'version_id'].map(string);
    const resolution = resolve('s3', 'get object from bucket', version, ['s3:GetObjectVersion']);
    expect(resolution).toMatchObject({ status: 'accepted', operation: 'GetObject' });
    expect(brief(resolve('s3', 'get object from bucket', version, ['s3:GetObject']))).toBe(
      'refused: action-not-among-required-permissions',
    );
    expect(resolve('s3', 'get object from bucket', version.slice(0, 2), ['s3:GetObject']).status).toBe('accepted');
  });

  it('does not read case into an IAM action', () => {
    const resolution = resolve('rds', 'create RDS snapshot for database instance', context, ['RDS:createdbsnapshot']);
    expect(resolution.status).toBe('accepted');
  });

  it('never lets them choose the operation', () => {
    const resolution = resolve('rds', 'describe the instance', [string('instance_id')], ['rds:DeleteDBInstance']);
    expect(brief(resolution)).toBe('refused: action-not-among-required-permissions');
  });
});
