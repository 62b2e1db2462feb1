import { showValue } from '../diagnostics/show-value.ts';
import type { Path } from './source.ts';

const ONE: Readonly<Record<string, string>> = {
  steps: 'step',
  parameters: 'parameter',
  tags: 'tag',
  use_cases: 'use case',
  required_permissions: 'permission',
  depends_on: 'dependency',
  enum: 'allowed value',
};

/** What stands at a path, in words: `the workflow`, `step "create_snapshot"`, `"service" in "context" of step 2`. */
export function nameOfPart(path: Path, plain: unknown): string {
  const names: string[] = [];
  let value = plain;
  for (const [index, part] of path.entries()) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string | number, unknown>>)[part]
        : undefined;
    const list = path[index - 1];
    if (typeof part === 'string') names.push(showValue(part));
    else if (typeof list === 'string') names[names.length - 1] = `${nameOfEntry(list, part, value)}`;
    else names.push(`entry ${part + 1}`);
  }
  return names.length === 0 ? 'the workflow' : names.reverse().join(' of ');
}

function nameOfEntry(list: string, index: number, value: unknown): string {
  const entry = typeof value === 'object' && value !== null ? (value as { id?: unknown; name?: unknown }) : {};
  const name = list === 'steps' ? entry.id : list === 'parameters' ? entry.name : undefined;
  const what = ONE[list] ?? `entry of ${showValue(list)}`;
  return typeof name === 'string' ? `${what} ${showValue(name)}` : `${what} ${index + 1}`;
}
