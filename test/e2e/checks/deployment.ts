import { readFileSync } from 'node:fs';

/** What the deployment said that it made. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  /** The emulator's counterpart of https://<id>.execute-api.<region>.amazonaws.com/mcp. */
  readonly mcpUrl: URL;
  readonly registryBucket: string;
  readonly stateMachineArn: string;
}

export const WORKFLOW = 'rds_backup_simple';

/** Reads the file that `cdk deploy --outputs-file` wrote. */
export function readDeployment(outputsFile: string): Deployment {
  const stacks = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
  const outputs = Object.values(stacks)[0] ?? {};
  const { ApiUrl = '', RegistryBucketName = '' } = outputs;
  const stateMachineArn = Object.values(outputs).find((value) => value.endsWith(`:stateMachine:wf-${WORKFLOW}`)) ?? '';
  const [apiId = ''] = new URL(ApiUrl).hostname.split('.');
  const [, , , region = '', account = ''] = stateMachineArn.split(':');
  return {
    account,
    region,
    apiId,
    mcpUrl: new URL(`https://${apiId}.execute-api.localhost:${new URL(endpoint()).port}/mcp`),
    registryBucket: RegistryBucketName,
    stateMachineArn,
  };
}

/** Where the emulator listens. */
export function endpoint(): string {
  const { AWS_ENDPOINT_URL } = process.env;
  if (!AWS_ENDPOINT_URL) throw new Error('AWS_ENDPOINT_URL is not set: these checks run against an emulator only');
  return AWS_ENDPOINT_URL;
}
