// Removes the assemblies that the tests leave in the temporary folder.
import 'aws-cdk-lib/testhelpers/jest-autoclean';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { WorkflowsStack } from '../../lib/infra/workflows-stack.ts';
import { compileRegistry, readCeilings } from '../../lib/registry/compile-registry.ts';

export interface Synthesis {
  readonly app: App;
  readonly stack: WorkflowsStack;
  readonly workflows: readonly Bytecode[];
}

/** The stack over the real registry and `more`; in place of the bundled functions stand empty ones, which no template shows. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}, more: readonly Bytecode[] = []): Synthesis {
  const [directory, catalog] = [join(__dirname, '../../registry'), loadCatalog()];
  const { bytecodes } = compileRegistry(directory, catalog);
  const ceilings = readCeilings(directory);
  const workflows = [...bytecodes, ...more];
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => undefined;');
  const functions = { mcp: folder, search: folder, publish: folder, approval: folder };
  const app = new App({ analyticsReporting: false, context });
  const stack = new WorkflowsStack(app, 'Test', {
    workflows,
    registryDigest: 'sha256:0',
    ceilings,
    catalog,
    functions,
  });
  // Its contents were copied when the functions were made.
  rmSync(folder, { recursive: true });
  return { app, stack, workflows };
}
