import type { CatalogService, Member, Operation, Shape } from '../../catalog/catalog.ts';
import type { ResolvedCall } from '../analyse/analysis.ts';
import type { Value } from '../analyse/value.ts';

/** A member that a call gives, at whatever depth. */
export interface BoundMember {
  /** Names of members, outermost first, joined by dots: `ReplicationConfiguration.Role`. */
  readonly path: string;
  readonly member: Member;
  /** What it is given; absent where only its name is known. */
  readonly value?: Value;
}

/** Every member that a call gives, those within structures and lists included; keys of maps are data and not followed. */
export function boundMembersOf({ service, operation, members }: ResolvedCall): readonly BoundMember[] {
  return operation.input.members.flatMap((member) => {
    const value = members.get(member.name);
    return value === undefined ? [] : withInner(member, member.name, value, service);
  });
}

function withInner(member: Member, path: string, value: Value, service: CatalogService): readonly BoundMember[] {
  return [{ path, member, value }, ...innerOf(member.shape, path, value, service)];
}

function innerOf(shape: Shape, path: string, value: Value, service: CatalogService): readonly BoundMember[] {
  if (shape.kind === 'list') {
    return value.kind === 'list' ? value.items.flatMap((item) => innerOf(shape.item, path, item, service)) : [];
  }
  if (shape.kind !== 'structure' || value.kind !== 'structure') return [];
  const members = service.structure(shape.name)?.members ?? [];
  return value.entries.flatMap(([name, entry]) => {
    const member = members.find((candidate) => candidate.name === name);
    return member === undefined ? [] : withInner(member, `${path}.${name}`, entry, service);
  });
}

/**
 * The members of a call of which only names are known: those named, with dots for members within structures, and
 * those that every call of the operation must give. Names that the operation does not have are in `unknown`.
 */
export function namedMembersOf(
  service: CatalogService,
  operation: Operation,
  names: readonly string[],
): { readonly bound: readonly BoundMember[]; readonly unknown: readonly string[] } {
  const required = operation.input.members.filter((member) => member.required).map(({ name }) => name);
  const found = [...new Set([...required, ...names])].map((name) => ({
    name,
    bound: alongPath(name.split('.'), operation.input.members, service, ''),
  }));
  return {
    bound: found.flatMap(({ bound }) => bound ?? []),
    unknown: found.filter(({ bound }) => bound === undefined).map(({ name }) => name),
  };
}

/** The member at a path and all on the way to it; upper and lower case do not matter, nor do boto3's lists. */
function alongPath(
  [name = '', ...rest]: readonly string[],
  members: readonly Member[],
  service: CatalogService,
  outer: string,
): readonly BoundMember[] | undefined {
  const wanted = name.replace(/\[\]$/, '').toLowerCase();
  const member = members.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (member === undefined) return undefined;
  const path = `${outer}${member.name}`;
  if (rest.length === 0) return [{ path, member }];
  const inner = alongPath(rest, structureOf(member.shape, service), service, `${path}.`);
  return inner === undefined ? undefined : [{ path, member }, ...inner];
}

function structureOf(shape: Shape, service: CatalogService): readonly Member[] {
  if (shape.kind === 'list') return structureOf(shape.item, service);
  return shape.kind === 'structure' ? (service.structure(shape.name)?.members ?? []) : [];
}
