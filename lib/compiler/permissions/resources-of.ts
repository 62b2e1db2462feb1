import type { Catalog, IamAction, ResourceType } from '../../catalog/catalog.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { ResolvedCall } from '../analyse/analysis.ts';
import type { BoundMember } from './bound-members.ts';
import { type Filling, fillArn, type HeldArn, holdArn, isKnownArn, readName } from './fill-arn.ts';
import { type LinkedMember, type LinkRequest, linkResource, variablesOf } from './link-resources.ts';
import { valuePatterns } from './value-pattern.ts';
import { valuesAt } from './values-at.ts';

/** More combinations of names than this are better told by a wildcard. */
const MAX_NAMES = 20;
/** More resource types than this, all of them in full, are told by the service: a role's policy holds 10,240 characters. */
const MAX_TYPES = 12;

export interface ResourceScope {
  readonly call: ResolvedCall;
  readonly catalog: Catalog;
  readonly parameters: readonly ParameterSource[];
}

/**
 * The resources of an action, as narrow as can be known before a run: all its required types, and those optional
 * ones that a given member names. Where IAM marks none as required they are alternatives (a bucket, or an access
 * point to it), and all of them where nothing says which. `*` only where IAM knows no resource type.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @param only the types that count, where not all do
 */
export function resourcesOf(action: IamAction, scope: ResourceScope, only?: readonly string[]): readonly string[] {
  if (action.resourceTypes.length === 0) return ['*'];
  const counting = action.resourceTypes.filter(({ name }) => only?.includes(name) ?? true);
  if (isApiGateway(action)) return apiGatewayResources(action, scope);
  const types = settle(typesOf(action, counting, scope));
  const needed = types.filter(({ named, required, elsewhere }) => named.length > 0 || (required && !elsewhere));
  const chosen = needed.length > 0 ? needed : types;
  return collapse(chosen.flatMap(({ named, inFull }) => (named.length > 0 ? named : inFull)));
}

const API_GATEWAY_VERB = /^apigateway:(?:DELETE|GET|PATCH|POST|PUT)$/;
const isApiGateway = ({ name }: IamAction): boolean => API_GATEWAY_VERB.test(name);

/**
 * API Gateway's actions are HTTP verbs on the paths of its API, and its resource types are those paths: the operation
 * says which. What is created is posted to the collection, or to its parent in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 */
function apiGatewayResources(action: IamAction, { call, catalog, parameters }: ResourceScope): readonly string[] {
  const { service, operation } = call;
  const about = operation.name.replace(/^[A-Z][a-z]+/, '');
  const names = /Tag(?:Resource|s)$/i.test(operation.name)
    ? ['Tags']
    : action.name.endsWith(':POST')
      ? [`${about}s`, about]
      : [about];
  const type = names.map((name) => catalog.resourceType('apigateway', name)).find((found) => found !== undefined);
  if (type === undefined) return ['arn:${Partition}:apigateway:${Region}::/*'];
  const { names: named, inFull } = inCall(
    { service, operation, action: action.name, type, siblings: [type] },
    call,
    parameters,
  );
  const paths = named.length > 0 ? named : inFull;
  return collapse(action.name.endsWith(':POST') ? paths.flatMap((path) => [path, `${path}/*`]) : paths);
}

/** The resources of one type that a given member names, wherever it stands; all of the type where it names none. */
export function memberResources(
  action: IamAction,
  typeName: string,
  { value }: BoundMember,
  { catalog, parameters }: ResourceScope,
): readonly string[] {
  const type = catalog.resourceType(action.name.split(':')[0] ?? '', typeName);
  if (type === undefined) throw new Error(`IAM's data has no resource type ${typeName} for ${action.name}`);
  const variable = variablesOf(type.arn).at(-1) ?? '';
  const patterns = value === undefined ? ['*'] : valuePatterns(value, parameters);
  const reading = typeName === 'key' ? 'key-id' : 'text';
  const read = readMember(type, variable, { path: [''], reading }, () => patterns);
  const names = read.fillings.flatMap((filling) => fillArn(type, filling));
  const known = [...names, ...read.arns.map(({ arn }) => arn)];
  return collapse(known.length === 0 || read.open || read.elsewhere ? fillArn(type, new Map()) : known);
}

interface TypeInCall {
  readonly name: string;
  readonly required: boolean;
  /** ARN patterns that names in the call give. */
  readonly names: readonly string[];
  /** ARNs that the call holds and that can be of this type. */
  readonly arns: readonly HeldArn[];
  /** All that the call says of it are ARNs, and these are of something else. */
  readonly elsewhere: boolean;
  /** Every resource of the type, within the cluster, bucket or table that is given. */
  readonly inFull: readonly string[];
}

type Settled = TypeInCall & { readonly named: readonly string[] };

/** Gives each ARN to the types that it fits best: `table/orders/index/by-date` is an index, not a table. */
function settle(types: readonly TypeInCall[]): readonly Settled[] {
  const held = types.flatMap(({ arns }) => arns);
  const best = (arn: string): number =>
    Math.max(...held.filter((other) => other.arn === arn).map((other) => other.likeness));
  return types.map((type) => {
    const arns = type.arns.filter(({ arn, likeness }) => likeness === best(arn)).map(({ arn }) => arn);
    const named = [...type.names, ...arns];
    const isElsewhere = type.names.length === 0 && arns.length === 0 && (type.elsewhere || type.arns.length > 0);
    return { ...type, named, elsewhere: isElsewhere && held.length > 0 };
  });
}

