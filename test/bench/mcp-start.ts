import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleMcp } from '../../lambdas/mcp/bundle.ts';
import type { Figure } from './figure.ts';

const STARTS = 15;
const WARM_CALLS = 500;
const ROOT = join(__dirname, '../..');

/** How large the function is, how long a new process takes to its first answer, and how long the later ones take. */
export async function startFigures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  await bundleMcp({ outputDirectory: folder });
  const bundle = join(folder, 'index.js');
  const bytes = statSync(bundle).size;
  const starts: Start[] = [];
  for (let start = 0; start < STARTS; start += 1) starts.push(await startOf(bundle));
  rmSync(folder, { recursive: true });
  const cold = starts.map((start) => start.cold);
  const warm = starts.flatMap((start) => start.warm);
  const of = (times: readonly number[]) => `p90 ${at(times, 0.9).toFixed(1)} ms, on one processor`;
  return [
    { name: 'bundle of the function, in thousands of bytes', value: bytes / 1_000, unit: 'count', atMost: 500 },
    {
      name: 'new process to its first tools/list, median',
      value: at(cold, 0.5),
      unit: 'ms',
      atMost: 250,
      of: of(cold),
    },
    { name: 'a later tools/list, median', value: at(warm, 0.5), unit: 'ms', atMost: 3, of: of(warm) },
  ];
}

interface Start {
  readonly cold: number;
  readonly warm: readonly number[];
}

/** In a process of its own, on one processor where the system can hold it there. */
async function startOf(bundle: string): Promise<Start> {
  const script = [process.execPath, join(__dirname, 'mcp-cold-start.cjs'), bundle, String(WARM_CALLS)];
  const [command = '', ...args] = process.platform === 'linux' ? ['taskset', '-c', '0', ...script] : script;
  const env = {
    PATH: process.env.PATH,
    NODE_PATH: join(ROOT, 'node_modules'),
    NODE_NO_WARNINGS: '1',
    AWS_REGION: 'eu-west-1',
    AUTH: 'iam',
    REGISTRY_BUCKET: 'registry',
    SEARCH_FUNCTION: 'search',
    CONFIRMATION_SECRET: 'secret',
  };
  const { stdout } = await promisify(execFile)(command, args, { env, maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Start;
}

function at(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(part * times.length)] ?? Number.NaN;
}
