import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { FolderInUse } from '../../local/state/folder-lock.ts';
import { KeyDamaged } from '../../local/state/key-file.ts';
import { openStateFolder, type StateFolder } from '../../local/state/open-state-folder.ts';
import { PortTaken, serveHttp } from '../../mcp/serve-http.ts';
import { workflowLine } from '../compile-all.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { type CallerOptions, localCallers } from '../local-callers.ts';
import { createLocalMcp } from '../local-mcp.ts';
import { createLocalRuntime } from '../local-runtime.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface ServeOptions extends CallerOptions {
  readonly registry: string;
  readonly port: number;
  /** The folder that keeps executions from one start to the next; false where nothing is kept. */
  readonly state: string | false;
  /** How many executions of one workflow may run at once. */
  readonly maxExecutions: number;
}

/** `workflow serve`: compiles the registry and serves MCP on loopback until it is told to stop. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  let state: StateFolder | undefined;
  try {
    if (options.state !== false) state = openStateFolder(options.state, (problem) => terminal.err(problem));
    return await serveUntilStopped(options, state, terminal);
  } catch (error) {
    if (!(error instanceof PortTaken || error instanceof FolderInUse || error instanceof KeyDamaged)) throw error;
    terminal.err(`${error.message}\nhint: ${error.hint}`);
    return EXIT.failed;
  } finally {
    state?.close();
  }
}

async function serveUntilStopped(
  options: ServeOptions,
  state: StateFolder | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const catalog = loadCatalog();
  const compiled = compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined) return EXIT.failed;
  terminal.out(`Compiled ${compiled.bytecodes.length} workflow${compiled.bytecodes.length === 1 ? '' : 's'}`);
  for (const bytecode of compiled.bytecodes) terminal.out(workflowLine(bytecode, terminal));

  const runtime = createLocalRuntime(compiled.bytecodes, catalog, 1, undefined, state?.journal);
  const callers = localCallers(options, runtime.account.place);
  if (typeof callers === 'string') {
    terminal.err(`${paint(terminal, 'red', 'error')}: ${callers}`);
    return EXIT.usage;
  }
  const handler = await createLocalMcp(
    compiled.bytecodes,
    runtime,
    terminal,
    state?.key,
    callers,
    options.maxExecutions,
  );
  const server = await serveHttp({ handler, port: options.port });
  terminal.out(
    `\nMCP on ${paint(terminal, 'bold', server.url)}, over the simulated account ${runtime.account.place.account}`,
  );
  if (options.as !== undefined) terminal.out(`Who calls may do in AWS what ${options.as} allows`);
  if (options.tiers !== undefined) terminal.out(`Who calls may run workflows of these tiers: ${options.tiers}`);
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
