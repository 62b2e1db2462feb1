import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { createLocalMcp } from '../../lib/cli/local-mcp.ts';
import { createLocalRuntime, type LocalRuntime } from '../../lib/cli/local-runtime.ts';
import { runProgram } from '../../lib/cli/program.ts';
import type { Execution } from '../../lib/engine/execution.ts';
import { stepsFromHistory } from '../../lib/engine/steps-from-history.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor } from '../../lib/local/local-executor.ts';
import { type HttpServer, serveHttp } from '../../lib/mcp/serve-http.ts';
import { bytecodeOf, catalog, SEED } from '../support/compile.ts';
import { startServer } from '../support/serve.ts';
import { verifies } from './requirements.ts';

type Output = Readonly<Record<string, unknown>>;

const BYTECODE = bytecodeOf(SEED);
const TRAVERSAL = '../../etc/passwd';

async function call(client: Client, name: string, args: Output): Promise<{ output: Output; isError: boolean }> {
  const { structuredContent, isError } = await client.callTool({ name, arguments: { ...args } });
  return { output: structuredContent as Output, isError: isError === true };
}

async function connect(url: string, options: ClientOptions): Promise<Client> {
  const client = new Client({ name: 'acceptance', version: '1' }, options);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

const snapshotsOf = ({ account }: Pick<LocalRuntime, 'account'>): readonly unknown[] =>
  account.resources('rds', 'snapshot').map((snapshot) => snapshot.DBSnapshotIdentifier);

describe.each<[string, ClientOptions]>([
  ['2026-07-28', { versionNegotiation: { mode: 'auto' } }],
  ['2025', {}],
])('the running server, protocol era %s', (_era, options) => {
  let build: string;
  let runtime: LocalRuntime;
  let server: HttpServer;
  let client: Client;

  beforeAll(async () => {
    build = mkdtempSync(join(tmpdir(), 'build-'));
    runtime = createLocalRuntime([BYTECODE], catalog(), 1, build);
    const quiet = { out: () => {}, err: () => {}, colour: false };
    server = await serveHttp({ handler: await createLocalMcp([BYTECODE], runtime, quiet), port: 0 });
    client = await connect(server.url, options);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
    rmSync(build, { recursive: true });
  });

  verifies('run:suggest', 'ranks rds_backup_simple first', async () => {
    const { output } = await call(client, 'suggest_workflows', { query: 'I need to backup my RDS database' });
    expect((output.matches as { name: string }[])[0]?.name).toBe('rds_backup_simple');
  });

  verifies('run:describe', 'shows calls and permissions', async () => {
    const { output } = await call(client, 'describe_workflow', { name: 'rds_backup_simple' });
    const text = JSON.stringify(output);
    expect((output.required_permissions as { action: string }[]).map(({ action }) => action)).toEqual([
      'rds:DescribeDBInstances',
      'rds:CreateDBSnapshot',
    ]);
    expect(text).toContain('arn:${Partition}:rds:${Region}:${Account}:snapshot:*-poc-*');
    expect(text).toContain('aws rds create-db-snapshot');
  });

  verifies('refuse:mcp', 'refuses a path in place of an identifier', async () => {
    const args = { name: 'rds_backup_simple', params: { instance_id: TRAVERSAL } };
    const { output, isError } = await call(client, 'execute_workflow', args);
    expect(isError).toBe(true);
    const { message } = output.error as { message: string };
    expect(message).toContain('"instance_id"');
    expect(message).toContain('letters, digits or hyphens');
    expect(message).toContain(JSON.stringify(TRAVERSAL));
  });

  verifies('run:confirm', 'asks first, and nothing has changed then', async () => {
    const before = snapshotsOf(runtime);
    const args = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
    const { output } = await call(client, 'execute_workflow', args);
    expect(output.status).toBe('CONFIRMATION_REQUIRED');
    expect(snapshotsOf(runtime)).toEqual(before);
  });

  verifies('run:steps', 'runs both steps, and the snapshot is there', async () => {
    const before = snapshotsOf(runtime);
    const args = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
    const asked = await call(client, 'execute_workflow', args);
    const started = await call(client, 'execute_workflow', {
      ...args,
      confirmation_token: asked.output.confirmation_token,
    });
    const { execution_id } = started.output;
    const { output } = await call(client, 'get_execution', { execution_id, wait_seconds: 10 });
    expect(output.status).toBe('SUCCEEDED');
    expect((output.steps as { id: string; status: string }[]).map(({ id, status }) => [id, status])).toEqual([
      ['validate_instance', 'SUCCEEDED'],
      ['create_snapshot', 'SUCCEEDED'],
    ]);
    const made = snapshotsOf(runtime).filter((id) => !before.includes(id));
    expect(made).toEqual([expect.stringMatching(/^demo-database-poc-\d{8}-\d{6}$/)]);
  });

  verifies('fail:unknown-instance', 'fails at the first step, and makes nothing', async () => {
    const before = snapshotsOf(runtime);
    const args = { name: 'rds_backup_simple', params: { instance_id: 'no-such-database' } };
    const asked = await call(client, 'execute_workflow', args);
    const started = await call(client, 'execute_workflow', {
      ...args,
      confirmation_token: asked.output.confirmation_token,
    });
    const { execution_id } = started.output;
    const { output } = await call(client, 'get_execution', { execution_id, wait_seconds: 10 });
    expect(output.status).toBe('FAILED');
    expect(output.steps).toMatchObject([
      { id: 'validate_instance', status: 'FAILED', error: 'Rds.DbInstanceNotFoundException' },
      { id: 'create_snapshot', status: 'SKIPPED' },
    ]);
    expect(snapshotsOf(runtime)).toEqual(before);
  });
});

/** Runs the state machine past the endpoint, as the console does. */
async function runMachine(
  input: Readonly<Record<string, unknown>>,
  withoutAction?: string,
): Promise<Execution & Pick<LocalRuntime, 'account'>> {
  const clock = createVirtualClock();
  const account = createSimulatedAccount({ catalog: catalog(), clock });
  const executor = createLocalExecutor({
    account,
    clock,
    definitionOf: (bytecode) => toAsl(bytecode),
    policyOf: (bytecode) => {
      const policy = toPolicy(bytecode, account.place);
      return { ...policy, Statement: policy.Statement.filter(({ Action }) => Action !== withoutAction) };
    },
  });
  await executor.start({ bytecode: BYTECODE, executionName: 'from-the-console', input });
  for (;;) {
    const execution = await executor.get(BYTECODE.workflow_id, 'from-the-console');
    if (execution === undefined) throw new Error('The execution is gone');
    if (execution.status !== 'RUNNING') return { ...execution, account };
    await clock.advance(1_000);
  }
}

describe('the state machine itself', () => {
  verifies('refuse:machine', 'refuses a path in place of an identifier', async () => {
    const { status, error, cause, account } = await runMachine({ instance_id: TRAVERSAL });
    expect([status, error]).toEqual(['FAILED', 'Workflow.InvalidParameter']);
    expect(cause).toBe(
      'Parameter instance_id must be 1 to 63 letters, digits or hyphens, first a letter, no hyphen at the end, ' +
        `no two hyphens in a row; it is "${TRAVERSAL}"`,
    );
    expect(snapshotsOf({ account })).toEqual([]);
  });

  verifies('fail:denied', 'fails at the call that its role does not allow', async () => {
    const execution = await runMachine({ instance_id: 'demo-database' }, 'rds:CreateDBSnapshot');
    const steps = stepsFromHistory(BYTECODE, execution.history, execution.status);
    expect(steps.map(({ id, status }) => [id, status])).toEqual([
      ['validate_instance', 'SUCCEEDED'],
      ['create_snapshot', 'FAILED'],
    ]);
    expect(execution.cause).toContain('AccessDenied');
    expect(execution.cause).toContain('is not authorized to perform: rds:CreateDBSnapshot on resource: ');
    expect(snapshotsOf(execution)).toEqual([]);
  });
});

describe('the command line', () => {
  const runCommand = async (...args: string[]) => {
    const printed: string[] = [];
    const terminal = {
      out: (text: string) => printed.push(text),
      err: (text: string) => printed.push(text),
      colour: false,
    };
    return { exitCode: await runProgram(args, terminal), text: printed.join('\n') };
  };

  verifies('refuse:cli', 'refuses a path in place of an identifier', async () => {
    const { exitCode, text } = await runCommand('run', 'rds_backup_simple', '--param', `instance_id=${TRAVERSAL}`);
    expect(exitCode).toBe(1);
    expect(text).toContain('"instance_id"');
    expect(text).toContain('letters, digits or hyphens');
    expect(text).toContain(JSON.stringify(TRAVERSAL));
  });

  it('shows each step with the AWS CLI command it equals', async () => {
    const { exitCode, text } = await runCommand('run', 'rds_backup_simple', '--param', 'instance_id=demo-database');
    expect(exitCode).toBe(0);
    expect(text).toContain('aws rds describe-db-instances --db-instance-identifier demo-database');
    expect(text).toMatch(/aws rds create-db-snapshot .*--db-snapshot-identifier demo-database-poc-\d{8}-\d{6}/);
  });

  it.each([
    [['run'], 2],
    [['run', 'rds_backup_simple', '--param', 'instance_id'], 2],
    [['serve', '--port', '99999'], 2],
    [['no-such-command'], 2],
    [['--help'], 0],
    [['explain', 'no_such_workflow'], 1],
    [['explain', 'rds_backup_simple', '--json'], 0],
    [['check'], 0],
  ])('%j exits with %d', async (args, exitCode) => {
    expect((await runCommand(...args)).exitCode).toBe(exitCode);
  });
});

describe('npm start', () => {
  verifies('start:ready', 'says what it compiled, where it listens and what to try next', async () => {
    const served = await startServer();
    try {
      expect(served.output).toMatch(/rds_backup_simple@1\.0 {2}community {2}risk 2\.5 .*✓ validated/);
      expect(served.output).toContain(`MCP on ${served.url}`);
      expect(served.output).toContain('npx workflow run rds_backup_simple --param instance_id=demo-database');
      const client = await connect(served.url, {});
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
        'suggest_workflows',
        'describe_workflow',
        'execute_workflow',
        'get_execution',
        'cancel_execution',
      ]);
      await client.close();
    } finally {
      await served.stop();
    }
  });
});
