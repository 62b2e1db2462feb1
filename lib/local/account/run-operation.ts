import type { Operation } from '../../catalog/catalog.ts';
import type { Attributes, Fault, MadeFirst, OperationBehaviour, ResourceBehaviour, ServiceBehaviour } from './behaviour.ts';
import { type Resource, spelling, type World } from './world.ts';

/** Everything one call works with; members are in AWS's names. */
export interface OperationCall {
  readonly behaviour: ServiceBehaviour;
  readonly operation: Operation;
  readonly input: Attributes;
  readonly world: World;
  /** ISO 8601. */
  readonly now: string;
  readonly arnOf: (iamType: string, id: string) => string;
  /** Another operation of the service, by its name. */
  readonly operationNamed: (name: string) => Operation;
}

/** A service refused the call; carries its error. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly fault: Fault;

  constructor(fault: Fault, id = '') {
    const message = fault.message.replaceAll('{id}', id);
    super(message);
    this.fault = { ...fault, message };
  }
}

/** Does what the operation does and gives its output. Throws {@link ServiceFault} where the service would refuse. */
export function runOperation(call: OperationCall): Attributes {
  const does = call.behaviour.operations[call.operation.name];
  if (does === undefined) throw new Error(`No behaviour for ${call.operation.name}`);
  switch (does.does) {
    case 'describe':
      return describe(call, does);
    case 'create':
      return create(call, does);
    case 'change':
    case 'delete':
      return change(call, does);
    default:
      return tag(call, does);
  }
}

/** The members of a call that its behaviour does not take into account; to answer it regardless would be to make something up. */
export function membersNotSimulated(does: OperationBehaviour, input: Attributes): readonly string[] {
  const known = new Set([does.by, ...(does.ignores ?? []), ...membersOf(does)]);
  return Object.keys(input).filter((member) => !known.has(member));
}

function membersOf(does: OperationBehaviour): readonly string[] {
  switch (does.does) {
    case 'describe':
      return [...Object.keys(does.where ?? {}), ...(does.filters === undefined ? [] : ['Filters']), does.page.size, does.page.marker];
    case 'create':
      return does.from === undefined ? [] : [does.from.by];
    case 'change':
      return [...(does.keeps ?? []), ...(does.defers === undefined ? [] : [...does.defers.members, does.defers.unless]), does.before?.by ?? []].flat();
    case 'delete':
      return [does.before?.by ?? []].flat();
    default:
      return [does.tags];
  }
}

type Behaviour<K extends OperationBehaviour['does']> = Extract<OperationBehaviour, { does: K }>;

