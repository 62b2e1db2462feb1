import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { type HttpServer, PortTaken, serveHttp } from '../../mcp/serve-http.ts';
import { workflowLine } from '../compile-all.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { createLocalMcp } from '../local-mcp.ts';
import { createLocalRuntime } from '../local-runtime.ts';
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

  const runtime = createLocalRuntime(compiled.bytecodes, catalog, 1);
  const handler = await createLocalMcp(compiled.bytecodes, runtime, terminal);
  let server: HttpServer;
  try {
    server = await serveHttp({ handler, port: options.port });
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    terminal.err(`${error.message}\nhint: ${error.hint}`);
    return EXIT.failed;
  }
  terminal.out(
    `\nMCP on ${paint(terminal, 'bold', server.url)}, over the simulated account ${runtime.account.place.account}`,
  );
  terminal.out(nextSteps(server.url, compiled.bytecodes));
  await stopSignal();
  await server.close();
  return EXIT.ok;
}

/** The exact next thing to try: a run where it is known what to give, else a look at what there is. */
function nextSteps(url: string, bytecodes: readonly Bytecode[]): string {
  const [first] = bytecodes;
  const known = bytecodes.some(({ workflow_id: id }) => id === 'rds_backup_simple');
  const command = known
    ? 'npx workflow run rds_backup_simple --param instance_id=demo-database'
    : `npx workflow explain ${first?.workflow_id ?? '--help'}`;
  return [
    'Try next, in another terminal:',
    `  ${command}`,
    known
      ? 'or connect an agent and ask it to back up your RDS database:'
      : 'or connect an agent and ask it what it can run:',
    `  claude mcp add --transport http aws-workflows ${url}`,
  ].join('\n');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
