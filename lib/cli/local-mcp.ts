import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { toAsl } from '../asl/to-asl.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import { WorkflowEngine } from '../engine/workflow-engine.ts';
import { toPolicy } from '../iam/to-policy.ts';
import { createMcp } from '../mcp/create-mcp.ts';
import type { McpHandler } from '../mcp/guard-requests.ts';
import { LIMITS } from '../mcp/limits.ts';
import type { LocalCallers } from './local-callers.ts';
import type { LocalRuntime } from './local-runtime.ts';
import { openSearch } from './open-search.ts';
import { paint, type Terminal } from './terminal.ts';

/**
 * The MCP server of the cloud, over this process's simulated account; audit and faults go to the terminal.
 * @param callers what callers may run; everything where left out
 * @param runningPerCaller how many executions of one workflow may run at once; calls as such are not counted here
 * @param hmacKey what execution ids and confirmations are signed with; where left out, they are worth as much as this process
 */
export async function createLocalMcp(
  bytecodes: readonly Bytecode[],
  { executor, storage }: LocalRuntime,
  terminal: Pick<Terminal, 'err' | 'colour' | 'out'>,
  hmacKey: Uint8Array = randomBytes(32),
  callers: LocalCallers = {},
  runningPerCaller: number = LIMITS.runningPerCaller,
): Promise<McpHandler> {
  const security = { hmacKey, now: Date.now, runningPerCaller };
  return createMcp({
    engine: new WorkflowEngine(storage, security, executor, callers.permissions),
    search: await openSearch(bytecodes),
    ...(callers.tiers && { callerTiers: callers.tiers }),
    compiled: { definition: toAsl, policy: (bytecode) => toPolicy(bytecode, ANYWHERE) },
    version: '0.1.0',
    now: Date.now,
    sleep: async (milliseconds, signal) => {
      await delay(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    newCorrelationId: randomUUID,
    audit: ({ tool, method, workflow, decision }) =>
      terminal.err(
        paint(terminal, 'dim', [tool ?? method, workflow, decision].filter((part) => part !== undefined).join('  ')),
      ),
    log: ({ correlationId, tool, error }) =>
      terminal.err(`fault ${correlationId} in ${tool ?? 'the server'}: ${faultText(error)}`),
  });
}

const ANYWHERE = { partition: '${Partition}', region: '${Region}', account: '${Account}' };

function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