function typesOf(
  action: IamAction,
  counting: IamAction['resourceTypes'],
  { call, catalog, parameters }: ResourceScope,
): readonly TypeInCall[] {
  const [prefix = ''] = action.name.split(':');
  const siblings = action.resourceTypes.map(({ name }) => {
    const type = catalog.resourceType(prefix, name);
    if (type !== undefined) return type;
    throw new Error(`IAM's data names resource type ${name} of ${action.name} but does not define it`);
  });
  return counting.flatMap(({ name, required }) => {
    const type = siblings.find((sibling) => sibling.name === name);
    if (type === undefined) return [];
    const request = { service: call.service, operation: call.operation, action: action.name, type, siblings };
    return [{ name, required, ...inCall(request, call, parameters) }];
  });
}

function inCall(
  request: LinkRequest,
  call: ResolvedCall,
  parameters: readonly ParameterSource[],
): Omit<TypeInCall, 'name' | 'required'> {
  const { type } = request;
  const link = linkResource(request);
  const patternsAt = (path: readonly string[]): readonly string[] =>
    valuesAt(call.members, path).flatMap((value) => valuePatterns(value, parameters));
  const parents = [...link.parents].map(([variable, members]): Choice => {
    const texts = members.flatMap(({ path }) => patternsAt(path).map(nameInArn));
    return texts.map((text) => new Map([[variable, text]]));
  });
  const inFull = combine(type, parents);
  const { variable } = link;
  // `/restapis` of API Gateway has no variable: there is one, and its name is known.
  if (variable === undefined)
    return { names: request.action.startsWith('apigateway:') ? inFull : [], arns: [], elsewhere: false, inFull };
  const found = link.members.map((member) => readMember(type, variable, member, patternsAt));
  const fillings = found.flatMap(({ fillings: each }) => each);
  const names = fillings.length === 0 ? [] : combine(type, [...parents, fillings]);
  const isOpen = found.some(({ open }) => open);
  return {
    names: isOpen ? [...names, ...inFull] : names,
    arns: found.flatMap(({ arns }) => arns),
    elsewhere: found.some(({ elsewhere }) => elsewhere) && !isOpen,
    inFull,
  };
}

interface ReadMember {
  readonly fillings: readonly Filling[];
  readonly arns: readonly HeldArn[];
  /** It can be any resource of the type. */
  readonly open: boolean;
  /** It is an ARN of something else. */
  readonly elsewhere: boolean;
}

function readMember(
  type: ResourceType,
  variable: string,
  { path, reading, suffixedBy }: LinkedMember,
  patternsAt: (path: readonly string[]) => readonly string[],
): ReadMember {
  const fillings: Filling[] = [];
  const arns: HeldArn[] = [];
  let [open, elsewhere] = [false, false];
  const suffixes = suffixedBy === undefined ? [] : patternsAt([suffixedBy]);
  for (const pattern of patternsAt(path)) {
    const arn = holdArn(type, pattern);
    if (arn !== undefined) arns.push(arn);
    else if (isKnownArn(pattern)) elsewhere = true;
    else if (pattern === '*' || pattern.startsWith('arn:')) open = true;
    else
      fillings.push(
        ...readName(type, variable, pattern, reading).flatMap((each) => withSuffixes(each, variable, suffixes)),
      );
  }
  return { fillings, arns, open, elsewhere };
}

/** `app` with the qualifier `live` is `app` and `app:live`: calls are checked against one or the other. */
function withSuffixes(filling: Filling, variable: string, suffixes: readonly string[]): readonly Filling[] {
  const name = filling.get(variable) ?? '*';
  return [filling, ...suffixes.map((suffix) => new Map([[variable, `${name}:${suffix}`]]))];
}

/** A cluster may be given by ARN where its name is a part of another ARN. */
function nameInArn(pattern: string): string {
  if (!pattern.startsWith('arn:')) return pattern;
  return pattern.includes('*') ? '*' : pattern.slice(Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf(':')) + 1);
}

type Choice = readonly Filling[];

/** The type's ARNs for every combination of what its variables can be. */
function combine(type: ResourceType, choices: readonly Choice[]): readonly string[] {
  const given = choices.filter(({ length }) => length > 0);
  const count = given.reduce((product, { length }) => product * length, 1);
  const usable = count > MAX_NAMES ? given.filter(({ length }) => length === 1) : given;
  const fillings = usable.reduce<Choice>(
    (left, right) => left.flatMap((one) => right.map((other) => new Map([...one, ...other]))),
    [new Map()],
  );
  return fillings.flatMap((filling) => fillArn(type, filling));
}

/** Sorted, each once; the whole of many types is told by the service. */
function collapse(resources: readonly string[]): readonly string[] {
  const headOf = (arn: string): string => arn.split(':').slice(0, 5).join(':');
  const isWhole = (arn: string): boolean => /^[\w-]+(?:[:/]\*)+$/.test(arn.split(':').slice(5).join(':'));
  const wholes = new Map<string, Set<string>>();
  for (const arn of resources.filter(isWhole)) wholes.set(headOf(arn), (wholes.get(headOf(arn)) ?? new Set()).add(arn));
  const many = (arn: string): boolean => isWhole(arn) && (wholes.get(headOf(arn))?.size ?? 0) > MAX_TYPES;
  return [...new Set(resources.map((arn) => (many(arn) ? `${headOf(arn)}:*` : arn)))].sort();
}
