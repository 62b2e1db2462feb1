import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import { createLocalRuntime, type LocalRuntime } from './local-runtime.ts';

/**
 * A simulated account, and a workflow that was read back as the cloud reads it; undefined where there is none of that
 * name. The bytecode goes through a folder of its own, so that commands that run at once are not in each other's way.
 */
export async function openLocalWorkflow(
  name: string,
  bytecodes: readonly Bytecode[],
  catalog: Catalog,
  speed: number,
): Promise<{ readonly runtime: LocalRuntime; readonly bytecode: Bytecode | undefined }> {
  const build = mkdtempSync(join(tmpdir(), 'workflow-'));
  try {
    const runtime = createLocalRuntime(bytecodes, catalog, speed, build);
    return { runtime, bytecode: await runtime.storage.load(name) };
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}
