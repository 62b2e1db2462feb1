import type { Path, StepSource } from '../../language/source.ts';
import type { Report } from './analysis.ts';
import { readValue, type Value } from './value.ts';

/** Fields of a step that hold expressions, besides its call. */
export const TEXT_FIELDS = ['when', 'for_each', 'until', 'fail_when', 'that', 'message', 'seconds'] as const;

/** What a step's author wrote as expressions, by field; each kept result stands as `output.<name>`. */
export function readFields(source: StepSource, path: Path, report: Report): ReadonlyMap<string, Value> {
  const plain = source as unknown as Readonly<Record<string, unknown>>;
  const fields = new Map<string, Value>();
  for (const field of TEXT_FIELDS) {
    if (plain[field] !== undefined) fields.set(field, readValue(plain[field], [...path, field], report));
  }
  for (const [name, value] of Object.entries(source.output ?? {})) {
    fields.set(`output.${name}`, readValue(value, [...path, 'output', name], report));
  }
  return fields;
}
