import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bytecode } from '../compiler/bytecode.ts';
import { WorkflowEngine } from '../engine/workflow-engine.ts';
import { createMcp, type McpHandler } from '../mcp/create-mcp.ts';
import type { LocalRuntime } from './local-runtime.ts';
import { openSearch } from './open-search.ts';
import { paint, type Terminal } from './terminal.ts';

/**
 * The MCP server of the cloud, over this process's simulated account; audit and faults go to the terminal.
 * @param hmacKey what execution ids and confirmations are signed with; where left out, they are worth as much as this process
 */
export async function createLocalMcp(
  bytecodes: readonly Bytecode[],
  { executor, storage }: LocalRuntime,
  terminal: Pick<Terminal, 'err' | 'colour' | 'out'>,
  hmacKey: Uint8Array = randomBytes(32),
): Promise<McpHandler> {
  const security = { hmacKey, now: Date.now };
  return createMcp({
    engine: new WorkflowEngine(storage, security, executor),
    search: await openSearch(bytecodes),
    version: '0.1.0',
    now: Date.now,
    sleep: async (milliseconds, signal) => {
      await delay(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    newCorrelationId: randomUUID,
    audit: ({ tool, workflow, decision }) =>
      terminal.err(paint(terminal, 'dim', [tool, workflow, decision].filter((part) => part !== undefined).join('  '))),
    log: ({ correlationId, tool, error }) =>
      terminal.err(`fault ${correlationId} in ${tool ?? 'the server'}: ${faultText(error)}`),
  });
}

function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
