import { randomBytes } from 'node:crypto';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { createLocalMcp } from '../../lib/cli/local-mcp.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createScaledClock } from '../../lib/local/clock.ts';
import { createLocalExecutor } from '../../lib/local/local-executor.ts';
import { serveHttp } from '../../lib/mcp/serve-http.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { CALLER_HEADER, databaseOf, REGISTRY } from './mcp-load.ts';

/** So much faster than real time that waits for snapshots are over while the clients still call. */
const SPEED = 2_000;

/** The local server with its own search, engine and interpreter, for as many callers as the bench has clients. */
async function main(clients: number): Promise<void> {
  const catalog = loadCatalog();
  const clock = createScaledClock(SPEED);
  const instances = Array.from({ length: clients }, (_, index) => ({ DBInstanceIdentifier: databaseOf(index) }));
  const account = createSimulatedAccount({ catalog, clock, seed: { rds: { instance: instances } } });
  const executor = createLocalExecutor({
    account,
    clock,
    definitionOf: (bytecode) => toAsl(bytecode, account.place.partition),
    policyOf: (bytecode) => toPolicy(bytecode, account.place),
  });
  const { bytecodes } = compileRegistry(REGISTRY, catalog);
  const runtime = { account, executor, storage: memoryStorage(bytecodes) };
  const faults: string[] = [];
  const terminal = {
    colour: false,
    out: () => {},
    err: (line: string) => line.startsWith('fault') && faults.push(line),
  };
  // A run that is to be cancelled may still be there when the next one starts.
  const mcp = await createLocalMcp(bytecodes, runtime, terminal, randomBytes(32), {}, 100);
  const server = await serveHttp({
    handler: (request, caller) =>
      mcp(request, { ...caller, principal: request.headers.get(CALLER_HEADER) ?? undefined }),
    port: 0,
    onError: (error) => faults.push(String(error)),
  });
  process.on('message', async (message) => {
    const megabytes = process.memoryUsage().rss / 2 ** 20;
    const found = { faults: faults.length, first: faults[0], megabytes, peak: process.resourceUsage().maxRSS / 1024 };
    process.send?.(found, () => message === 'stop' && process.exit(0));
  });
  process.send?.({ port: server.port });
}

void main(Number(process.argv[2]));
