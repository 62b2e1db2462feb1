import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

const ROOT = join(__dirname, '../..');
const EMULATOR = 'ministack==1.5.33';
/** Where CloudFormation makes KMS keys and certificates the emulator wants this, and does not ask for it. */
const CRYPTOGRAPHY = 'cryptography';
const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

export interface Emulator {
  readonly endpoint: string;
  /** For programs that are to reach it, and nothing else: no setting of who runs this is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Makes the Python environment once, and again only where the emulator's version has changed. */
export async function installEmulator(directory: string): Promise<void> {
  const marker = join(directory, `${EMULATOR}.installed`);
  if (existsSync(marker)) return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  // The proxy and index settings of who runs this are what pip needs to find packages.
  const options = { cwd: directory, env: definedEnvironment(), timeoutSeconds: 300 };
  await runCommand('python3', ['-m', 'venv', 'python'], options);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', EMULATOR, CRYPTOGRAPHY];
  await runCommand(join(directory, 'python', 'bin', 'python'), pip, options);
  await (await open(marker, 'w')).close();
}

/** Starts the emulator with IAM and TLS on, on a free loopback port. */
export async function startEmulator(directory: string): Promise<Emulator> {
  const work = await mkdtemp(join(directory, 'run-'));
  await mkdir(join(work, 'home'));
  const port = await freePort();
  const endpoint = `https://127.0.0.1:${port}`;
  const certificate = join(work, 'ministack-tls', 'server.crt');
  const logFile = join(work, 'log');
  const log = await open(logFile, 'w');
  const path = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
  // Nothing of the surroundings: the emulator hands its environment on to every Lambda function.
  const child = spawn(join(directory, 'python', 'bin', 'python'), ['-c', LAUNCH], {
    cwd: work,
    stdio: ['ignore', log.fd, log.fd],
    env: {
      PATH: path,
      HOME: join(work, 'home'),
      TMPDIR: work,
      AUTH: 'true',
      USE_SSL: '1',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      // Stands for the AWS SDK that Lambda's Node.js runtimes bring along.
      NODE_PATH: join(ROOT, 'node_modules'),
    },
  });
  await log.close();
  const killAtExit = () => {
    child.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true });
  };
  process.once('exit', killAtExit);

  const emulator: Emulator = {
    endpoint,
    environment: {
      PATH: path,
      // A home of its own: the CDK caches account numbers there, and the SDK would read profiles.
      HOME: join(work, 'home'),
      AWS_ENDPOINT_URL: endpoint,
      NODE_EXTRA_CA_CERTS: certificate,
      AWS_CA_BUNDLE: certificate,
      // The emulator takes these for the root of the account.
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      CDK_DISABLE_CLI_TELEMETRY: '1',
      NO_COLOR: '1',
      // The AWS SDK warns of Node.js 20 in every process.
      NODE_NO_WARNINGS: '1',
    },
    log: () => readFile(logFile, 'utf8'),
    stop: async () => {
      await end(child);
      process.off('exit', killAtExit);
      await rm(work, { recursive: true, force: true });
    },
  };
  await untilListening(port, child, emulator);
  return emulator;
}

/** With TLS on it would listen on port 443 as well, where it may. */
const LAUNCH = 'from ministack import app; app._port_is_bindable = lambda host, port: False; app.main()';

async function untilListening(port: number, child: ChildProcess, emulator: Emulator): Promise<void> {
  const { connect } = await import('node:net');
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.unref();
      setTimeout(() => socket.destroy(), 100).unref();
    });
    if (open) return;
    await sleep(100);
  }
  const log = await emulator.log();
  await emulator.stop();
  throw new Error(`The emulator did not start:\n${log}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(killing);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
