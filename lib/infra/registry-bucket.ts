import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Where the bytecode stands in the bucket: `workflows/<name>/<version>.json`. Deployed readers rely on it. */
export const WORKFLOWS_PREFIX = 'workflows/';

/**
 * The deployed registry. What is published under a name and version stays as it is: the bucket itself refuses to
 * overwrite or delete it, whoever asks, until someone changes this policy.
 */
export class RegistryBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of writeOnce(this.bucket)) this.bucket.addToResourcePolicy(statement);
    // A kept bucket without its policy would be open to overwriting and to plain http.
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Two roles can reach this bucket, one of them read-only, and every request for a workflow is in the access log of the API. Server access logs would need a second bucket that this rule then reports; object-level audit is a CloudTrail data event selector.',
    });
  }
}

/**
 * Conditional writes enforced by the bucket: a write must carry `If-None-Match`, so it can only make a new object; and
 * because a deleted object could be written again, deleting is refused as well.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function writeOnce(bucket: Bucket): readonly PolicyStatement[] {
  const workflows = bucket.arnForObjects(`${WORKFLOWS_PREFIX}*`);
  return [
    new PolicyStatement({
      sid: 'RefuseOverwriting',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [workflows],
      conditions: { Null: { 's3:if-none-match': 'true' } },
    }),
    new PolicyStatement({
      sid: 'RefuseDeleting',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [workflows],
    }),
  ];
}
