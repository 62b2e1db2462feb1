import type { CallSource, Path, StepSource } from '../../language/source.ts';
import { TEXT_FIELDS } from '../analyse/read-fields.ts';

/** Stands for a value that is left out of the list or mapping it is in. */
export const LEFT_OUT = Symbol('left out');

export interface Change {
  /** A field that holds one text: `when`, `message`, `output.<name>` … */
  text(text: string, path: Path): string;
  /** A text anywhere below `parameters` or `context`, which may become any value. */
  value(text: string, path: Path): unknown;
}

/** A step with every text changed that its author can write `${…}` in. `path` is where the step stands. */
export function mapStep(step: StepSource, path: Path, change: Change): StepSource {
  const fields = step as unknown as Readonly<Record<string, unknown>>;
  const changed: Record<string, unknown> = { ...fields, ...mapCall(fields, path, change) };
  for (const field of TEXT_FIELDS) {
    const text = fields[field];
    if (typeof text === 'string') changed[field] = change.text(text, [...path, field]);
  }
  if (step.output !== undefined) {
    changed.output = Object.fromEntries(
      Object.entries(step.output).map(([name, text]) => [name, change.text(text, [...path, 'output', name])]),
    );
  }
  if (step.type === 'command' && step.undo !== undefined) {
    changed.undo = { ...step.undo, ...mapCall({ ...step.undo }, [...path, 'undo'], change) };
  }
  return changed as unknown as StepSource;
}

function mapCall(
  call: Readonly<Record<string, unknown>>,
  path: Path,
  change: Change,
): Pick<CallSource, 'parameters' | 'context'> {
  const container = (field: 'parameters' | 'context'): object =>
    call[field] === undefined ? {} : { [field]: mapValue(call[field], [...path, field], change) };
  return { ...container('parameters'), ...container('context') };
}

/** A value as an author wrote it, with every text in it changed. */
export function mapValue(plain: unknown, path: Path, change: Pick<Change, 'value'>): unknown {
  if (typeof plain === 'string') return change.value(plain, path);
  if (plain === null || typeof plain !== 'object') return plain;
  if (Array.isArray(plain)) {
    return plain.map((item, index) => mapValue(item, [...path, index], change)).filter((item) => item !== LEFT_OUT);
  }
  const entries = Object.entries(plain).map(([key, entry]) => [key, mapValue(entry, [...path, key], change)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== LEFT_OUT));
}
