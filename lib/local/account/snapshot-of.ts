import { isDeepStrictEqual } from 'node:util';
import type { Attributes, ResourceBehaviour } from './behaviour.ts';
import type { Resource } from './world.ts';

/** What an account holds, by service, kind and identifier; that of another Region has its Region before it. */
export type WorldSnapshot = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Attributes>>>>>>;

/**
 * Resources as plain data with all names and lists in order, so that what is the same is the same text. AWS gives
 * lists (tags, rules, attachments) in no order, and an empty one where there is nothing.
 */
export function snapshotOf(
  resources: readonly Resource[],
  kindOf: (service: string, kind: string) => ResourceBehaviour,
  region: string,
): WorldSnapshot {
  const snapshot: Record<string, Record<string, Record<string, Attributes>>> = {};
  for (const { service, kind, id, region: own, attributes } of resources) {
    const behaviour = kindOf(service, kind);
    if (behaviour.journal === true) continue;
    const key = own === '' || own === region ? id : `${own}/${id}`;
    snapshot[service] ??= {};
    const kinds = snapshot[service];
    kinds[kind] ??= {};
    kinds[kind][key] = lastingInOrder(attributes, behaviour);
  }
  return byName(snapshot, (kinds) => byName(kinds, (resources) => byName(resources, (attributes) => attributes)));
}

function byName<T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => [name, change(value)]),
  );
}

/** Attributes are never changed but replaced, so that those of a resource that nothing touches are put in order once. */
const ordered = new WeakMap<Attributes, Attributes>();

function lastingInOrder(attributes: Attributes, { volatile = [] }: ResourceBehaviour): Attributes {
  const known = ordered.get(attributes);
  if (known !== undefined) return known;
  const lasting = Object.entries(attributes).filter(([name]) => !volatile.includes(name));
  const made = inOrder(Object.fromEntries(lasting)) as Attributes;
  ordered.set(attributes, made);
  return made;
}

/** The resources that are not alike in two snapshots, in order: `rds snapshot orders-1`. */
export function changedResources(before: WorldSnapshot, after: WorldSnapshot): readonly string[] {
  const names = (snapshot: WorldSnapshot): readonly [string, Attributes][] =>
    Object.entries(snapshot).flatMap(([service, kinds]) =>
      Object.entries(kinds).flatMap(([kind, resources]) =>
        Object.entries(resources).map(([id, attributes]): [string, Attributes] => [
          `${service} ${kind} ${id}`,
          attributes,
        ]),
      ),
    );
  const old = new Map(names(before));
  const now = new Map(names(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name) && !isDeepStrictEqual(old.get(name), now.get(name)))
    .sort();
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
