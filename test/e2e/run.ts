import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCOUNT, type Emulator, freePort, installEmulator, startEmulator } from './emulator.ts';
import { fitTemplate, type Template } from './fit-template.ts';
import { runCommand } from './run-command.ts';

/**
 * The whole way against a running AWS API: synthesises and deploys the application into an emulator with the real CDK,
 * then calls it with the official clients. Exits with 0 only where everything passed.
 */
const ROOT = join(__dirname, '../..');
const WORK = join(ROOT, '.emu');
const ASSEMBLY = join(WORK, 'cdk.out');
/** The same, for callers with access tokens. */
const JWT_ASSEMBLY = join(WORK, 'cdk.out.jwt');
const AUDIENCE = 'workflows';
const OUTPUTS = join(WORK, 'outputs.json');
const CDK = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

async function main(): Promise<number> {
  const usable = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  if (spawnSync('python3', ['-c', usable]).status !== 0) {
    console.error(
      'The end-to-end test needs Python 3.10 or later with the venv module, for the AWS emulator: not found.',
    );
    return 1;
  }
  await timed('emulator installed', () => installEmulator(WORK));
  const issuer = `http://127.0.0.1:${await freePort()}`;
  await timed('synthesised', () => synthesise(ASSEMBLY, ['check_caller_permissions=true', 'approval_link=true']));
  const emulator = await startEmulator(WORK);
  console.log(`  emulator at ${emulator.endpoint}, IAM and TLS on`);
  try {
    const jwt = ['auth=jwt', `jwt_issuer=${issuer}`, `jwt_audience=${AUDIENCE}`, 'approval_link=true'];
    // Nothing waits for it but the last of the checks.
    const synthesis = synthesise(JWT_ASSEMBLY, jwt).then(
      () => undefined,
      (error: unknown) => error,
    );
    await timed('bootstrapped', () => bootstrap(emulator));
    await timed('deployed', () => deploy(emulator));
    const fault = await timed('synthesised for access tokens', () => synthesis);
    if (fault !== undefined) throw fault;
    const failed = await runChecks(emulator, issuer);
    if (failed !== 0) await showLog(emulator);
    return failed;
  } catch (error) {
    await showLog(emulator);
    throw error;
  } finally {
    await emulator.stop();
  }
}

/** As for AWS, then without what the emulator cannot do. The account is not asked for: the stack is for any. */
async function synthesise(assembly: string, context: readonly string[]): Promise<void> {
  await rm(assembly, { recursive: true, force: true });
  const { PATH = '' } = process.env;
  const environment = { PATH, HOME: WORK, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' };
  const settings = context.flatMap((setting) => ['--context', setting]);
  await cdk(environment, ['synth', '--quiet', '--no-validation', '--output', assembly, ...settings]);
  await fitAssembly(assembly);
}

async function bootstrap(emulator: Emulator): Promise<void> {
  await cdk(emulator.environment, ['bootstrap', '--app', '', `aws://${ACCOUNT}/us-east-1`]);
}

async function deploy(emulator: Emulator): Promise<void> {
  const how = ['--method=direct', '--require-approval=never', '--outputs-file', OUTPUTS];
  await cdk(emulator.environment, ['deploy', '--app', ASSEMBLY, '--all', ...how]);
}

async function cdk(env: Readonly<Record<string, string>>, args: readonly string[]): Promise<void> {
  await runCommand(process.execPath, [CDK, ...args], { cwd: ROOT, env, timeoutSeconds: 180 });
}

async function fitAssembly(assembly: string): Promise<void> {
  for (const file of (await readdir(assembly)).filter((name) => name.endsWith('.template.json'))) {
    const path = join(assembly, file);
    const template = JSON.parse(await readFile(path, 'utf8')) as Template;
    const leftOut = fitTemplate(template);
    // The same is left out of both.
    if (assembly === ASSEMBLY) for (const line of leftOut) console.log(`  left out for the emulator: ${line}`);
    await writeFile(path, JSON.stringify(template));
  }
}

/** In a process of its own: Node.js reads the emulator's certificate from the environment at its start only. */
async function runChecks(emulator: Emulator, issuer: string): Promise<number> {
  const given = [OUTPUTS, JWT_ASSEMBLY, issuer, AUDIENCE];
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'checks', 'run.ts'), ...given], {
    cwd: ROOT,
    env: emulator.environment,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`  ${what} (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
  return result;
}

async function showLog(emulator: Emulator): Promise<void> {
  console.error(`\nEnd of the emulator's log:\n${(await emulator.log()).split('\n').slice(-150).join('\n')}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
