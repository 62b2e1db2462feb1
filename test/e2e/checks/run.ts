import { consoleChecks } from './console-checks.ts';
import { createDatabase } from './database.ts';
import { readDeployment } from './deployment.ts';
import { mcpChecks } from './mcp-checks.ts';
import { registryChecks } from './registry-checks.ts';
import { createReport } from './report.ts';
import { roleChecks } from './role-checks.ts';
import { workflowChecks } from './workflow-checks.ts';

/** Started by `../run.ts` with the emulator in its environment; its argument is the file of stack outputs. */
async function main(outputsFile: string): Promise<void> {
  const report = createReport();
  const deployment = readDeployment(outputsFile);
  await createDatabase();
  for (const checks of [registryChecks, mcpChecks, consoleChecks, roleChecks, workflowChecks]) {
    // A part that cannot even begin is a failure of its own, and must not hide the others.
    await checks(report, deployment).catch((error: unknown) => report.check(checks.name, () => Promise.reject(error)));
  }
  console.log(`\n${report.passed} passed, ${report.failed} failed`);
  process.exitCode = report.failed === 0 ? 0 : 1;
}

const [outputsFile] = process.argv.slice(2);
if (outputsFile === undefined) throw new Error('usage: run.ts <outputs.json>');
void main(outputsFile);
