import type { Value } from '../analyse/value.ts';

/** The values at a way into a call's arguments: through structures by name, through every item of lists, `{}` for the keys of a map. */
export function valuesAt(members: ReadonlyMap<string, Value>, path: readonly string[]): readonly Value[] {
  const [name, ...rest] = path;
  const value = name === undefined ? undefined : members.get(name);
  return value === undefined ? [] : within(value, rest);
}

function within(value: Value, path: readonly string[]): readonly Value[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (value.kind === 'list') return value.items.flatMap((item) => within(item, path));
  // What an expression gives is known only at run time, whatever is in it.
  if (value.kind === 'template') return [value];
  if (value.kind !== 'structure') return [];
  if (name === '{}') return value.entries.map(([key]) => ({ kind: 'literal', value: key, path: value.path }));
  return value.entries.flatMap(([key, entry]) => (key === name ? within(entry, rest) : []));
}
