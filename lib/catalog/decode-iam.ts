import type { Catalog, IamAction, ResourceType } from './catalog.ts';
import type { IamActionData, IamData } from './service-data.ts';

/** The part of a catalog that knows IAM. Prefixes and actions are found whatever their case, as IAM itself does. */
export function decodeIam(data: IamData): Pick<Catalog, 'iamAction' | 'iamActionNames' | 'resourceType'> {
  const namesOf = new Map<string, ReadonlyMap<string, string>>();
  /** The names of a prefix's actions by their lower-case form. */
  const actionsOf = (prefix: string): ReadonlyMap<string, string> | undefined => {
    const known = namesOf.get(prefix);
    if (known !== undefined || !Object.hasOwn(data, prefix)) return known;
    const names = new Map(Object.keys(data[prefix]?.actions ?? {}).map((name) => [name.toLowerCase(), name]));
    namesOf.set(prefix, names);
    return names;
  };
  return {
    iamAction: (fullName) => {
      const [prefix, action, ...rest] = fullName.toLowerCase().split(':');
      if (prefix === undefined || action === undefined || rest.length > 0) return undefined;
      const name = actionsOf(prefix)?.get(action);
      const found = name === undefined ? undefined : data[prefix]?.actions[name];
      return found === undefined ? undefined : decodeAction(`${prefix}:${name}`, found);
    },
    iamActionNames: (prefix) => {
      const lower = prefix.toLowerCase();
      return [...(actionsOf(lower)?.values() ?? [])].map((name) => `${lower}:${name}`);
    },
    resourceType: (prefix, name) => {
      const types = data[prefix.toLowerCase()]?.resourceTypes ?? {};
      return Object.hasOwn(types, name) ? decodeResourceType(name, types[name]) : undefined;
    },
  };
}

function decodeAction(name: string, [accessLevel, types, conditionKeys, dependentActions]: IamActionData): IamAction {
  return {
    name,
    accessLevel,
    resourceTypes: words(types).map((type) => ({ name: type.replace(/!$/, ''), required: type.endsWith('!') })),
    conditionKeys: words(conditionKeys),
    dependentActions: words(dependentActions),
  };
}

const decodeResourceType = (
  name: string,
  data: readonly [arn: string, conditionKeys?: string] | undefined,
): ResourceType | undefined => data && { name, arn: data[0], conditionKeys: words(data[1]) };

const words = (text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : text.split(' ');
