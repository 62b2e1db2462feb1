import type { ServiceBehaviour } from '../behaviour.ts';
import { cloudwatch } from './cloudwatch.ts';
import { dynamodb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { ecs } from './ecs.ts';
import { iam } from './iam.ts';
import { kms } from './kms.ts';
import { rds } from './rds.ts';
import { s3 } from './s3.ts';
import { secretsmanager } from './secretsmanager.ts';
import { sns } from './sns.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';

/** All services that the simulated account knows something of. */
export const SERVICES: readonly ServiceBehaviour[] = [
  cloudwatch,
  dynamodb,
  ec2,
  ecs,
  iam,
  kms,
  rds,
  s3,
  secretsmanager,
  sns,
  ssm,
  sts,
];
