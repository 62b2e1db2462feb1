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
    const { journal, volatile = [] } = kindOf(service, kind);
    if (journal === true) continue;
    const lasting = Object.entries(attributes).filter(([name]) => !volatile.includes(name));
    const key = own === '' || own === region ? id : `${own}/${id}`;
    snapshot[service] ??= {};
    const kinds = snapshot[service];
    kinds[kind] = { ...kinds[kind], [key]: Object.fromEntries(lasting) };
  }
  return inOrder(snapshot) as WorldSnapshot;
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
