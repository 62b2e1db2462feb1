import { PathError, type PathStep } from './json-path/json-path.ts';
import { parseJsonPath } from './json-path/parse-json-path.ts';
import { isObject } from './json-path/read-json-path.ts';

/**
 * A copy of `document` with `value` where the reference path leads; objects that are missing on the way are made.
 * Throws {@link PathError} where something else than an object or a long enough array is in the way.
 * https://states-language.net/#ref-paths
 */
export function writeReference(path: string, document: unknown, value: unknown): unknown {
  return write(parseJsonPath(path).steps, 0, document, value);
}

function write(steps: readonly PathStep[], index: number, at: unknown, value: unknown): unknown {
  const step = steps[index];
  if (step === undefined) return value;
  if (step.kind === 'property') {
    const name = step.names[0] ?? '';
    if (at !== undefined && !isObject(at)) throw new PathError(`Not an object: ${JSON.stringify(at)}`);
    const member = at !== undefined && Object.hasOwn(at, name) ? at[name] : undefined;
    const written = write(steps, index + 1, member, value);
    // A computed name, as `__proto__` is a name like any other in JSON.
    return { ...at, ...Object.fromEntries([[name, written]]) };
  }
  const place = step.kind === 'index' ? (step.indexes[0] ?? 0) : -1;
  if (!Array.isArray(at) || place < 0 || place >= at.length) throw new PathError(`Not an item of an array: ${place}`);
  return at.with(place, write(steps, index + 1, at[place], value));
}

/** Why a path cannot be a reference path, which leads to one place; nothing where it can. */
export function notAReferencePath(path: string): string | undefined {
  const { steps } = parseJsonPath(path);
  const single = (step: PathStep): boolean =>
    (step.kind === 'property' && step.names.length === 1) || (step.kind === 'index' && step.indexes.length === 1);
  return steps.every(single) ? undefined : `Not a reference path: ${path}`;
}
