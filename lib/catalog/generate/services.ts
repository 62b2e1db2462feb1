export interface SourceService {
  /** What workflows call the service. */
  readonly name: string;
  /** The npm package that holds its model; pinned in `package.json` beside this file. */
  readonly package: string;
}

/** The services of the catalog. To add one: a line here, its package in `package.json`, `npm run catalog`. */
export const SERVICES: readonly SourceService[] = [
  { name: 'accessanalyzer', package: '@aws-sdk/client-accessanalyzer' },
  { name: 'acm', package: '@aws-sdk/client-acm' },
  { name: 'autoscaling', package: '@aws-sdk/client-auto-scaling' },
  { name: 'backup', package: '@aws-sdk/client-backup' },
  { name: 'cloudformation', package: '@aws-sdk/client-cloudformation' },
  { name: 'cloudtrail', package: '@aws-sdk/client-cloudtrail' },
  { name: 'cloudwatch', package: '@aws-sdk/client-cloudwatch' },
  { name: 'cloudwatch-logs', package: '@aws-sdk/client-cloudwatch-logs' },
  { name: 'config', package: '@aws-sdk/client-config-service' },
  { name: 'costexplorer', package: '@aws-sdk/client-cost-explorer' },
  { name: 'dynamodb', package: '@aws-sdk/client-dynamodb' },
  { name: 'ec2', package: '@aws-sdk/client-ec2' },
  { name: 'ecs', package: '@aws-sdk/client-ecs' },
  { name: 'eks', package: '@aws-sdk/client-eks' },
  { name: 'elasticache', package: '@aws-sdk/client-elasticache' },
  { name: 'elasticloadbalancingv2', package: '@aws-sdk/client-elastic-load-balancing-v2' },
  { name: 'events', package: '@aws-sdk/client-eventbridge' },
  { name: 'guardduty', package: '@aws-sdk/client-guardduty' },
  { name: 'iam', package: '@aws-sdk/client-iam' },
  { name: 'kms', package: '@aws-sdk/client-kms' },
  { name: 'lambda', package: '@aws-sdk/client-lambda' },
  { name: 'rds', package: '@aws-sdk/client-rds' },
  { name: 'redshift', package: '@aws-sdk/client-redshift' },
  { name: 'route53', package: '@aws-sdk/client-route-53' },
  { name: 's3', package: '@aws-sdk/client-s3' },
  { name: 'secretsmanager', package: '@aws-sdk/client-secrets-manager' },
  { name: 'sfn', package: '@aws-sdk/client-sfn' },
  { name: 'sns', package: '@aws-sdk/client-sns' },
  { name: 'sqs', package: '@aws-sdk/client-sqs' },
  { name: 'ssm', package: '@aws-sdk/client-ssm' },
  { name: 'sts', package: '@aws-sdk/client-sts' },
  { name: 'wafv2', package: '@aws-sdk/client-wafv2' },
];
