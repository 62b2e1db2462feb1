import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceEntry } from '../service-data.ts';
import type { SourceService } from './services.ts';

/**
 * Services whose AWS CLI command is not the service id in lower case with hyphens: botocore's data folders
 * (botocore/data) and the CLI's renames (awscli/customizations: `s3api`, `deploy`, `configservice`).
 */
const CLI_NAMES: Readonly<Record<string, string>> = {
  'API Gateway': 'apigateway',
  'App Mesh': 'appmesh',
  'Application Discovery Service': 'discovery',
  'Auto Scaling': 'autoscaling',
  'Auto Scaling Plans': 'autoscaling-plans',
  'Application Auto Scaling': 'application-autoscaling',
  'CloudHSM V2': 'cloudhsmv2',
  'CloudSearch Domain': 'cloudsearchdomain',
  'CloudWatch Logs': 'logs',
  CodeDeploy: 'deploy',
  'Cognito Identity Provider': 'cognito-idp',
  'Config Service': 'configservice',
  'Cost Explorer': 'ce',
  'Cost and Usage Report Service': 'cur',
  'Data Pipeline': 'datapipeline',
  'Database Migration Service': 'dms',
  'Device Farm': 'devicefarm',
  'Direct Connect': 'directconnect',
  'Directory Service': 'ds',
  'Directory Service Data': 'ds-data',
  'DynamoDB Streams': 'dynamodbstreams',
  'Elastic Beanstalk': 'elasticbeanstalk',
  'Elastic Load Balancing': 'elb',
  'Elastic Load Balancing v2': 'elbv2',
  'Elasticsearch Service': 'es',
  EventBridge: 'events',
  'Global Accelerator': 'globalaccelerator',
  'IoT Data Plane': 'iot-data',
  'IoT Events': 'iotevents',
  'IoT Events Data': 'iotevents-data',
  'IoT Jobs Data Plane': 'iot-jobs-data',
  'IoT Wireless': 'iotwireless',
  'Kinesis Analytics': 'kinesisanalytics',
  'Kinesis Analytics V2': 'kinesisanalyticsv2',
  'Kinesis Video': 'kinesisvideo',
  'Lex Model Building Service': 'lex-models',
  'Lex Models V2': 'lexv2-models',
  'Lex Runtime Service': 'lex-runtime',
  'Lex Runtime V2': 'lexv2-runtime',
  'Machine Learning': 'machinelearning',
  'Marketplace Commerce Analytics': 'marketplacecommerceanalytics',
  'Marketplace Entitlement Service': 'marketplace-entitlement',
  'Marketplace Metering': 'meteringmarketplace',
  'Migration Hub': 'mgh',
  'Pinpoint SMS Voice': 'sms-voice',
  'Resource Groups Tagging API': 'resourcegroupstaggingapi',
  'Route 53': 'route53',
  'Route 53 Domains': 'route53domains',
  S3: 's3api',
  'S3 Control': 's3control',
  'Secrets Manager': 'secretsmanager',
  ServerlessApplicationRepository: 'serverlessrepo',
  'Service Catalog': 'servicecatalog',
  'Service Catalog AppRegistry': 'servicecatalog-appregistry',
  SFN: 'stepfunctions',
  SimpleDB: 'sdb',
  'Storage Gateway': 'storagegateway',
};

/** IAM prefixes that aws-cdk-lib has wrong: "Actions defined by Amazon Resource Group Tagging API" are `tag:…`. */
const IAM_PREFIXES: Readonly<Record<string, string>> = { 'Resource Groups Tagging API': 'tag' };

/**
 * Everything about a service that is not its API: derived, so that a service is one line of configuration.
 * @param packageDirectory the installed `@aws-sdk/client-*`
 * @param iamPrefixes SDK package suffix → IAM prefix, as aws-cdk-lib knows it
 * @param classNames service id → class of the AWS SDK for JavaScript 2
 */
export function serviceFacts(
  service: SourceService,
  packageDirectory: string,
  iamPrefixes: Readonly<Record<string, { readonly iamPrefix?: string }>>,
  classNames: ReadonlyMap<string, string>,
): ServiceEntry {
  const config = readFileSync(join(packageDirectory, 'dist-es', 'runtimeConfig.shared.js'), 'utf8');
  const serviceId = /serviceId: config\?\.serviceId \?\? "([^"]+)"/.exec(config)?.[1];
  if (serviceId === undefined) throw new Error(`${service.package} names no service id`);
  const sdkName = service.package.replace(/^@aws-sdk\/client-/, '');
  const iamPrefix = IAM_PREFIXES[serviceId] ?? iamPrefixes[sdkName]?.iamPrefix;
  if (iamPrefix === undefined) throw new Error(`aws-cdk-lib knows no IAM prefix for ${service.package}`);
  const cliName = CLI_NAMES[serviceId] ?? serviceId.toLowerCase().replace(/ /g, '-');
  const className = classNames.get(serviceId);
  return {
    name: service.name,
    serviceId,
    cliName,
    iamPrefix,
    sdkName,
    ...(className === undefined ? {} : { className }),
  };
}
