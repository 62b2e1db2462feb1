import type { Attributes, ResourceBehaviour } from './behaviour.ts';
import {
  type Behaviour,
  existing,
  identifiersOf,
  type OperationCall,
  resourceOf,
  ServiceFault,
  shown,
} from './operation-call.ts';
import { allAt, fill, holds } from './template.ts';
import type { Resource } from './world.ts';

/** The resources that the input names or selects, a page at a time. */
export function describeResources(call: OperationCall, does: Behaviour<'describe'>): Attributes {
  const { input, behaviour } = call;
  const kind = resourceOf(behaviour, does.resource);
  const { found, failures } = foundBy(call, does);
  const selected = found.filter((resource) => isSelected(call, does, kind, resource));
  const { page } = does;
  const from = page === undefined ? 0 : markerOf(input[page.marker]);
  const end = page === undefined ? selected.length : from + Number(input[page.size ?? ''] ?? page.default);
  const isMore = end < selected.length;
  return {
    [does.into]: selected.slice(from, end).map((resource) => show(call, kind, resource, does.each)),
    ...(does.failures === undefined ? {} : { [does.failures.into]: failures }),
    ...(page?.truncated === undefined ? {} : { [page.truncated]: isMore }),
    ...(page !== undefined && isMore
      ? { [page.next ?? page.marker]: Buffer.from(String(end)).toString('base64') }
      : {}),
  };
}

function foundBy(
  call: OperationCall,
  does: Behaviour<'describe'>,
): { readonly found: readonly Resource[]; readonly failures: readonly unknown[] } {
  const { world, behaviour, region, scope } = call;
  const { resource: kind, failures } = does;
  const named = does.by === undefined ? [] : identifiersOf(call, does.by);
  if (named.length === 0) return { found: world.list(behaviour.service, kind, region), failures: [] };
  if (failures === undefined) return { found: named.map((id) => existing(call, kind, id)), failures: [] };
  const results = named.map((id) => ({ id, resource: world.find(behaviour.service, kind, id, region) }));
  return {
    found: results.flatMap(({ resource }) => resource ?? []),
    failures: results.flatMap(({ id, resource }) =>
      resource === undefined ? [fill(failures.each, { ...scope, id })] : [],
    ),
  };
}

/** What an operation shows of a resource. */
export function show(
  call: OperationCall,
  kind: ResourceBehaviour,
  resource: Resource,
  each: Behaviour<'describe'>['each'],
): unknown {
  const self = shown(kind, resource);
  if (each === undefined) return self;
  return fill(each, { ...call.scope, self, hidden: resource.attributes, id: resource.id, arn: resource.arn });
}

function markerOf(marker: unknown): number {
  if (marker === undefined) return 0;
  const from = Number(Buffer.from(String(marker), 'base64').toString());
  if (Number.isInteger(from) && from >= 0) return from;
  throw new ServiceFault({ code: 'InvalidParameterValue', message: 'The supplied marker is not valid' });
}

function isSelected(
  call: OperationCall,
  does: Behaviour<'describe'>,
  kind: ResourceBehaviour,
  { attributes }: Resource,
): boolean {
  const { input, scope } = call;
  const { only } = does;
  if (only !== undefined && !holds(only.unless, scope) && !holds(only.when, { ...scope, self: attributes }))
    return false;
  return (
    Object.entries(does.where ?? {}).every(([member, path]) => {
      const wanted = member.includes('{') ? fill(member, scope) : input[member];
      const anyOf = Array.isArray(wanted) ? wanted : [wanted];
      return wanted === undefined || allAt(attributes, path).some((value) => anyOf.some((one) => isLike(value, one)));
    }) && matchesFilters(attributes, input, does, kind)
  );
}

interface GivenFilter {
  readonly Name?: string;
  readonly Values?: readonly string[];
}

function matchesFilters(
  attributes: Attributes,
  input: Attributes,
  does: Behaviour<'describe'>,
  kind: ResourceBehaviour,
): boolean {
  if (does.filters === undefined) return true;
  const filters = (input.Filters ?? []) as readonly GivenFilter[];
  return filters.every(({ Name: name = '', Values: values = [] }) => {
    const has = filtered(attributes, name, does, kind);
    return values.some((value) => has.some((own) => isLike(own, value)));
  });
}

/** What a filter looks at. */
function filtered(
  attributes: Attributes,
  name: string,
  does: Behaviour<'describe'>,
  { tags: member }: ResourceBehaviour,
): readonly unknown[] {
  const tags = (member === undefined ? [] : (attributes[member] ?? [])) as readonly { Key?: string; Value?: string }[];
  if (name === 'tag-key') return tags.map(({ Key }) => Key);
  if (name.startsWith('tag:')) return tags.flatMap(({ Key, Value }) => (Key === name.slice(4) ? [Value] : []));
  const path = does.filters?.[name];
  if (path !== undefined) return allAt(attributes, path);
  throw new ServiceFault({ code: 'InvalidParameterValue', message: `Unrecognized filter name: ${name}` });
}

/** Case does not matter; in filters `*` and `?` are wildcards. */
function isLike(own: unknown, wanted: unknown): boolean {
  const pattern = String(wanted)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'is').test(String(own));
}
