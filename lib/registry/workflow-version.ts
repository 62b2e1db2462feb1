import { WORKFLOW_NAME_PATTERN, WORKFLOW_VERSION_PATTERN } from '../compiler/bytecode-schema.ts';

const NAME = new RegExp(WORKFLOW_NAME_PATTERN);
const VERSION = new RegExp(WORKFLOW_VERSION_PATTERN);

/** Names come from callers and become paths and keys: what is not a name is never looked up. */
export function isWorkflowName(name: string): boolean {
  return NAME.test(name);
}

export function isWorkflowVersion(version: string): boolean {
  return VERSION.test(version);
}

/**
 * Negative where `a` is older than `b`. Numbers are compared as numbers, missing ones count as zero ("1.10" > "1.9");
 * versions that are equal as numbers ("1.0" and "1.0.0") are ordered as text, so that there is always one newest.
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The newest of the versions among `names`, each `<version>.json`; other names are not versions. */
export function newestVersion(fileNames: readonly string[]): string | undefined {
  return fileNames
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter(isWorkflowVersion)
    .sort(compareVersions)
    .at(-1);
}
