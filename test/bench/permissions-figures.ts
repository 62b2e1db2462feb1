import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog, CatalogService, Operation, ResourceType, Shape } from '../../lib/catalog/catalog.ts';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import {
  toStateMachineAction,
  toStateMachineMember,
  toStateMachineService,
} from '../../lib/catalog/step-functions-names.ts';
import { linkResource } from '../../lib/compiler/permissions/link-resources.ts';
import { nounOfOperation, nounsOf } from '../../lib/compiler/permissions/resource-nouns.ts';
import { serviceIds } from '../catalog/fixtures/service-ids.json';
import { rows } from '../catalog/fixtures/stepfunctions-services.json';
import { type Figure, share } from './figure.ts';

/** How well the catalog's operations, names and resources are known: no cases, the whole of the data. */
export function permissionFigures(catalog: Catalog): readonly Figure[] {
  return [...namingFigures(catalog), ...actionFigures(catalog), ...linkFigures(catalog), ...loadFigures(catalog)];
}

function servicesOf(catalog: Catalog): readonly CatalogService[] {
  return catalog.services.flatMap((name) => catalog.service(name) ?? []);
}

function operationsOf(service: CatalogService): readonly Operation[] {
  return service.operations.flatMap((name) => service.operation(name) ?? []);
}

/** Rows of AWS's table for services that no SDK of today has. */
const RETIRED = ['alexaforbusiness', 'codestar', 'honeycode', 'macie', 'mobile'];

function namingFigures(catalog: Catalog): readonly Figure[] {
  const known = new Set(serviceIds.map(toStateMachineService));
  const live = rows.filter(({ service }) => !RETIRED.includes(service));
  const structures = servicesOf(catalog).flatMap((service) => [...reachable(service)]);
  const members = structures.flat();
  const lost = structures.flatMap((names) => {
    const spelled = names.map(toStateMachineMember);
    return names.filter((_, index) => spelled.indexOf(spelled[index] ?? '') !== index);
  });
  const actions = servicesOf(catalog).flatMap((service) => {
    const spelled = service.operations.map(toStateMachineAction);
    return spelled.filter((name, index) => spelled.indexOf(name) !== index);
  });
  return [
    {
      name: 'Step Functions service names',
      ...share(live.filter(({ service }) => known.has(service)).length, live.length),
      atLeast: 100,
    },
    {
      name: 'members that round-trip through the Step Functions name',
      ...share(members.length - lost.length, members.length),
      atLeast: 100,
    },
    { name: 'operations that share a Step Functions name', value: actions.length, unit: 'count', atMost: 0 },
  ];
}

/** The members' names of every structure that a service's operations take or give. */
export function reachable(service: CatalogService): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const found: (readonly string[])[] = [];
  const visit = (shape: Shape): void => {
    if (shape.kind === 'list') visit(shape.item);
    if (shape.kind === 'map') visit(shape.value);
    if (shape.kind !== 'structure' || seen.has(shape.name)) return;
    seen.add(shape.name);
    const members = service.structure(shape.name)?.members ?? [];
    found.push(members.map(({ name }) => name));
    for (const member of members) visit(member.shape);
  };
  for (const { input, output } of operationsOf(service)) {
    visit({ kind: 'structure', name: input.name });
    visit({ kind: 'structure', name: output.name });
  }
  return found;
}

function actionFigures(catalog: Catalog): readonly Figure[] {
  const operations = servicesOf(catalog).flatMap((service) =>
    operationsOf(service).map((operation) => ({ service: service.name, operation })),
  );
  const unmapped = operations.filter(({ operation }) => operation.iamActions.length === 0);
  const invented = operations
    .flatMap(({ operation }) => operation.iamActions)
    .filter((name) => catalog.iamAction(name)?.name !== name);
  const counts = new Map<string, number>();
  for (const { service } of unmapped) counts.set(service, (counts.get(service) ?? 0) + 1);
  const list = [...counts].sort(([, a], [, b]) => b - a).map(([service, count]) => `${service} ${count}`);
  return [
    {
      name: 'operations with known IAM actions',
      ...share(operations.length - unmapped.length, operations.length),
      atLeast: 97,
      of: `${operations.length - unmapped.length} of ${operations.length}; without: ${list.join(', ')}`,
    },
    { name: 'IAM actions that IAM does not have', value: invented.length, unit: 'count', atMost: 0 },
    {
      name: 'operations that Step Functions cannot call',
      value: operations.filter(({ operation }) => operation.unsupportedByStepFunctions !== undefined).length,
      unit: 'count',
    },
  ];
}

/** What becomes of a resource type that an action of an operation requires. */
export type Linking =
  | 'linked'
  | 'named by AWS'
  | 'ARN has an id that the call does not give'
  | 'no member names it'
  | 'missed';

export interface Pair {
  readonly operation: string;
  readonly action: string;
  readonly type: string;
  readonly linking: Linking;
}

/** Every required (operation, resource type) pair of a service. */
export function pairsOf(service: CatalogService, catalog: Catalog): readonly Pair[] {
  return operationsOf(service).flatMap((operation) =>
    operation.iamActions.flatMap((name) => {
      const [prefix = ''] = name.split(':');
      const types = catalog.iamAction(name)?.resourceTypes ?? [];
      const siblings = types.flatMap((type) => catalog.resourceType(prefix, type.name) ?? []);
      return types
        .filter(({ required }) => required)
        .flatMap(({ name: typeName }): Pair[] => {
          const type = siblings.find((sibling) => sibling.name === typeName);
          if (type === undefined) return [];
          const linking = linkingOf(service, operation, name, type, siblings);
          return [{ operation: operation.name, action: name, type: typeName, linking }];
        });
    }),
  );
}

