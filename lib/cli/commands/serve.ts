import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { WorkflowEngine } from '../../engine/workflow-engine.ts';
import { createMcp } from '../../mcp/create-mcp.ts';
import { type HttpServer, PortTaken, serveHttp } from '../../mcp/serve-http.ts';
import { workflowLine } from '../compile-all.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { createLocalRuntime } from '../local-runtime.ts';
import { openSearch } from '../open-search.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface ServeOptions {
  readonly registry: string;
  readonly port: number;
}

/** `workflow serve`: compiles the registry and serves MCP on loopback until it is told to stop. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const catalog = loadCatalog();
  const compiled = compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined) return EXIT.failed;
  terminal.out(`Compiled ${compiled.bytecodes.length} workflow${compiled.bytecodes.length === 1 ? '' : 's'}`);
  for (const bytecode of compiled.bytecodes) terminal.out(workflowLine(bytecode, terminal));

  const { account, executor, storage } = createLocalRuntime(compiled.bytecodes, catalog, 1);
  // Handles and tokens are worth as much as this process, and so is their key.
  const security = { hmacKey: randomBytes(32), now: Date.now };
  const handler = createMcp({
    engine: new WorkflowEngine(storage, security, executor),
    search: await openSearch(compiled.bytecodes),
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
  let server: HttpServer;
  try {
    server = await serveHttp({ handler, port: options.port });
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    terminal.err(`${error.message}\nhint: ${error.hint}`);
    return EXIT.failed;
  }
  terminal.out(`\nMCP on ${paint(terminal, 'bold', server.url)}, over the simulated account ${account.place.account}`);
  terminal.out(nextSteps(server.url));
  await stopSignal();
  await server.close();
  return EXIT.ok;
}

function nextSteps(url: string): string {
  return [
    'Try next, in another terminal:',
    '  npx workflow run rds_backup_simple --param instance_id=demo-database',
    'or connect an agent and ask it to back up your RDS database:',
    `  claude mcp add --transport http aws-workflows ${url}`,
  ].join('\n');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
