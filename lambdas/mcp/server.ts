import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createStepFunctionsExecutor } from '../../lib/engine/step-functions-executor.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { createMcp, type McpHandler } from '../../lib/mcp/create-mcp.ts';
import { createLambdaSearch } from '../../lib/mcp/lambda-search.ts';
import { createS3Storage } from '../../lib/registry/s3-storage.ts';
import { version } from '../../package.json';

/** The server in the cloud. `functionArn` says in which partition, region and account the workflows are. */
export async function createServer(environment: NodeJS.ProcessEnv, functionArn: string): Promise<McpHandler> {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  const secrets = new SecretsManagerClient();
  const secret = await secrets.send(
    new GetSecretValueCommand({ SecretId: setting(environment, 'CONFIRMATION_SECRET') }),
  );
  const hmacKey = secret.SecretBinary ?? new TextEncoder().encode(secret.SecretString ?? '');
  const storage = createS3Storage({ client: new S3Client(), bucket: setting(environment, 'REGISTRY_BUCKET') });
  const executor = createStepFunctionsExecutor({ client: new SFNClient(), partition, region, account });
  const functionName = setting(environment, 'SEARCH_FUNCTION');
  return createMcp({
    engine: new WorkflowEngine(storage, { hmacKey, now: Date.now }, executor),
    search: createLambdaSearch({ client: new LambdaClient(), functionName }),
    version,
    now: Date.now,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => {}),
    newCorrelationId: randomUUID,
    audit: (line) => console.log(JSON.stringify({ audit: line })),
    log: ({ error, ...fault }) => console.error(JSON.stringify({ fault, error: textOf(error) })),
  });
}

function setting(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
