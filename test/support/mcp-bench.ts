import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { CallerPermissions } from '../../lib/engine/caller-permissions.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import type { AuditLine } from '../../lib/mcp/audit-line.ts';
import type { Caller } from '../../lib/mcp/check-request.ts';
import { createMcp, type FaultReport } from '../../lib/mcp/create-mcp.ts';
import type { GuardOptions, McpHandler } from '../../lib/mcp/guard-requests.ts';
import type { ToolServices } from '../../lib/mcp/tool.ts';
import type { WorkflowStorage } from '../../lib/registry/workflow-storage.ts';
import type { SearchQuery, WorkflowSearch } from '../../lib/search/workflow-search.ts';
import { checkedBytecode, readOnlyBytecode } from './checked-bytecode.ts';
import { type MemoryExecutor, type MemoryExecutorOptions, memoryExecutor } from './memory-executor.ts';
import { memoryStorage } from './memory-storage.ts';

export type Era = 'modern' | 'legacy';

export const ALICE = 'arn:aws:iam::123456789012:user/alice';
export const MALLORY = 'arn:aws:iam::123456789012:user/mallory';
export const URL_OF_MCP = 'http://127.0.0.1:8080/mcp';

/** The whole server over executions in memory, with a clock that only moves when the server sleeps. */
export interface McpBench {
  readonly handler: McpHandler;
  readonly executor: MemoryExecutor;
  readonly audit: AuditLine[];
  readonly faults: FaultReport[];
  readonly queries: SearchQuery[];
  readonly clock: { now: number };
}

export interface McpBenchOptions
  extends MemoryExecutorOptions,
    Pick<GuardOptions, 'rate' | 'resource'>,
    Pick<ToolServices, 'callerTiers'> {
  /** What callers may do by themselves; they are not asked where left out. */
  readonly permissions?: CallerPermissions;
  /** How well each workflow fits any query; .9 where left out. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly storage?: WorkflowStorage;
  /** Whether an execution goes a step further each time the server waits. */
  readonly advanceOnSleep?: boolean;
}

export function mcpBench(options: McpBenchOptions = {}): McpBench {
  const { storage = memoryStorage([checkedBytecode(), readOnlyBytecode()]) } = options;
  const executor = memoryExecutor(options);
  const clock = { now: Date.UTC(2026, 0, 1) };
  const audit: AuditLine[] = [];
  const faults: FaultReport[] = [];
  const queries: SearchQuery[] = [];
  let ids = 0;
  const now = () => clock.now;
  const handler = createMcp({
    engine: new WorkflowEngine(storage, { hmacKey: new Uint8Array(32).fill(7), now }, executor, options.permissions),
    search: searchOf(storage, queries, options.scores),
    ...(options.callerTiers && { callerTiers: options.callerTiers }),
    version: '0.1.0',
    ...(options.rate && { rate: options.rate }),
    ...(options.resource && { resource: options.resource }),
    now,
    sleep: async (milliseconds) => {
      clock.now += milliseconds;
      if (options.advanceOnSleep) executor.advance();
    },
    audit: (line) => audit.push(line),
    log: (fault) => faults.push(fault),
    newCorrelationId: () => {
      ids += 1;
      return `call-${ids}`;
    },
  });
  return { handler, executor, audit, faults, queries, clock };
}

/** Finds everything that has a word of the query in its name. */
function searchOf(
  storage: WorkflowStorage,
  queries: SearchQuery[],
  scores: McpBenchOptions['scores'] = {},
): WorkflowSearch {
  return {
    async suggest(query) {
      queries.push(query);
      const words = query.query.toLowerCase().split(/\W+/);
      const found = (await storage.list()).filter(({ metadata }) => words.some((word) => metadata.name.includes(word)));
      const matches = found.slice(0, query.limit).map(({ metadata, security, parameters }) => ({
        name: metadata.name,
        version: metadata.version,
        summary: metadata.summary,
        score: scores[metadata.name] ?? 0.9,
        confidence: 'high' as const,
        why: ['words: backup'],
        tier: metadata.tier,
        effect: security.effect,
        services: metadata.services,
        requiredParameters: parameters.filter(({ required }) => required).map(({ name }) => name),
      }));
      return { matches, registryDigest: 'sha256:registry' };
    },
  };
}

export interface ConnectOptions {
  readonly principal?: string;
  /** Of the access token; all scopes where left out. */
  readonly scopes?: readonly string[];
  /** How the person at the client answers questions; without it the client cannot ask. */
  readonly answer?: (message: string) => 'accept' | 'decline' | 'refuse' | 'cancel';
  /** What stands between client and handler; nothing where left out. */
  readonly exchange?: (request: Request, caller: Caller) => Promise<Response>;
}

/** The official client, connected to the handler in this process. */
export async function connect(bench: McpBench, era: Era, options: ConnectOptions = {}): Promise<Client> {
  const { principal = ALICE, answer, exchange = bench.handler } = options;
  const caller = { principal, hosts: ['127.0.0.1'], ...(options.scopes && { scopes: options.scopes }) };
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    {
      capabilities: answer ? { elicitation: { form: {} } } : {},
      ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } as const }),
    },
  );
  if (answer) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const given = answer(params.message);
      if (given === 'accept') return { action: 'accept', content: { confirm: true } };
      return given === 'refuse' ? { action: 'accept', content: { confirm: false } } : { action: given };
    });
  }
  const fetch = (input: URL | string, init?: RequestInit) => exchange(new Request(input, init), caller);
  await client.connect(new StreamableHTTPClientTransport(new URL(URL_OF_MCP), { fetch }));
  return client;
}

export type Structured = Record<string, unknown>;

/** Calls a tool and gives its structured content, which every answer has. */
export async function call(client: Client, name: string, args: Structured): Promise<Structured & { isError: boolean }> {
  const { structuredContent, isError = false } = await client.callTool({ name, arguments: args });
  if (!structuredContent) throw new Error(`${name} gave no structured content`);
  return { ...(structuredContent as Structured), isError };
}
