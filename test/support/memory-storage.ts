import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import type { WorkflowStorage } from '../../lib/registry/workflow-storage.ts';
import { compareVersions } from '../../lib/registry/workflow-version.ts';

/** A registry of workflows that are already at hand. */
export function memoryStorage(workflows: readonly Bytecode[]): WorkflowStorage {
  const sorted = [...workflows].sort((a, b) => compareVersions(b.metadata.version, a.metadata.version));
  const load = async (name: string, version?: string) =>
    sorted.find(({ metadata }) => metadata.name === name && (version ?? metadata.version) === metadata.version);
  const names = [...new Set(workflows.map(({ metadata }) => metadata.name))].sort();
  return {
    load,
    list: async () => (await Promise.all(names.map((name) => load(name)))).filter((found) => found !== undefined),
  };
}
