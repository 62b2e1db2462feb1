import type { Attributes, Fault, MadeFirst } from './behaviour.ts';
import { describeResources } from './describe-resources.ts';
import { type Behaviour, existing, type OperationCall, resourceOf, ServiceFault } from './operation-call.ts';
import { tagResource } from './tag-resource.ts';
import { type Resource, spelling } from './world.ts';

/** Does what the operation does and gives its output. Throws {@link ServiceFault} where the service would refuse. */
export function runOperation(call: OperationCall): Attributes {
  const does = call.behaviour.operations[call.operation.name];
  if (does === undefined) throw new Error(`No behaviour for ${call.operation.name}`);
  switch (does.does) {
    case 'describe':
      return describeResources(call, does);
    case 'create':
      return create(call, does);
    case 'change':
    case 'delete':
      return change(call, does);
    default:
      return tagResource(call, does);
  }
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
  if (does.does === 'change')
    resource.attributes = { ...resource.attributes, ...changed(resource.attributes, input, does) };
  if (does.change !== undefined) world.begin(resource, does.change);
  return { [does.into]: resource.attributes };
}

/** The attributes that the input changes, now or (within an attribute of their own) later. */
function changed(attributes: Attributes, input: Attributes, { keeps = [], defers }: Behaviour<'change'>): Attributes {
  const given = (members: readonly string[]): Attributes =>
    Object.fromEntries(
      members.filter((member) => input[member] !== undefined).map((member) => [member, input[member]]),
    );
  if (defers === undefined) return given(keeps);
  if (input[defers.unless] === true) return { ...given(keeps), ...given(defers.members) };
  return {
    ...given(keeps),
    [defers.into]: { ...(attributes[defers.into] as object | undefined), ...given(defers.members) },
  };
}

function makeFirst(call: OperationCall, { by, as }: MadeFirst): void {
  const id = call.input[by];
  const does = call.behaviour.operations[as];
  if (id === undefined || does?.does !== 'create') return;
  const { Tags: _tags, ...input } = call.input;
  create({ ...call, operation: call.operationNamed(as), input: { ...input, [does.by]: id } }, does);
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

function withoutUndefined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
