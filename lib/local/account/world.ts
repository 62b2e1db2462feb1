import type { Attributes, ResourceBehaviour, StateChange } from './behaviour.ts';

/** A resource of the simulated account as it is now. */
export interface Resource {
  readonly service: string;
  /** A key of the service's `resources`. */
  readonly kind: string;
  readonly id: string;
  readonly arn: string;
  /** In AWS's names; the state and the tags are among them. */
  attributes: Attributes;
  pending: { readonly at: number; readonly change: StateChange } | undefined;
}

/** All resources, in the order of their making; state changes that are due have happened. */
export interface World {
  list(service: string, kind: string): readonly Resource[];
  find(service: string, kind: string, id: string): Resource | undefined;
  findByArn(arn: string): Resource | undefined;
  add(resource: Omit<Resource, 'pending'>): Resource;
  /** The resource goes into a state, and out of it in due time. */
  begin(resource: Resource, change: StateChange): void;
}

/** The state that makes a resource vanish. */
const GONE = 'deleted';

/** @param now milliseconds since the epoch */
export function createWorld(
  now: () => number,
  behaviourOf: (service: string, kind: string) => ResourceBehaviour,
): World {
  const resources = new Set<Resource>();
  const setStatus = (resource: Resource, status: string, more: Attributes = {}): void => {
    const { status: member } = behaviourOf(resource.service, resource.kind);
    resource.attributes = { ...resource.attributes, ...more, [member]: status };
  };
  const current = (): readonly Resource[] => {
    for (const resource of resources) {
      const { pending } = resource;
      if (pending === undefined || pending.at > now()) continue;
      resource.pending = undefined;
      setStatus(resource, pending.change.to, pending.change.sets);
      if (pending.change.to === GONE) resources.delete(resource);
    }
    return [...resources];
  };
  const list = (service: string, kind: string): readonly Resource[] =>
    current().filter((resource) => resource.service === service && resource.kind === kind);
  return {
    list,
    find(service, kind, id) {
      const spelt = spelling(behaviourOf(service, kind), id);
      return list(service, kind).find((resource) => resource.id === spelt);
    },
    findByArn: (arn) => current().find((resource) => resource.arn === arn),
    add(resource) {
      const added = { ...resource, pending: undefined };
      resources.add(added);
      return added;
    },
    begin(resource, change) {
      setStatus(resource, change.through);
      resource.pending = { at: now() + change.seconds * 1000, change };
    },
  };
}

/** An identifier as AWS keeps it. */
export function spelling({ lowerCase }: ResourceBehaviour, id: string): string {
  return lowerCase === true ? id.toLowerCase() : id;
}
