import type { Attributes, ResourceBehaviour, StateChange } from './behaviour.ts';
import { createResourceIndex } from './resource-index.ts';
import { at, fillStructure, type Scope, withValue } from './template.ts';

/** A resource of the simulated account as it is now. */
export interface Resource {
  readonly service: string;
  /** A key of the service's `resources`. */
  readonly kind: string;
  readonly id: string;
  /** Empty where it has none. */
  readonly arn: string;
  /** Empty where it is the same in all Regions. */
  readonly region: string;
  /** In AWS's names; the state and the tags are among them. */
  attributes: Attributes;
  pending: { readonly at: number; readonly change: StateChange; readonly scope: Scope } | undefined;
  /** What it was in the moment of its making, in milliseconds since the epoch. */
  readonly madeAt: number;
  early: Attributes;
}

/** All resources, in the order of their making; state changes that are due have happened. */
export interface World {
  all(): readonly Resource[];
  list(service: string, kind: string, region?: string): readonly Resource[];
  /** By its identifier in the Region, or its ARN in any. */
  find(service: string, kind: string, id: string, region: string): Resource | undefined;
  findByArn(arn: string): Resource | undefined;
  add(resource: Omit<Resource, 'pending' | 'madeAt' | 'early'>): Resource;
  remove(resource: Resource): void;
  /** The resource goes into a state, and out of it in due time. */
  begin(resource: Resource, change: StateChange, scope: Scope): void;
}

/** The state that makes a resource vanish. */
const GONE = 'deleted';

/** @param now milliseconds since the epoch */
export function createWorld(
  now: () => number,
  behaviourOf: (service: string, kind: string) => ResourceBehaviour,
): World {
  const kinds = new Map<string, Set<Resource>>();
  const ofKind = (service: string, kind: string): Set<Resource> => {
    const key = `${service} ${kind}`;
    const found = kinds.get(key) ?? new Set<Resource>();
    kinds.set(key, found);
    return found;
  };
  const index = createResourceIndex();
  const remove = (resource: Resource): void => {
    ofKind(resource.service, resource.kind).delete(resource);
    index.remove(resource);
  };
  const setStatus = (resource: Resource, status: string | undefined, more: Attributes = {}): void => {
    const changed = Object.entries(more).reduce(
      (all, [path, value]) => withValue(all, path, value),
      resource.attributes,
    );
    resource.attributes = withStatus(behaviourOf(resource.service, resource.kind), changed, status);
  };
  const start = (resource: Resource, change: StateChange, scope: Scope, since: number): void => {
    setStatus(resource, change.through);
    resource.pending = { at: since + change.seconds * 1000, change, scope };
  };
  const settle = (resource: Resource): void => {
    for (let { pending } = resource; pending !== undefined && pending.at <= now(); pending = resource.pending) {
      resource.pending = undefined;
      const { change, scope, at: due } = pending;
      const scopeThen = { ...scope, self: resource.attributes, now: new Date(due).toISOString() };
      setStatus(resource, change.to, fillStructure(change.sets, scopeThen));
      if (change.to === GONE) remove(resource);
      else if (change.next !== undefined) start(resource, change.next, scope, due);
    }
  };
  const current = (service: string, kind: string): readonly Resource[] => {
    const resources = ofKind(service, kind);
    for (const resource of [...resources]) settle(resource);
    return [...resources];
  };
  const stillThere = (resources: readonly Resource[]): readonly Resource[] => {
    for (const resource of resources) settle(resource);
    return resources.filter((resource) => ofKind(resource.service, resource.kind).has(resource));
  };
  const all = (): readonly Resource[] => [...kinds.keys()].flatMap((key) => current(...split(key)));
  return {
    all,
    remove,
    list(service, kind, region) {
      const found = current(service, kind);
      return region === undefined ? found : found.filter((resource) => isIn(resource, region));
    },
    find(service, kind, id, region) {
      const behaviour = behaviourOf(service, kind);
      const spelt = spelling(behaviour, id);
      const isNamed = ({ id: own, attributes }: Resource): boolean =>
        own === spelt || (behaviour.aliases ?? []).some((path) => at(attributes, path) === spelt);
      const isWanted = (resource: Resource): boolean =>
        id.startsWith('arn:') && resource.arn !== ''
          ? resource.arn === id
          : isIn(resource, region) && isNamed(resource);
      if (behaviour.aliases !== undefined) return current(service, kind).find(isWanted);
      const named = [...index.byId(spelt), ...index.byArn(id)];
      return stillThere(named).find(
        (resource) => resource.service === service && resource.kind === kind && isWanted(resource),
      );
    },
    findByArn: (arn) => (arn === '' ? undefined : stillThere(index.byArn(arn))[0]),
    add(resource) {
      const added = { ...resource, pending: undefined, madeAt: now(), early: resource.attributes };
      ofKind(resource.service, resource.kind).add(added);
      index.add(added);
      return added;
    },
    begin(resource, change, scope) {
      start(resource, change, scope, now());
      if (resource.madeAt === now()) resource.early = resource.attributes;
    },
  };
}

const split = (key: string): [string, string] => {
  const [service = '', kind = ''] = key.split(' ');
  return [service, kind];
};

const isIn = ({ region }: Resource, wanted: string): boolean => region === '' || region === wanted;

/** Attributes in a state, with what goes with it. */
export function withStatus(kind: ResourceBehaviour, attributes: Attributes, status: string | undefined): Attributes {
  if (kind.status === undefined || status === undefined) return attributes;
  return { ...withValue(attributes, kind.status, status), ...kind.stateSets?.[status] };
}

/** An identifier as AWS keeps it. */
export function spelling({ lowerCase }: ResourceBehaviour, id: string): string {
  return lowerCase === true ? id.toLowerCase() : id;
}
