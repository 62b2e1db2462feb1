import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { consoleChecks } from './console-checks.ts';
import { createDatabase } from './database.ts';
import { readDeployment } from './deployment.ts';
import { jwtChecks } from './jwt-checks.ts';
import { mcpChecks } from './mcp-checks.ts';
import { planChecks } from './plan-checks.ts';
import { registryChecks } from './registry-checks.ts';
import { createReport } from './report.ts';
import { roleChecks } from './role-checks.ts';
import { workflowChecks } from './workflow-checks.ts';

interface Given {
  /** The file of stack outputs. */
  readonly outputsFile: string;
  /** The application synthesised for access tokens of this issuer, for this audience. */
  readonly jwtAssembly: string;
  readonly issuer: string;
  readonly audience: string;
}

/** Started by `../run.ts` with the emulator in its environment. */
async function main({ outputsFile, jwtAssembly, issuer, audience }: Given): Promise<void> {
  const report = createReport();
  const deployment = readDeployment(outputsFile);
  await createDatabase();
  // The last: it changes who may call.
  const tokens: typeof mcpChecks = (to, deployed) =>
    jwtChecks(to, deployed, { issuer, audience, deploy: () => deploy(jwtAssembly) });
  for (const checks of [registryChecks, mcpChecks, consoleChecks, roleChecks, workflowChecks, planChecks, tokens]) {
    // A part that cannot even begin is a failure of its own, and must not hide the others.
    await checks(report, deployment).catch((error: unknown) => report.check(checks.name, () => Promise.reject(error)));
  }
  console.log(`\n${report.passed} passed, ${report.failed} failed`);
  process.exitCode = report.failed === 0 ? 0 : 1;
}

async function deploy(assembly: string): Promise<void> {
  const cdk = join(__dirname, '../../../node_modules/aws-cdk/bin/cdk');
  const args = [cdk, 'deploy', '--app', assembly, '--all', '--method=direct', '--require-approval=never'];
  const start = performance.now();
  const env = process.env as Record<string, string>;
  await runCommand(process.execPath, args, { cwd: process.cwd(), env, timeoutSeconds: 180 });
  console.log(`  deployed again (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
}

const [outputsFile, jwtAssembly, issuer, audience] = process.argv.slice(2);
if (outputsFile === undefined || jwtAssembly === undefined || issuer === undefined || audience === undefined)
  throw new Error('usage: run.ts <outputs.json> <assembly> <issuer> <audience>');
void main({ outputsFile, jwtAssembly, issuer, audience });
