import { CustomResource, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { PrebuiltFunction } from './prebuilt-function.ts';
import { type RegistryBucket, WORKFLOWS_PREFIX } from './registry-bucket.ts';

export interface RegistryPublicationProps {
  readonly registry: RegistryBucket;
  /** The bundled publisher together with the bytecode that it publishes. */
  readonly directory: string;
  /** Changes whenever a workflow does, and only then: a change publishes. */
  readonly registryDigest: string;
}

/** Puts the compiled workflows into the registry bucket at deployment; a changed workflow under an old version stops it. */
export class RegistryPublication extends Construct {
  constructor(scope: Construct, id: string, { registry, directory, registryDigest }: RegistryPublicationProps) {
    super(scope, id);
    const workflows = registry.bucket.arnForObjects(`${WORKFLOWS_PREFIX}*`);
    const timeout = Duration.minutes(2);
    const publisher = new PrebuiltFunction(this, 'Publisher', {
      description: 'Publishes compiled workflows into the registry bucket, each version once',
      directory,
      memoryMegabytes: 512,
      timeout,
      environment: {},
      statements: [
        new PolicyStatement({
          sid: 'PublishWorkflows',
          // Reading is for comparing with what is there already.
          actions: ['s3:PutObject', 's3:GetObject'],
          resources: [workflows],
        }),
      ],
    });
    acknowledgeWildcard(publisher, workflows, 'The objects are named after the workflows, which change.');
    const publication = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::RegistryPublication',
      serviceToken: publisher.function.functionArn,
      // A publisher that dies without an answer must not hold the stack for CloudFormation's hour.
      serviceTimeout: timeout.plus(Duration.minutes(1)),
      properties: { Bucket: registry.bucket.bucketName, RegistryDigest: registryDigest },
    });
    // The policy is part of the registry: nothing is written before it stands.
    if (registry.bucket.policy) publication.node.addDependency(registry.bucket.policy);
  }
}
