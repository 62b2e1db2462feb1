import type { CatalogService, Member, Operation, ResourceType, Shape } from '../../catalog/catalog.ts';
import { MAIN_VARIABLES, RESOURCE_NAMES, type Reading, type ResourceName } from './resource-names.ts';
import { canFill, type Nouns, nounOfOperation, nounsOf } from './resource-nouns.ts';

/** A member of the call, or of a structure in it, that names a resource or a part of its name. */
export interface LinkedMember {
  /** Names of members, outermost first; `{}` stands for the keys of a map. Lists are looked into. */
  readonly path: readonly string[];
  readonly reading: Reading;
  /** A member that, where it is given, follows after a colon: the version of a function. */
  readonly suffixedBy?: string;
}

/** How a resource type of an IAM action is named by the members of a call. */
export interface ResourceLink {
  /** The variable of the ARN that tells one resource from another; absent where the ARN has none. */
  readonly variable: string | undefined;
  /** Members that fill that variable, or hold the whole ARN; any that the call gives counts. */
  readonly members: readonly LinkedMember[];
  /** Members that fill other variables: the cluster that a service is in. */
  readonly parents: ReadonlyMap<string, readonly LinkedMember[]>;
}

export interface LinkRequest {
  readonly service: CatalogService;
  readonly operation: Operation;
  /** With its prefix. */
  readonly action: string;
  readonly type: ResourceType;
  /** All resource types of the action: a word that could mean two of them means neither. */
  readonly siblings: readonly ResourceType[];
}

const FIXED_VARIABLES: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account']);
/** Verbs whose call brings a resource into being, whose name the caller may or may not choose. */
const CREATING = /^(?:Create|Run|Register|Import|Copy|Allocate|Request|Purchase|Start|Export|Restore|Put)(?=[A-Z])/;
const NESTED_DEPTH = 2;

/**
 * Which members of the input name the resource, for one resource type of an action.
 *
 * AWS publishes no such map on npm, so the words of the ARN's variables are compared with the words of the members:
 * `DBSnapshotIdentifier` ↔ `snapshot:${SnapshotName}`. In order: the same words; a member that {@link RESOURCE_NAMES}
 * lists; a bare `Name` or `Id` where the operation's noun is the type; the last words of the type, where they can
 * mean no other (`GroupId` ↔ security-group); the same words within structures; a bare ARN. Where nothing fits the
 * permission is scoped by resource type only: no link is better than a wrong one.
 */
export function linkResource(request: LinkRequest): ResourceLink {
  const variables = variablesOf(request.type.arn).filter((variable) => !FIXED_VARIABLES.has(variable));
  const variable = mainVariable(request, variables);
  const context = contextOf(request, variable);
  const members = membersOf(context);
  const isMain = ({ path }: LinkedMember): boolean => members.some((main) => main.path.join('.') === path.join('.'));
  const parents = variables
    .filter((other) => other !== variable)
    .map((other) => [other, membersOfVariable(context, other).filter((member) => !isMain(member))] as const);
  return { variable, members, parents: new Map(parents) };
}

interface Context extends LinkRequest {
  readonly variable: string | undefined;
  readonly prefix: string;
  /** The noun of the main variable, and that of the type's name. */
  readonly wanted: ReadonlySet<string>;
  readonly typeNouns: Nouns;
}

function contextOf(request: LinkRequest, variable: string | undefined): Context {
  const prefix = prefixOf(request.action);
  const [ofVariable, typeNouns] = [nounsOf(variable ?? '', prefix), nounsOf(request.type.name, prefix)];
  // `shard-group:${DbShardGroupResourceId}` is not named by what people call a shard group.
  const names = ofVariable.noun.endsWith('resource') ? [ofVariable.noun] : [ofVariable.noun, typeNouns.noun];
  return { ...request, variable, prefix, typeNouns, wanted: new Set(names.filter((noun) => noun !== '')) };
}

/** The variable with the type's own noun, else the last one that says what it is: `stack/${StackName}/${Id}`. */
function mainVariable({ type, action }: LinkRequest, variables: readonly string[]): string | undefined {
  const prefix = prefixOf(action);
  const known = MAIN_VARIABLES[`${prefix}:${type.name}`];
  if (known !== undefined) return known;
  const { noun } = nounsOf(type.name, prefix);
  const nouns = variables.map((variable) => nounsOf(variable, prefix).noun);
  const own = nouns.indexOf(noun);
  if (own >= 0) return variables[own];
  const last = nouns.findLastIndex((each) => each !== '');
  return variables[last] ?? variables.at(-1);
}

