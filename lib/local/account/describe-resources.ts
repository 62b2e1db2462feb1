import type { Attributes } from './behaviour.ts';
import { type Behaviour, existing, type OperationCall, ServiceFault } from './operation-call.ts';

/** The resources that the input names or selects, a page at a time. */
export function describeResources(call: OperationCall, does: Behaviour<'describe'>): Attributes {
  const { input, world, behaviour } = call;
  const named = input[does.by];
  const found =
    named === undefined ? world.list(behaviour.service, does.resource) : [existing(call, does.resource, String(named))];
  const selected = found.filter(
    ({ attributes }) => matchesWhere(attributes, input, does.where) && matchesFilters(attributes, input, does),
  );
  const from = markerOf(input[does.page.marker]);
  const size = Number(input[does.page.size] ?? does.page.default);
  const end = from + size;
  return {
    [does.into]: selected.slice(from, end).map(({ attributes }) => attributes),
    ...(end < selected.length ? { [does.page.marker]: Buffer.from(String(end)).toString('base64') } : {}),
  };
}

function markerOf(marker: unknown): number {
  if (marker === undefined) return 0;
  const from = Number(Buffer.from(String(marker), 'base64').toString());
  if (Number.isInteger(from) && from >= 0) return from;
  throw new ServiceFault({ code: 'InvalidParameterValue', message: 'The supplied marker is not valid' });
}

function matchesWhere(
  attributes: Attributes,
  input: Attributes,
  where: Readonly<Record<string, string>> = {},
): boolean {
  return Object.entries(where).every(
    ([member, attribute]) => input[member] === undefined || equal(attributes[attribute], input[member]),
  );
}

function matchesFilters(attributes: Attributes, input: Attributes, does: Behaviour<'describe'>): boolean {
  const filters = (input.Filters ?? []) as readonly { readonly Name: string; readonly Values: readonly string[] }[];
  return filters.every(({ Name: name, Values: values }) => {
    const attribute = does.filters?.[name];
    if (attribute === undefined)
      throw new ServiceFault({ code: 'InvalidParameterValue', message: `Unrecognized filter name: ${name}` });
    return values.some((value) => equal(attributes[attribute], value));
  });
}

function equal(left: unknown, right: unknown): boolean {
  return String(left).toLowerCase() === String(right).toLowerCase();
}
