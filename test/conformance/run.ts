import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { McpHandler } from '../../lib/mcp/guard-requests.ts';
import { mcpBench } from '../support/mcp-bench.ts';
import { fixtureHandler } from './fixture-server.ts';
import { fetchInspector, type InspectorCheck, inspect } from './inspector.ts';
import { type Format, serveGateway } from './serve-gateway.ts';
import { readSuiteReport, type SuiteReport } from './suite-report.ts';

const ROOT = path.join(__dirname, '..', '..');
/** Fetched once; `npm ci` takes it away. */
const INSPECTOR = path.join(ROOT, 'node_modules', '.cache', 'inspector-2.12.0');
const SUITE = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';

interface Target {
  readonly title: string;
  readonly handler: McpHandler;
  readonly format: Format;
  readonly revision: string;
  /** Scenarios that may fail; one that passes after all is a failure, too. */
  readonly baseline?: string;
  /** Checks that have to pass at least. */
  readonly leastChecks: number;
  /** How many scenarios the revision requires. */
  readonly required: number;
  /** All scenarios that may fail, required or not; of the product see the baseline. */
  readonly mayFail?: readonly string[];
}

const FIXTURE = fixtureHandler();
// These four ask the client in the middle of a call, over a channel that answers through API Gateway do not have.
const NEEDS_CHANNEL = [
  'tools-call-sampling',
  'tools-call-elicitation',
  'elicitation-sep1034-defaults',
  'elicitation-sep1330-enums',
];
const OLD = {
  revision: '2025-11-25',
  baseline: 'expected-failures-2025-11-25.yaml',
  leastChecks: 63,
  required: 30,
  mayFail: NEEDS_CHANNEL,
};
// It wants an error of the protocol where the SDK gives what a tool throws as the tool's result; no revision requires it.
const NEW = { revision: '2026-07-28', leastChecks: 192, required: 37, mayFail: ['tasks-required-task-error'] };

const TARGETS: readonly Target[] = [
  { title: 'fixture', handler: FIXTURE, format: '2.0', ...NEW },
  { title: 'fixture', handler: FIXTURE, format: '1.0', ...NEW },
  { title: 'fixture', handler: FIXTURE, format: '2.0', ...OLD },
  { title: 'fixture', handler: FIXTURE, format: '1.0', ...OLD },
  {
    title: 'product',
    handler: mcpBench().handler,
    format: '2.0',
    revision: '2026-07-28',
    baseline: 'product-baseline-2026-07-28.yaml',
    leastChecks: 110,
    required: 37,
  },
];

async function run(): Promise<void> {
  let failed = 0;
  for (const target of TARGETS) if (!(await holds(target))) failed += 1;
  const looks = await inspected();
  for (const { state, message } of looks) console.log(`${state.padEnd(6)} Inspector, strict: ${message}`);
  failed += looks.filter(({ state }) => state === 'FAILED').length;
  const run = TARGETS.length + looks.filter(({ state }) => state !== 'not run').length;
  console.log(`\n${run - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function holds(target: Target): Promise<boolean> {
  const server = await serveGateway(target.handler, target.format);
  const { code, output } = await suite(server.url, target);
  server.close();
  const report = readSuiteReport(output, requiredBy(target.revision));
  // The suite itself ends with 0 only where every scenario that the revision requires passes, but for the baseline.
  const ok = code === 0 && report !== undefined && fulfils(report, target);
  const what = `${target.title}, payload ${target.format}, ${target.revision}`;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}: ${report ? figures(report) : 'no summary'}, exit ${code}`);
  if (!ok) console.log(output.slice(-6_000));
  return ok;
}

async function inspected(): Promise<readonly InspectorCheck[]> {
  const missing = await fetchInspector(INSPECTOR);
  if (missing !== undefined) return [{ state: 'not run', message: missing }];
  const server = await serveGateway(mcpBench().handler, '2.0');
  const looks = await inspect(server.url, INSPECTOR);
  server.close();
  return looks;
}

/** The scenarios that a revision requires of a server: the suite's own list, which is frozen. */
function requiredBy(revision: string): readonly string[] {
  const list = readFileSync(path.join(ROOT, path.dirname(SUITE), '..', 'requirements', `${revision}.yaml`), 'utf8');
  return (parse(list) as { readonly server: readonly string[] }).server;
}

function fulfils(report: SuiteReport, { leastChecks, required, mayFail }: Target): boolean {
  const failing = [...report.requiredFailing, ...report.otherFailing];
  const unexpected = mayFail ? failing.filter((name) => !mayFail.includes(name)) : [];
  return report.passed >= leastChecks && report.required === required && unexpected.length === 0;
}

function figures({ passed, failed, required, requiredFailing, otherFailing }: SuiteReport): string {
  const scenarios = `${required - requiredFailing.length} of ${required} required scenarios`;
  const rest = otherFailing.length === 0 ? '' : `, not required and failing: ${otherFailing.join(', ')}`;
  return `${passed} checks passed, ${failed} failed, ${scenarios}${rest}`;
}

function suite(url: string, { revision, baseline }: Target): Promise<{ code: number | null; output: string }> {
  const expected = baseline ? ['--expected-failures', path.join('test/conformance', baseline)] : [];
  const shim = './test/conformance/glob-shim.mjs';
  const args = ['--import', shim, SUITE, 'server', '--url', url, '--requirements', revision, '--timeout', '20000'];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, ...expected], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

void run();