function membersOf(context: Context): readonly LinkedMember[] {
  if (context.variable === undefined) return [];
  const listed = listedMembers(context, context.variable);
  // `CopySource` names what CopyObject reads, and `Key` what it writes.
  const exact = isSpecific(context) ? [] : exactMembers(context);
  if (listed.length > 0 || exact.length > 0) {
    return distinct([...listed, ...exact]).filter(({ reading }) => reading !== 'unrelated');
  }
  for (const find of [bareMembers, suffixMembers, nestedMembers, arnMembers]) {
    const found = find(context);
    if (found.length > 0) return found;
  }
  return [];
}

const isSpecific = ({ action, operation, type }: LinkRequest): boolean =>
  (RESOURCE_NAMES[`${prefixOf(action)}:${type.name}`] ?? []).some(
    (row) => row.action === action && operation.input.members.some(({ name }) => row.member.split('.')[0] === name),
  );

/** Members with exactly the wanted words, of the kind that the ARN has where there is a choice. */
function exactMembers(context: Context): readonly LinkedMember[] {
  const { operation, prefix, wanted } = context;
  const fitting = operation.input.members
    .filter(isReference)
    .map((member) => ({ member, nouns: nounsOf(member.name, prefix) }))
    .filter(({ nouns }) => fits(nouns, wanted));
  // The variable's own word before the type's: `/restapis/${RestApiId}/stages` is not named by a stage.
  const own = new Set([nounsOf(context.variable ?? '', prefix).noun]);
  const closest = fitting.filter(({ nouns }) => fits(nouns, own));
  return usable(context, closest.length > 0 ? closest : fitting);
}

interface Candidate {
  readonly member: Member;
  readonly nouns: Nouns;
}

function usable(context: Context, candidates: readonly Candidate[]): readonly LinkedMember[] {
  const { operation, variable = '', prefix, action } = context;
  const creates = CREATING.test(operation.name) && isAbout(context);
  const own = candidates.filter(({ nouns }) => !nouns.qualifiers.includes('source'));
  // What a copy is checked against is the new resource; where AWS names that, its source says nothing.
  const relevant = creates && own.length === 0 ? [] : sideOf(action, candidates);
  const named = relevant.filter(({ nouns }) => nouns.kind !== 'arn' && canFill(nouns, nounsOf(variable, prefix)));
  const arns = relevant.filter(({ nouns }) => nouns.kind === 'arn');
  return [...named, ...arns].map(({ member }) => plain(member.name));
}

/** `kms:ReEncryptFrom` is about the source, `kms:ReEncryptTo` about the destination. */
function sideOf(action: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const side = /From$/.test(action) ? 'source' : /To$/.test(action) ? 'destination' : undefined;
  const onSide = candidates.filter(({ nouns }) => side !== undefined && nouns.qualifiers.includes(side));
  return onSide.length > 0 ? onSide : candidates;
}

/** `Name` of CreateTopic is the topic's. */
function bareMembers(context: Context): readonly LinkedMember[] {
  const { operation, prefix, variable = '' } = context;
  if (!isAbout(context)) return [];
  const filled = nounsOf(variable, prefix);
  const bare = operation.input.members
    .filter((member) => isReference(member) && /^(?:name|id|identifier)s?$/i.test(member.name))
    .map((member) => ({ name: member.name, nouns: nounsOf(member.name, prefix) }))
    .filter(({ nouns }) => canFill(nouns, filled));
  const same = bare.filter(({ nouns }) => nouns.kind === filled.kind);
  return (same.length > 0 ? same : bare).map(({ name }) => plain(name));
}

/** Whether what the operation is about is the type. */
const isAbout = ({ operation, prefix, wanted }: Context): boolean =>
  wanted.has(nounOfOperation(operation.name, prefix));

/** `GroupId` is a security group's where the action has no other kind of group. */
function suffixMembers(context: Context): readonly LinkedMember[] {
  const { operation, prefix, siblings, typeNouns } = context;
  const fitting = operation.input.members
    .filter(isReference)
    .map((member) => ({ member, nouns: nounsOf(member.name, prefix) }))
    .filter(({ nouns }) => {
      // `Policy` is more often a text than the name of a policy.
      if (nouns.kind === 'none') return false;
      const ending = (words: readonly string[]): boolean =>
        nouns.words.length > 0 && words.slice(-nouns.words.length).join('') === nouns.noun;
      const meant = siblings.filter((type) => ending(nounsOf(type.name, prefix).words));
      return ending(typeNouns.words) && meant.length === 1;
    });
  return usable(context, fitting);
}

