import type { Argument, Bytecode, BytecodeParameter, PlanEntry } from '../compiler/bytecode.ts';
import { checkValue } from '../compiler/check-value.ts';
import type { OperationBehaviour } from './account/behaviour.ts';
import { SERVICES } from './account/services/services.ts';
import type { PlantedWorld } from './account/simulated-account.ts';

/** How many values of a parameter are worth a try. */
const MOST = 8;

/**
 * Values that a parameter may have, the likeliest first: its default, its enum, names of resources that the account
 * holds where the parameter goes into a call that asks for one, and values that only fit its rules. Absent stands for
 * leaving it out.
 */
export function valuesFor(
  parameter: BytecodeParameter,
  { execution_plan: plan }: Bytecode,
  world: PlantedWorld,
): readonly unknown[] {
  const named = plan.flatMap((entry) => resourceNames(parameter, entry, world));
  const likely: readonly unknown[] = [
    ...(parameter.default === undefined ? [] : [parameter.default]),
    ...(parameter.enum ?? []),
    ...named,
    ...alike(parameter, world),
    ...(/region/i.test(parameter.name) ? regionsOf(world) : []),
    ...(parameter.default === undefined && !parameter.required ? [undefined] : []),
    ...plain(parameter),
    ...world.resources.map(({ id }) => id),
  ];
  const shaped = parameter.type === 'string_list' ? likely.map((value) => asList(value)) : likely;
  const fitting = shaped.filter((value) => value === undefined || checkValue(parameter, value) === undefined);
  return [...new Map(fitting.map((value) => [JSON.stringify(value), value])).values()].slice(0, MOST);
}

function asList(value: unknown): unknown {
  return value === undefined || Array.isArray(value) ? value : [value];
}

/** Names of the resources that a step's call asks for with this parameter. */
function resourceNames({ name }: BytecodeParameter, entry: PlanEntry, { resources }: PlantedWorld): readonly string[] {
  const { call, for_each: list } = entry;
  if (call === undefined) return [];
  const isGiven = (argument: Argument): boolean =>
    mentions(argument, `$params.${name}`) ||
    (list?.jsonata.includes(`$params.${name}`) === true && mentions(argument, '$states.input.item'));
  const members = Object.entries(call.arguments).flatMap(([member, argument]) => (isGiven(argument) ? [member] : []));
  const behaviour = SERVICES.find(({ service }) => service === call.service)?.operations[call.operation];
  const kinds = behaviour === undefined ? [] : members.flatMap((member) => kindsNamedBy(behaviour, member));
  return resources
    .filter(({ service, kind }) => service === call.service && kinds.includes(kind))
    .flatMap(({ id }) => (id.includes('/') ? [id, id.slice(id.lastIndexOf('/') + 1)] : [id]));
}

function mentions(argument: Argument, expression: string): boolean {
  switch (argument.kind) {
    case 'literal':
      return false;
    case 'expression':
      return new RegExp(`${expression.replace(/[.$]/g, '\\$&')}\\b`).test(argument.jsonata);
    case 'list':
      return argument.items.some((item) => mentions(item, expression));
    case 'structure':
      return Object.values(argument.members).some((member) => mentions(member, expression));
  }
}

/** The kinds of resources that an operation finds by a member of its input. */
function kindsNamedBy(behaviour: OperationBehaviour, member: string): readonly string[] {
  const own = 'resource' in behaviour && behaviour.does !== 'create' ? [behaviour] : [];
  const from = 'from' in behaviour && behaviour.from !== undefined ? [behaviour.from] : [];
  const within = behaviour.within === undefined ? [] : [behaviour.within];
  return [...own, ...from, ...within].flatMap(({ resource, by = '' }) =>
    by === member || new RegExp(`\\binput\\.${member}\\b`).test(by) ? [resource] : [],
  );
}

/** Values in the account under a name that has the parameter's in it: `FromPort` for `port`. A guess, tried and no more. */
function alike({ name }: BytecodeParameter, { resources }: PlantedWorld): readonly (string | number)[] {
  const wanted = name.replaceAll('_', '').toLowerCase();
  const visit = (value: unknown, key: string): readonly (string | number)[] => {
    if (Array.isArray(value)) return value.flatMap((item) => visit(item, key));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([inner, member]) => visit(member, inner));
    const isAlike = key.toLowerCase().includes(wanted);
    return isAlike && (typeof value === 'string' || typeof value === 'number') ? [value] : [];
  };
  return resources.flatMap(({ attributes }) => visit(attributes, ''));
}

function regionsOf({ resources }: PlantedWorld): readonly string[] {
  const regions = resources.map(({ region }) => region).filter((region) => region !== '');
  // The rarer one first: a parameter asks for a Region where it is not the one of the run.
  return [...new Set(regions)].reverse();
}

function plain({ name, min, max, min_length: shortest = 0 }: BytecodeParameter): readonly unknown[] {
  const words = name.replaceAll('_', '-');
  const texts = [words, 'example', 'Example1', 'a', '1', '10.0.0.0/8', 'https://example.com', 'user@example.com'];
  const numbers = [min ?? 1, max ?? 1, 1, 10, 1.5];
  return [...texts, words.padEnd(shortest, 'a'), ...numbers, true, false, '00000000-0000-4000-8000-000000000000'];
}
