import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createMcp } from '../../lib/mcp/create-mcp.ts';
import { type GatewayAuth, gatewayAuth, protectedResource } from '../../lib/mcp/gateway-auth.ts';
import type { McpHandler } from '../../lib/mcp/guard-requests.ts';
import { LIMITS } from '../../lib/mcp/limits.ts';
import { readCallerTiers } from '../../lib/registry/caller-tiers.ts';
import { version } from '../../package.json';
import { cloudEngine, cloudSearch } from './cloud-services.ts';

export interface CloudServer {
  readonly handler: McpHandler;
  /** Who says who calls. */
  readonly auth: GatewayAuth;
}

/** The server in the cloud. `functionArn` says in which partition, region and account the workflows are. */
export function createServer(environment: NodeJS.ProcessEnv, functionArn: string): CloudServer {
  const [, partition = '', , region = '', account = ''] = functionArn.split(':');
  const auth = gatewayAuth(environment);
  const resource = protectedResource(auth);
  const handler = createMcp({
    engine: cloudEngine(environment, { partition, region, account }),
    search: cloudSearch(environment),
    compiled: { policy: (bytecode) => toPolicy(bytecode, ANYWHERE) },
    callerTiers: readCallerTiers(environment.CALLER_TIERS),
    version,
    rate: LIMITS.rate,
    ...(resource && { resource }),
    now: Date.now,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => {}),
    newCorrelationId: randomUUID,
    // An object, not its text: Lambda writes it into the line as members, which metric filters can look at.
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
    audit: (line) => console.log({ audit: line }),
    log: ({ error, ...fault }) => console.error({ fault, error: textOf(error) }),
  });
  return { handler, auth };
}

/** A policy is shown without the account: callers need not know it. */
const ANYWHERE = { partition: '${Partition}', region: '${Region}', account: '${Account}' };

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