function nestedMembers(context: Context): readonly LinkedMember[] {
  const { operation, service, prefix, wanted, siblings, type, typeNouns, variable = '' } = context;
  const filled = nounsOf(variable, prefix);
  if (CREATING.test(operation.name) && isAbout(context)) return [];
  // A `GroupName` somewhere inside can be any of the action's kinds of group.
  const others = siblings.filter(({ name }) => name !== type.name).map(({ name }) => nounsOf(name, prefix).noun);
  if (others.some((other) => other.endsWith(typeNouns.noun))) return [];
  const found: LinkedMember[] = [];
  const visit = (members: readonly Member[], path: readonly string[]): void => {
    for (const member of members) {
      const nouns = nounsOf(member.name, prefix);
      const named = nouns.kind === 'arn' || (nouns.kind !== 'none' && canFill(nouns, filled));
      if (path.length > 0 && isReference(member) && named && fits(nouns, wanted))
        found.push({ path: [...path, member.name], reading: 'text' });
      const structure = structureOf(member.shape, service);
      if (structure !== undefined && path.length < NESTED_DEPTH) visit(structure, [...path, member.name]);
    }
  };
  visit(operation.input.members, []);
  return found;
}

/** `ResourceArn`, `Arn`, `SourceArn`: an ARN says itself what it is the ARN of. */
function arnMembers(context: Context): readonly LinkedMember[] {
  const { operation, prefix } = context;
  if (CREATING.test(operation.name) && isAbout(context)) return [];
  return operation.input.members
    .filter((member) => isReference(member))
    .filter((member) => {
      const { kind, unqualified } = nounsOf(member.name, prefix);
      // RDS's and Neptune's ResourceName is an ARN as well.
      return (kind === 'arn' && unqualified === '') || (prefix === 'rds' && member.name === 'ResourceName');
    })
    .map(({ name }) => plain(name));
}

function membersOfVariable(context: Context, variable: string): readonly LinkedMember[] {
  const { operation, prefix } = context;
  const { noun } = nounsOf(variable, prefix);
  // The table that a backup is restored to is not the one it is of; an `Id` is that of what the operation is about.
  const isNamed = ({ name }: Member): boolean =>
    noun === '' ? isAbout(context) && name === variable : nounsOf(name, prefix).noun === noun;
  const exact = operation.input.members.filter((member) => isReference(member) && isNamed(member));
  return distinct([...listedMembers(context, variable), ...exact.map(({ name }) => plain(name))]);
}

function listedMembers(request: LinkRequest, variable: string | undefined): readonly LinkedMember[] {
  const { operation, action, type, service } = request;
  const variables = variablesOf(type.arn).filter((name) => !FIXED_VARIABLES.has(name));
  const rows = RESOURCE_NAMES[`${prefixOf(action)}:${type.name}`] ?? [];
  const applies = (row: ResourceName): boolean =>
    (row.action ?? action) === action &&
    (row.operation ?? operation.name) === operation.name &&
    (row.variable ?? mainVariable(request, variables)) === variable &&
    exists(row.member.split('.'), operation.input.members, service);
  const applying = rows.filter(applies);
  const ofAction = applying.filter((row) => row.action !== undefined);
  return (ofAction.length > 0 ? ofAction : applying).map(({ member, reading = 'text', suffixedBy }) => ({
    path: member.split('.'),
    reading,
    ...(suffixedBy === undefined ? {} : { suffixedBy }),
  }));
}

function exists([name, ...rest]: readonly string[], members: readonly Member[], service: CatalogService): boolean {
  const member = members.find((candidate) => candidate.name === name);
  if (member === undefined || rest.length === 0) return member !== undefined;
  if (rest[0] === '{}') return member.shape.kind === 'map';
  return exists(rest, structureOf(member.shape, service) ?? [], service);
}

function structureOf(shape: Shape, service: CatalogService): readonly Member[] | undefined {
  if (shape.kind === 'list') return structureOf(shape.item, service);
  return shape.kind === 'structure' ? service.structure(shape.name)?.members : undefined;
}

/** Text that can name something: no enum, no flag, no token. */
function isReference({ shape, idempotencyToken }: Member): boolean {
  const item = shape.kind === 'list' ? shape.item : shape;
  return item.kind === 'scalar' && item.type === 'string' && item.enum === undefined && idempotencyToken !== true;
}

const fits = ({ noun, unqualified }: Nouns, wanted: ReadonlySet<string>): boolean =>
  wanted.has(noun) || wanted.has(unqualified);

const plain = (name: string): LinkedMember => ({ path: [name], reading: 'text' });

function distinct(members: readonly LinkedMember[]): readonly LinkedMember[] {
  const key = ({ path }: LinkedMember): string => path.join('.');
  return members.filter((member, index) => members.findIndex((other) => key(other) === key(member)) === index);
}

const prefixOf = (action: string): string => action.split(':')[0] ?? '';

/** The names of the variables in an ARN template, in order. */
export function variablesOf(arn: string): readonly string[] {
  return [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
}
