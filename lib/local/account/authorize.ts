import type { Catalog, IamAction, Operation, ResourceType } from '../../catalog/catalog.ts';
import { evaluatePolicy, type IdentityPolicy } from '../../iam/evaluate-policy.ts';
import type { Attributes, ServiceBehaviour } from './behaviour.ts';
import type { Place } from './seed-world.ts';

export interface Caller {
  /** `arn:aws:sts::123456789012:assumed-role/workflow/run-1` */
  readonly arn: string;
  readonly policy: IdentityPolicy;
}

export interface AuthorizedCall {
  readonly operation: Operation;
  /** In AWS's names. */
  readonly input: Attributes;
  readonly behaviour: ServiceBehaviour;
}

export interface Denial {
  readonly action: string;
  readonly resource: string;
  readonly explicit: boolean;
}

/**
 * Checks a call as AWS does: every action that it needs, on every resource that it touches, before anything is done.
 * Gives the first that the caller's policy does not allow. An operation whose IAM action is not known is denied.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function authorize(
  call: AuthorizedCall,
  caller: Caller,
  world: {
    readonly catalog: Catalog;
    readonly place: Place;
    readonly now: number;
    readonly tagsOf: (arn: string) => Tags;
  },
): Denial | undefined {
  const needed = neededActions(call, world.catalog);
  if (needed.length === 0)
    return { action: `${call.behaviour.service}:${call.operation.name}`, resource: '*', explicit: false };
  for (const { action, kinds } of needed) {
    for (const { arn, type } of resourcesOf(action, kinds, call, world)) {
      const context = contextOf(action, type, call, caller, { ...world, tags: world.tagsOf(arn) });
      const { decision } = evaluatePolicy(caller.policy, { action: action.name, resource: arn, context });
      if (decision !== 'allowed') return { action: action.name, resource: arn, explicit: decision === 'explicitDeny' };
    }
  }
  return undefined;
}

type Tags = Readonly<Record<string, string>>;

interface NeededAction {
  readonly action: IamAction;
  /** The IAM resource types that count; all of the action's where absent. */
  readonly kinds?: readonly string[];
}

/** The call's own actions, and those that a given member brings along. */
function neededActions({ operation, behaviour, input }: AuthorizedCall, catalog: Catalog): readonly NeededAction[] {
  const own = operation.iamActions.flatMap((name) => catalog.iamAction(name) ?? []);
  const listed = new Set(own.flatMap(({ dependentActions }) => dependentActions));
  const dependent = Object.entries(behaviour.dependentOn).flatMap(([member, name]) => {
    const action = listed.has(name) && input[member] !== undefined ? catalog.iamAction(name) : undefined;
    return action === undefined ? [] : [{ action, ...taggedKinds(action, operation, behaviour) }];
  });
  return [...own.map((action) => ({ action })), ...dependent];
}

/** Tags given at creation are put on what is created, not on what it is made from. */
function taggedKinds(
  action: IamAction,
  operation: Operation,
  behaviour: ServiceBehaviour,
): { readonly kinds?: readonly string[] } {
  const does = behaviour.operations[operation.name];
  if (action.accessLevel !== 'Tagging' || does?.does !== 'create') return {};
  const kind = behaviour.resources[does.resource]?.iamType;
  return kind === undefined ? {} : { kinds: [kind] };
}

interface Touched {
  readonly arn: string;
  readonly type: ResourceType | undefined;
}

/**
 * The resources of an action: those that the input names, and a wildcard for a required type (or, where none is
 * required, for every type) that it does not name. `*` where IAM has no resource type for the action.
 */
function resourcesOf(
  action: IamAction,
  kinds: readonly string[] | undefined,
  { behaviour, input, operation }: AuthorizedCall,
  { catalog, place }: { readonly catalog: Catalog; readonly place: Place },
): readonly Touched[] {
  const [prefix = ''] = action.name.split(':');
  const types = action.resourceTypes.filter(({ name }) => kinds === undefined || kinds.includes(name));
  const tagging = behaviour.operations[operation.name];
  if (tagging !== undefined && 'tags' in tagging) return [byArn(String(input[tagging.by]), types, prefix, catalog)];
  const required = types.filter((type) => type.required);
  const always = required.length > 0 ? required : types;
  const touched = types.flatMap(({ name }) => {
    const type = catalog.resourceType(prefix, name);
    if (type === undefined)
      throw new Error(`IAM's data names resource type ${name} of ${action.name} but does not define it`);
    const names = (behaviour.namedBy[name] ?? []).flatMap((member) => input[member] ?? []).map(String);
    const wanted = names.length === 0 && always.some((other) => other.name === name) ? ['*'] : names;
    return wanted.map((id) => ({ arn: fillArn(type.arn, place, id), type }));
  });
  return touched.length === 0 ? [{ arn: '*', type: undefined }] : touched;
}

/** A resource given as an ARN; its type is the one whose template it fits. */
function byArn(arn: string, types: IamAction['resourceTypes'], prefix: string, catalog: Catalog): Touched {
  const type = types
    .flatMap(({ name }) => catalog.resourceType(prefix, name) ?? [])
    .find((candidate) => candidate.arn.split(':')[5] === arn.split(':')[5]);
  return { arn, type };
}

/** The last variable of the template is the resource's name; the ones before it are not known. */
export function fillArn(template: string, { partition, region, account }: Place, id: string): string {
  const fixed: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  const variables = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const last = variables.findLast((name) => !(name in fixed));
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => fixed[name] ?? (name === last ? id : '*'));
}

/**
 * The condition keys of the request: the global ones, the resource's tags and the tags given, under AWS's names and
 * the service's own (`rds:db-tag/…`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function contextOf(
  action: IamAction,
  type: ResourceType | undefined,
  { input }: AuthorizedCall,
  caller: Caller,
  world: { readonly place: Place; readonly now: number; readonly tags: Tags },
): Readonly<Record<string, string | readonly string[]>> {
  const given = Array.isArray(input.Tags) ? tagsFrom(input.Tags) : undefined;
  return {
    'aws:RequestedRegion': world.place.region,
    'aws:PrincipalArn': caller.arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*$/, ':iam:$1:role/$2'),
    'aws:PrincipalAccount': world.place.account,
    'aws:CurrentTime': new Date(world.now).toISOString(),
    'aws:EpochTime': String(Math.floor(world.now / 1000)),
    'aws:SecureTransport': 'true',
    ...(given === undefined ? {} : { 'aws:TagKeys': Object.keys(given) }),
    ...(Array.isArray(input.TagKeys) ? { 'aws:TagKeys': input.TagKeys.map(String) } : {}),
    ...tagKeys(type?.conditionKeys ?? [], world.tags),
    ...tagKeys(action.conditionKeys, given ?? {}),
  };
}

const TAG_KEY = '${TagKey}';

function tagKeys(templates: readonly string[], tags: Tags): Tags {
  const entries = templates
    .filter((template) => template.includes(TAG_KEY))
    .flatMap((template) => Object.entries(tags).map(([key, value]) => [template.replace(TAG_KEY, key), value]));
  return Object.fromEntries(entries);
}

/** `[{Key, Value}]` as an object. */
export function tagsFrom(list: unknown): Tags {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.map(({ Key, Value }: { Key?: unknown; Value?: unknown }) => [String(Key), String(Value ?? '')]),
  );
}