function describe(call: OperationCall, does: Behaviour<'describe'>): Attributes {
  const { input, world, behaviour } = call;
  const named = input[does.by];
  const found = named === undefined ? world.list(behaviour.service, does.resource) : [existing(call, does.resource, String(named))];
  const selected = found.filter(({ attributes }) => matchesWhere(attributes, input, does.where) && matchesFilters(attributes, input, does));
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

function matchesWhere(attributes: Attributes, input: Attributes, where: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(where).every(([member, attribute]) => input[member] === undefined || equal(attributes[attribute], input[member]));
}

function matchesFilters(attributes: Attributes, input: Attributes, does: Behaviour<'describe'>): boolean {
  const filters = (input.Filters ?? []) as readonly { readonly Name: string; readonly Values: readonly string[] }[];
  return filters.every(({ Name: name, Values: values }) => {
    const attribute = does.filters?.[name];
    if (attribute === undefined) throw new ServiceFault({ code: 'InvalidParameterValue', message: `Unrecognized filter name: ${name}` });
    return values.some((value) => equal(attributes[attribute], value));
  });
}

function equal(left: unknown, right: unknown): boolean {
  return String(left).toLowerCase() === String(right).toLowerCase();
}

function create(call: OperationCall, does: Behaviour<'create'>): Attributes {
  const { input, world, behaviour, now } = call;
  const kind = resourceOf(behaviour, does.resource);
  const id = spelling(kind, checkedId(call, does.by));
  const source = does.from === undefined ? {} : target(call, does.from).attributes;
  if (world.find(behaviour.service, does.resource, id) !== undefined) throw new ServiceFault(kind.duplicate, id);
  const arn = call.arnOf(kind.iamType, id);
  const attributes = withoutUndefined({
    ...does.attributes({ id, arn, input, source, now }),
    [kind.identifier]: id,
    [kind.arn]: arn,
  });
  const resource = world.add({ service: behaviour.service, kind: does.resource, id, arn, attributes });
  world.begin(resource, does.change);
  return { [does.into]: resource.attributes };
}

function change(call: OperationCall, does: Behaviour<'change' | 'delete'>): Attributes {
  const { input, world } = call;
  const resource = target(call, does);
  if (does.does === 'delete') {
    const refusal = does.refuses?.(input, resource.attributes);
    if (refusal !== undefined) throw new ServiceFault(refusal, resource.id);
  }
  if (does.before !== undefined) makeFirst(call, does.before);
  if (does.does === 'change') resource.attributes = { ...resource.attributes, ...changed(resource.attributes, input, does) };
  if (does.change !== undefined) world.begin(resource, does.change);
  return { [does.into]: resource.attributes };
}

/** The attributes that the input changes, now or (within an attribute of their own) later. */
function changed(attributes: Attributes, input: Attributes, { keeps = [], defers }: Behaviour<'change'>): Attributes {
  const given = (members: readonly string[]): Attributes =>
    Object.fromEntries(members.filter((member) => input[member] !== undefined).map((member) => [member, input[member]]));
  if (defers === undefined) return given(keeps);
  if (input[defers.unless] === true) return { ...given(keeps), ...given(defers.members) };
  return { ...given(keeps), [defers.into]: { ...(attributes[defers.into] as object | undefined), ...given(defers.members) } };
}

function makeFirst(call: OperationCall, { by, as }: MadeFirst): void {
  const id = call.input[by];
  const does = call.behaviour.operations[as];
  if (id === undefined || does?.does !== 'create') return;
  const { Tags: _tags, ...input } = call.input;
  create({ ...call, operation: call.operationNamed(as), input: { ...input, [does.by]: id } }, does);
}

function tag(call: OperationCall, does: Behaviour<'tag' | 'untag' | 'listTags'>): Attributes {
  const { input, world, behaviour } = call;
  const arn = String(input[does.by]);
  const resource = world.findByArn(arn);
  if (resource === undefined) throw missingByArn(behaviour, arn);
  const { tags: member } = resourceOf(behaviour, resource.kind);
  const tags = (resource.attributes[member] ?? []) as readonly { readonly Key: string }[];
  if (does.does === 'listTags') return { [does.tags]: tags };
  const given = input[does.tags] as readonly unknown[];
  const keys = new Set(given.map((item) => (typeof item === 'string' ? item : (item as { readonly Key: string }).Key)));
  const kept = tags.filter(({ Key }) => !keys.has(Key));
  resource.attributes = { ...resource.attributes, [member]: does.does === 'tag' ? [...kept, ...given] : kept };
  return {};
}

function missingByArn(behaviour: ServiceBehaviour, arn: string): ServiceFault {
  const [, , , , , type, ...rest] = arn.split(':');
  const kind = Object.values(behaviour.resources).find(({ iamType }) => iamType === type);
  if (kind !== undefined) return new ServiceFault(kind.missing, rest.join(':'));
  return new ServiceFault({ code: 'InvalidParameterValue', message: `Invalid resource name: ${arn}` });
}

/** The resource that the input names, in a state in which the operation can be done. */
function target(
  call: OperationCall,
  of: { readonly resource: string; readonly by: string; readonly in?: readonly string[]; readonly otherwise?: Fault },
): Resource {
  const resource = existing(call, of.resource, String(call.input[of.by]));
  const { status } = resourceOf(call.behaviour, of.resource);
  const state = String(resource.attributes[status]);
  if (of.in !== undefined && !of.in.includes(state)) {
    throw new ServiceFault(of.otherwise ?? { code: 'InvalidState', message: `{id} is ${state}` }, resource.id);
  }
  return resource;
}

function existing({ world, behaviour }: OperationCall, kind: string, id: string): Resource {
  const resource = world.find(behaviour.service, kind, id);
  if (resource === undefined) throw new ServiceFault(resourceOf(behaviour, kind).missing, id);
  return resource;
}

/** The identifier of something new, which must be well formed where AWS documents how. */
function checkedId({ input, operation }: OperationCall, by: string): string {
  const id = String(input[by]);
  const rule = operation.input.members.find(({ name }) => name === by)?.constraint;
  const tooLong = rule?.maxLength !== undefined && id.length > rule.maxLength;
  const malformed = rule?.pattern !== undefined && !new RegExp(rule.pattern).test(id);
  if (!tooLong && !malformed) return id;
  throw new ServiceFault({
    code: 'InvalidParameterValue',
    message: `The parameter ${by} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
  });
}

function resourceOf(behaviour: ServiceBehaviour, kind: string): ResourceBehaviour {
  const resource = behaviour.resources[kind];
  if (resource === undefined) throw new Error(`${behaviour.service} has no kind of resource ${kind}`);
  return resource;
}

function withoutUndefined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