const CREATING =
  /^(?:Create|Run|Register|Import|Copy|Allocate|Request|Purchase|Start|Export|Restore|Accept|Associate)(?=[A-Z])/;

/** Unlinked pairs are excused only by what the API itself shows, or by {@link UNNAMED}, read by hand. */
function linkingOf(
  service: CatalogService,
  operation: Operation,
  action: string,
  type: ResourceType,
  siblings: readonly ResourceType[],
): Linking {
  const link = linkResource({ service, operation, action, type, siblings });
  if (link.variable === undefined || link.members.some(({ reading }) => reading !== 'opaque')) return 'linked';
  const [prefix = ''] = action.split(':');
  const nouns = new Set([nounsOf(link.variable, prefix).noun, nounsOf(type.name, prefix).noun]);
  const naming = operation.input.members
    .map(({ name }) => nounsOf(name, prefix))
    .filter(({ noun, unqualified }) => nouns.has(noun) || nouns.has(unqualified));
  const own = naming.filter(({ qualifiers }) => !qualifiers.includes('source'));
  if (UNNAMED[service.name]?.includes(operation.name) === true) return 'no member names it';
  if (own.length === 0 && CREATING.test(operation.name) && isMade(operation, nouns, prefix)) return 'named by AWS';
  const { kind, noun } = nounsOf(link.variable, prefix);
  const isOfId = kind === 'id' || kind === 'identifier' || noun.endsWith('resource');
  if (isOfId && own.length > 0 && own.every((member) => member.kind === 'name' || noun.endsWith('resource'))) {
    return 'ARN has an id that the call does not give';
  }
  return 'missed';
}

/** Whether the call brings the resource into being: what the operation is about is the type, or holds its noun. */
function isMade(operation: Operation, nouns: ReadonlySet<string>, prefix: string): boolean {
  const about = nounOfOperation(operation.name, prefix);
  return [...nouns].some((noun) => noun !== '' && about.includes(noun));
}

/** Operations none of whose members names a required resource, by service: read in their API references. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  // ARNs of shard groups and tenant databases hold ids of AWS, the calls take names.
  rds: [
    'DeleteDBShardGroup',
    'DeleteTenantDatabase',
    'ModifyDBShardGroup',
    'ModifyTenantDatabase',
    'RebootDBShardGroup',
  ],
  // A token of the request that is answered.
  s3: ['WriteGetObjectResponse'],
  // The alias, whose key only KMS knows.
  kms: ['DeleteAlias'],
  // A handle and ids of callbacks, which only the service can read.
  sqs: ['CancelMessageMoveTask'],
  lambda: [
    'SendDurableExecutionCallbackFailure',
    'SendDurableExecutionCallbackHeartbeat',
    'SendDurableExecutionCallbackSuccess',
  ],
};

const GROUPS: readonly { readonly services: readonly string[]; readonly atLeast: number }[] = [
  { services: ['rds', 's3', 'sns', 'sqs', 'kms', 'secretsmanager'], atLeast: 98 },
  { services: ['ec2', 'lambda', 'dynamodb', 'ecs', 'iam'], atLeast: 85 },
];

function linkFigures(catalog: Catalog): readonly Figure[] {
  return GROUPS.flatMap(({ services, atLeast }) => {
    const each = services.map((name) => {
      const service = catalog.service(name);
      if (service === undefined) throw new Error(`no service ${name}`);
      return { name, pairs: pairsOf(service, catalog) };
    });
    const total = linkShare(each.flatMap(({ pairs }) => pairs));
    return [
      { name: `resource types linked: ${services.join(' ')}`, ...total, atLeast },
      ...each.map(({ name, pairs }): Figure => ({ name: `  ${name}`, ...linkShare(pairs) })),
    ];
  });
}

function linkShare(pairs: readonly Pair[]): Pick<Figure, 'value' | 'unit' | 'of'> {
  const count = (linking: Linking): number => pairs.filter((pair) => pair.linking === linking).length;
  const linkable = count('linked') + count('missed');
  const rest = (['named by AWS', 'ARN has an id that the call does not give', 'no member names it'] as const)
    .filter((linking) => count(linking) > 0)
    .map((linking) => `${count(linking)} ${linking}`);
  const { value, unit, of } = share(count('linked'), linkable);
  return { value, unit, of: [`${of} of ${pairs.length} required`, ...rest].join('; ') };
}

/** Services that a workflow of several steps uses, the largest of the catalog among them. */
const OF_A_WORKFLOW = ['ec2', 'rds', 's3'];

function loadFigures(catalog: Catalog): readonly Figure[] {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const fresh = loadCatalog();
    for (const name of OF_A_WORKFLOW) fresh.service(name)?.operation('DescribeInstances');
    fresh.iamAction('rds:CreateDBSnapshot');
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const folder = join(__dirname, '../../lib/catalog/data');
  const bytes = ['sources', 'iam-actions', ...catalog.services].map(
    (name) => readFileSync(join(folder, `${name}.json`)).length,
  );
  return [
    {
      name: `loading ${OF_A_WORKFLOW.join(', ')} and IAM, median`,
      value: times[2] ?? Number.NaN,
      unit: 'ms',
      atMost: 100,
    },
    { name: 'services in the catalog', value: catalog.services.length, unit: 'count', atLeast: 28 },
    { name: 'size of the catalog’s data', value: bytes.reduce((sum, size) => sum + size, 0) / 1024 / 1024, unit: 'MB' },
  ];
}
