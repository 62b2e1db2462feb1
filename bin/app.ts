import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleApproval } from '../lambdas/approval/bundle.ts';
import { bundleMcp } from '../lambdas/mcp/bundle.ts';
import { bundlePublish } from '../lambdas/publish/bundle.ts';
import { bundleSearch } from '../lambdas/search/bundle.ts';
import { loadCatalog } from '../lib/catalog/load-catalog.ts';
import { printDiagnostics } from '../lib/diagnostics/print-diagnostics.ts';
import { WorkflowsStack } from '../lib/infra/workflows-stack.ts';
import { compileRegistry, readCeilings } from '../lib/registry/compile-registry.ts';
import { buildIndex } from '../lib/search/build-index.ts';
import { loadMiniLm } from '../lib/search/minilm-embedder.ts';
import { serializeIndex } from '../lib/search/serialize-index.ts';

const ROOT = join(__dirname, '..');

/** The CDK app: compiles the registry, bundles the functions, and leaves the synthesis to the CDK command line. */
async function main(): Promise<void> {
  const [directory, catalog] = [join(ROOT, 'registry'), loadCatalog()];
  const registry = compileRegistry(directory, catalog);
  const texts = new Map(registry.files.map(({ file, text }) => [file, text]));
  process.stderr.write(printDiagnostics(registry.diagnostics, texts, { colour: process.stderr.isTTY }));
  if (registry.diagnostics.some(({ severity }) => severity === 'error')) throw new Error('The registry has errors');
  if (!registry.lock.upToDate) throw new Error('The lock file is not up to date: run npx workflow compile');

  const workflows = registry.bytecodes;
  const index = await buildIndex(workflows, await loadMiniLm(join(ROOT, 'models')), catalog.digest);
  const bundles = join(ROOT, 'build', 'lambdas');
  const functions = {
    mcp: join(bundles, 'mcp'),
    search: join(bundles, 'search'),
    publish: join(bundles, 'publish'),
    approval: join(bundles, 'approval'),
  };
  bundleSearch({ outputDirectory: functions.search, indexBytes: serializeIndex(index) });
  await bundleApproval({ outputDirectory: functions.approval });
  await bundleMcp({ outputDirectory: functions.mcp });
  await bundlePublish({ outputDirectory: functions.publish, bytecodes: workflows });

  const app = new App();
  new WorkflowsStack(app, 'AwsMcpWorkflows', {
    workflows,
    registryDigest: index.registryDigest,
    ceilings: readCeilings(directory),
    catalog,
    functions,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
