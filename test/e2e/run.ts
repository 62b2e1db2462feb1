import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCOUNT, type Emulator, installEmulator, startEmulator } from './emulator.ts';
import { fitTemplate, type Template } from './fit-template.ts';
import { runCommand } from './run-command.ts';

/**
 * The whole way against a running AWS API: synthesises and deploys the application into an emulator with the real CDK,
 * then calls it with the official clients. Exits with 0 only where everything passed.
 */
const ROOT = join(__dirname, '../..');
const WORK = join(ROOT, '.emu');
const ASSEMBLY = join(WORK, 'cdk.out');
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
  await timed('synthesised', synthesise);
  const emulator = await startEmulator(WORK);
  console.log(`  emulator at ${emulator.endpoint}, IAM and TLS on`);
  try {
    await timed('bootstrapped', () => bootstrap(emulator));
    await timed('deployed', () => deploy(emulator));
    const failed = await runChecks(emulator);
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
async function synthesise(): Promise<void> {
  await rm(ASSEMBLY, { recursive: true, force: true });
  const { PATH = '' } = process.env;
  const environment = { PATH, HOME: WORK, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' };
  await cdk(environment, ['synth', '--quiet', '--no-validation', '--output', ASSEMBLY]);
  await fitAssembly();
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

async function fitAssembly(): Promise<void> {
  for (const file of (await readdir(ASSEMBLY)).filter((name) => name.endsWith('.template.json'))) {
    const path = join(ASSEMBLY, file);
    const template = JSON.parse(await readFile(path, 'utf8')) as Template;
    for (const line of fitTemplate(template)) console.log(`  left out for the emulator: ${line}`);
    await writeFile(path, JSON.stringify(template));
  }
}

/** In a process of its own: Node.js reads the emulator's certificate from the environment at its start only. */
async function runChecks(emulator: Emulator): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'checks', 'run.ts'), OUTPUTS], {
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
