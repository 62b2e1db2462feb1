import type { Operation } from '../../catalog/catalog.ts';
import type {
  Attributes,
  Fault,
  OperationBehaviour,
  ResourceBehaviour,
  ServiceBehaviour,
  Target,
} from './behaviour.ts';
import { at, fill, holds, type Scope, type Template } from './template.ts';
import type { Resource, World } from './world.ts';

/** Everything one call works with; members are in AWS's names. */
export interface OperationCall {
  readonly behaviour: ServiceBehaviour;
  readonly operation: Operation;
  readonly input: Attributes;
  readonly world: World;
  readonly region: string;
  /** `input`, `now` (ISO 8601), `region`, `account`, `partition` and `caller` for templates. */
  readonly scope: Scope;
  /** The ARN of a resource, or nothing where its kind has none. */
  readonly arnOf: (kind: ResourceBehaviour, id: string, scope: Scope) => string;
  /** Another operation of the service, by its name. */
  readonly operationNamed: (name: string) => Operation;
}

/** A service refused the call; carries its error. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly fault: Fault;

  constructor(fault: Fault, id = '', scope?: Scope) {
    const filled = scope === undefined ? undefined : fill(fault.message, { ...scope, id });
    const message = typeof filled === 'string' ? filled : fault.message.replaceAll('{id}', id);
    super(message);
    this.fault = { ...fault, message };
  }
}

/** The behaviour of one kind of operation. */
export type Behaviour<K extends OperationBehaviour['does']> = Extract<OperationBehaviour, { does: K }>;

/** The resource of that identifier; throws the service's error where there is none. */
export function existing(call: OperationCall, kind: string, id: string, missing?: Fault): Resource {
  const resource = call.world.find(call.behaviour.service, kind, id, call.region);
  if (resource !== undefined) return resource;
  throw new ServiceFault(missing ?? resourceOf(call.behaviour, kind).missing, id, call.scope);
}

export function resourceOf(behaviour: ServiceBehaviour, kind: string): ResourceBehaviour {
  const resource = behaviour.resources[kind];
  if (resource === undefined) throw new Error(`${behaviour.service} has no kind of resource ${kind}`);
  return resource;
}

/** The resources that the input names, each in a state in which the operation can be done; one that it must name, or a list. */
export function targetsOf(call: OperationCall, of: Target): readonly Resource[] {
  const named = identifiersOf(call, of.by);
  if (named.length === 0 && of.optional !== true) {
    const missing = { code: 'MissingParameter', message: `The request must contain the parameter ${of.by}` };
    throw new ServiceFault(of.unnamed ?? missing);
  }
  const { world, behaviour, region } = call;
  const isThere = (id: string): boolean => world.find(behaviour.service, of.resource, id, region) !== undefined;
  return named
    .filter((id) => of.lenient !== true || isThere(id))
    .map((id) => checked(call, of, existing(call, of.resource, id, of.missing)));
}

/** The identifiers that a member, or a template, gives. */
export function identifiersOf({ input, scope }: OperationCall, by: string): readonly string[] {
  const value = by.includes('{') ? fillEach(by, scope) : input[by];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** A template with `{input.services:names}` in it is filled once for each name in the list. */
function fillEach(by: string, scope: Scope): unknown {
  const [list, path] = /\{([\w.]+):names\}/.exec(by) ?? [];
  if (list === undefined || path === undefined) return fill(by, scope);
  const values = at(scope, path);
  return (Array.isArray(values) ? values : []).map((item) => fill(by.replace(list, '{item:name}'), { ...scope, item }));
}

function checked(call: OperationCall, of: Target, resource: Resource): Resource {
  const kind = resourceOf(call.behaviour, of.resource);
  const scope = { ...call.scope, self: resource.attributes, id: resource.id, arn: resource.arn };
  if (!matches(resource, of.where, scope)) throw new ServiceFault(of.missing ?? kind.missing, resource.id, scope);
  const state = kind.status === undefined ? '' : String(at(resource.attributes, kind.status));
  if (of.in !== undefined && !of.in.includes(state) && !(of.doneIn ?? []).includes(state)) {
    throw new ServiceFault(of.otherwise ?? { code: 'InvalidState', message: `{id} is ${state}` }, resource.id, scope);
  }
  if (of.part !== undefined && at(resource.attributes, of.part.path) === undefined) {
    throw new ServiceFault(of.part.missing, resource.id, scope);
  }
  const refusal = of.refuses?.find(({ when }) => holds(when, scope));
  if (refusal !== undefined) throw new ServiceFault(refusal.fault, resource.id, scope);
  return resource;
}

/** Whether attributes are what templates give; those that give nothing do not count. */
export function matches(
  { attributes }: Resource,
  where: Readonly<Record<string, Template>> = {},
  scope: Scope,
): boolean {
  return Object.entries(where).every(([path, template]) => {
    const wanted = fill(template, scope);
    return wanted === undefined || at(attributes, path) === wanted;
  });
}

/** The resource as its operations show it. */
export function shown(kind: ResourceBehaviour, { attributes }: Resource): Attributes {
  const hidden = new Set(kind.hidden ?? []);
  return hidden.size === 0
    ? attributes
    : Object.fromEntries(Object.entries(attributes).filter(([name]) => !hidden.has(name)));
}
