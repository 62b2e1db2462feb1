import type { Catalog, CatalogService, IamAction, Operation, ResourceType } from '../../catalog/catalog.ts';
import type { Value } from '../../compiler/analyse/value.ts';
import type { Permission } from '../../compiler/bytecode.ts';
import { derivePermissions } from '../../compiler/permissions/derive-permissions.ts';
import { holdArn } from '../../compiler/permissions/fill-arn.ts';
import { evaluatePolicy, type IdentityPolicy } from '../../iam/evaluate-policy.ts';
import type { Attributes } from './behaviour.ts';
import type { Place } from './seed-world.ts';

export interface Caller {
  /** `arn:aws:sts::123456789012:assumed-role/workflow/run-1` */
  readonly arn: string;
  readonly policy: IdentityPolicy;
}

export interface AuthorizedCall {
  readonly service: CatalogService;
  readonly operation: Operation;
  /** In AWS's names. */
  readonly input: Attributes;
}

export interface Denial {
  readonly action: string;
  readonly resource: string;
  readonly explicit: boolean;
}

export interface AuthorizedWorld {
  readonly catalog: Catalog;
  /** Where the call is made. */
  readonly place: Place;
  readonly now: number;
  readonly tagsOf: (arn: string) => Tags;
  readonly arns: () => readonly string[];
}

/**
 * Checks a call as AWS does: every action that it needs, on every resource that it touches, before anything is done.
 * Gives the first that the caller's policy does not allow. What a call needs is what the compiler says of a call with
 * just these values. An operation whose IAM action is not known is denied.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function authorize(call: AuthorizedCall, caller: Caller, world: AuthorizedWorld): Denial | undefined {
  const needed = neededFor(call, world.catalog);
  if (needed.length === 0)
    return { action: `${call.service.iamPrefix}:${call.operation.name}`, resource: '*', explicit: false };
  for (const permission of needed) {
    const denial = denied(permission, call, caller, world);
    if (denial !== undefined) return denial;
  }
  return undefined;
}

function neededFor({ service, operation, input }: AuthorizedCall, catalog: Catalog): readonly Permission[] {
  const known = needed.get(operation) ?? new Map<string, readonly Permission[]>();
  needed.set(operation, known);
  const given = JSON.stringify(input);
  const earlier = known.get(given);
  if (earlier !== undefined) return earlier;
  const members = new Map(Object.entries(input).map(([name, value]) => [name, literal(value)]));
  const call = { service, operation, members, resolution: { how: 'pinned' } as const };
  const permissions = derivePermissions('call', call, catalog, []);
  if (known.size >= MOST_INPUTS) known.clear();
  known.set(given, permissions);
  return permissions;
}

/** What calls needed that were made already: a retry, a look of a wait and the next test case make the very same ones. */
const needed = new WeakMap<Operation, Map<string, readonly Permission[]>>();
const MOST_INPUTS = 1_000;

function literal(value: unknown): Value {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(literal), path: [] };
  if (typeof value === 'object' && value !== null) {
    return { kind: 'structure', entries: Object.entries(value).map(([key, inner]) => [key, literal(inner)]), path: [] };
  }
  return { kind: 'literal', value: value as string | number | boolean | null, path: [] };
}

function denied(
  permission: Permission,
  call: AuthorizedCall,
  caller: Caller,
  world: AuthorizedWorld,
): Denial | undefined {
  const action = world.catalog.iamAction(permission.action);
  if (action === undefined) return { action: permission.action, resource: '*', explicit: false };
  for (const arn of permission.resources.flatMap((pattern) => actualArns(pattern, world))) {
    const context = contextOf(action, arn, permission, call, caller, world);
    const { decision } = evaluatePolicy(caller.policy, { action: action.name, resource: arn, context });
    if (decision !== 'allowed') return { action: action.name, resource: arn, explicit: decision === 'explicitDeny' };
  }
  return undefined;
}

/** A pattern with the parts that AWS chose, such as the end of a secret's ARN, is the resource that it fits. */
function actualArns(pattern: string, { place, arns }: AuthorizedWorld): readonly string[] {
  const arn = fillPlace(pattern, place);
  if (!arn.includes('?')) return [arn];
  const source = arn
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const found = arns().filter((own) => new RegExp(`^${source}$`, 'su').test(own));
  return found.length > 0 ? found : [arn];
}

/** An ARN of IAM's data or of bytecode with what it leaves to the place. */
export function fillPlace(template: string, { partition, region, account }: Place): string {
  const fixed: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  return template.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => fixed[name] ?? placeholder);
}

type Tags = Readonly<Record<string, string>>;

/**
 * The condition keys of the request: the global ones, the resource's tags and the tags given, under AWS's names and
 * the service's own (`rds:db-tag/…`), and those that depend on the call (`iam:PassedToService`, `ec2:CreateAction`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function contextOf(
  action: IamAction,
  arn: string,
  { condition }: Permission,
  { input }: AuthorizedCall,
  caller: Caller,
  { catalog, place, now, tagsOf }: AuthorizedWorld,
): Readonly<Record<string, string | readonly string[]>> {
  const given = givenTags(input);
  return {
    'aws:RequestedRegion': place.region,
    'aws:PrincipalArn': caller.arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*$/, ':iam:$1:role/$2'),
    'aws:PrincipalAccount': place.account,
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:SecureTransport': 'true',
    ...condition?.StringEquals,
    ...condition?.Bool,
    ...(given === undefined ? {} : { 'aws:TagKeys': Object.keys(given) }),
    ...(Array.isArray(input.TagKeys) ? { 'aws:TagKeys': input.TagKeys.map(String) } : {}),
    ...tagKeys(typeOf(action, arn, catalog)?.conditionKeys ?? [], tagsOf(arn)),
    ...tagKeys(action.conditionKeys, given ?? {}),
  };
}

/** The resource type that an ARN is of. */
function typeOf(action: IamAction, arn: string, catalog: Catalog): ResourceType | undefined {
  const [prefix = ''] = action.name.split(':');
  const held = action.resourceTypes.flatMap(({ name }) => {
    const type = catalog.resourceType(prefix, name);
    const fit = type === undefined ? undefined : holdArn(type, arn);
    return type === undefined || fit === undefined ? [] : [{ type, likeness: fit.likeness }];
  });
  return held.sort((left, right) => right.likeness - left.likeness)[0]?.type;
}

function givenTags({ Tags: tags, tags: lower, TagSpecifications: specifications }: Attributes): Tags | undefined {
  const first = Array.isArray(specifications) ? (specifications[0] as Attributes | undefined)?.Tags : undefined;
  const given = tags ?? lower ?? first;
  return typeof given === 'object' && given !== null ? tagsFrom(given) : undefined;
}

const TAG_KEY = '${TagKey}';

function tagKeys(templates: readonly string[], tags: Tags): Tags {
  const entries = templates
    .filter((template) => template.includes(TAG_KEY))
    .flatMap((template) => Object.entries(tags).map(([key, value]) => [template.replace(TAG_KEY, key), value]));
  return Object.fromEntries(entries);
}

/** `[{Key, Value}]`, `[{key, value}]` or a map as an object. */
export function tagsFrom(tags: unknown): Tags {
  if (!Array.isArray(tags)) {
    return Object.fromEntries(Object.entries((tags ?? {}) as object).map(([key, value]) => [key, String(value)]));
  }
  return Object.fromEntries(
    tags.map((tag: Attributes) => [String(tag.Key ?? tag.key), String(tag.Value ?? tag.value ?? '')]),
  );
}
