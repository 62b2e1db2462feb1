import type { CallerPermissions } from '../../lib/engine/caller-permissions.ts';
import { tierBarrier } from '../../lib/engine/may-run.ts';
import type { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { createLambdaSearch } from '../../lib/mcp/lambda-search.ts';
import { LIMITS } from '../../lib/mcp/limits.ts';
import type { Engine } from '../../lib/mcp/tool.ts';
import type { WorkflowSearch } from '../../lib/search/workflow-search.ts';
import { once } from './once.ts';
import { readKeys } from './read-keys.ts';

/** Where the workflows are, from the ARN of the function that serves them. */
export interface CloudPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * The engine in the cloud, made at its first use. To say which tools there are takes no AWS SDK and no secret, and
 * the SDK takes longer to load than everything else together.
 */
export function cloudEngine(environment: NodeJS.ProcessEnv, place: CloudPlace): Engine {
  const engine = once(() => openEngine(environment, place));
  return {
    list: async () => (await engine()).list(),
    describe: async (...given) => (await engine()).describe(...given),
    // Tiers alone take no engine, and every search asks for each workflow that it finds.
    barrier: async (workflow, runner) =>
      checksCallers(environment) ? (await engine()).barrier(workflow, runner) : tierBarrier(workflow.tier, runner),
    start: async (...given) => (await engine()).start(...given),
    plan: async (...given) => (await engine()).plan(...given),
    get: async (...given) => (await engine()).get(...given),
    answer: async (...given) => (await engine()).answer(...given),
    cancel: async (...given) => (await engine()).cancel(...given),
  };
}

/** Search in its own function; the client of Lambda is made at the first use. */
export function cloudSearch(environment: NodeJS.ProcessEnv): WorkflowSearch {
  const client = once(async () => new (await import('@aws-sdk/client-lambda')).LambdaClient());
  return createLambdaSearch({ client, functionName: setting(environment, 'SEARCH_FUNCTION') });
}

async function openEngine(environment: NodeJS.ProcessEnv, place: CloudPlace): Promise<WorkflowEngine> {
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const keys = await readKeys(new SecretsManagerClient(), setting(environment, 'CONFIRMATION_SECRET'));
  const runningPerCaller = Number(environment.RUNNING_PER_CALLER ?? LIMITS.runningPerCaller);
  const [{ S3Client }, { SFNClient }, { createS3Storage }, { createStepFunctionsExecutor }, { WorkflowEngine }] =
    await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/client-sfn'),
      import('../../lib/registry/s3-storage.ts'),
      import('../../lib/engine/step-functions-executor.ts'),
      import('../../lib/engine/workflow-engine.ts'),
    ]);
  const storage = createS3Storage({ client: new S3Client(), bucket: setting(environment, 'REGISTRY_BUCKET') });
  // AWS answers StartSyncExecution at sync-states.…; an endpoint that is set by hand has no second name.
  const client = new SFNClient({ disableHostPrefix: environment.AWS_ENDPOINT_URL !== undefined });
  const executor = createStepFunctionsExecutor({ client, ...place });
  const permissions = checksCallers(environment) ? await iamPermissions(place) : undefined;
  return new WorkflowEngine(storage, { ...keys, now: Date.now, runningPerCaller }, executor, permissions);
}

/** Throws for a setting that says neither: it must not switch the check off. */
function checksCallers({ CHECK_CALLER_PERMISSIONS: check }: NodeJS.ProcessEnv): boolean {
  if (check === undefined || check === 'true') return check === 'true';
  throw new Error('The environment variable CHECK_CALLER_PERMISSIONS is not true');
}

async function iamPermissions(place: CloudPlace): Promise<CallerPermissions> {
  const [{ IAMClient }, { createIamPermissions }] = await Promise.all([
    import('@aws-sdk/client-iam'),
    import('../../lib/engine/iam-permissions.ts'),
  ]);
  const onError = (error: unknown): void => console.error({ fault: { service: 'iam' }, error: String(error) });
  return createIamPermissions({ client: new IAMClient(), place, now: Date.now, onError });
}

function setting(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
