import type { Resource } from './world.ts';

/** Resources by what never changes of them, each list in the order of their making. */
export interface ResourceIndex {
  add(resource: Resource): void;
  remove(resource: Resource): void;
  byId(id: string): readonly Resource[];
  byArn(arn: string): readonly Resource[];
}

/** An account with ten thousand resources is asked for one of them several times in every call. */
export function createResourceIndex(): ResourceIndex {
  const ids = new Map<string, Resource[]>();
  const arns = new Map<string, Resource[]>();
  const addTo = (map: Map<string, Resource[]>, key: string, resource: Resource): void => {
    const there = map.get(key);
    if (there === undefined) map.set(key, [resource]);
    else there.push(resource);
  };
  const removeFrom = (map: Map<string, Resource[]>, key: string, resource: Resource): void => {
    const left = (map.get(key) ?? []).filter((other) => other !== resource);
    if (left.length === 0) map.delete(key);
    else map.set(key, left);
  };
  return {
    add(resource) {
      addTo(ids, resource.id, resource);
      if (resource.arn !== '') addTo(arns, resource.arn, resource);
    },
    remove(resource) {
      removeFrom(ids, resource.id, resource);
      removeFrom(arns, resource.arn, resource);
    },
    byId: (id) => ids.get(id) ?? [],
    byArn: (arn) => arns.get(arn) ?? [],
  };
}
