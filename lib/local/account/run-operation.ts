import { isDeepStrictEqual } from 'node:util';
import type { Attributes, MadeFirst } from './behaviour.ts';
import { createResource } from './create-resource.ts';
import { describeResources, show } from './describe-resources.ts';
import { editList } from './edit-list.ts';
import { type Behaviour, matches, type OperationCall, resourceOf, targetsOf } from './operation-call.ts';
import { tagResource } from './tag-resource.ts';
import { at, fill, fillStructure, holds, type Scope, withValue } from './template.ts';
import type { Resource } from './world.ts';

/** Does what the operation does and gives its output. Throws `ServiceFault` where the service would refuse. */
export function runOperation(call: OperationCall): Attributes {
  const does = call.behaviour.operations[call.operation.name];
  if (does === undefined) throw new Error(`No behaviour for ${call.operation.name}`);
  if (does.within !== undefined) targetsOf(call, does.within);
  switch (does.does) {
    case 'describe':
      return describeResources(call, does);
    case 'create':
      return created(call, does);
    case 'get':
      return answer(call, does, targetsOf(call, does).map(withBefore));
    case 'change':
    case 'delete':
      return change(call, does);
    case 'answer':
      return fillStructure(does.output, call.scope);
    default:
      return tagResource(call, does);
  }
}

function created(call: OperationCall, does: Behaviour<'create'>): Attributes {
  const resource = createResource(call, does);
  return does.into === undefined && does.output === undefined
    ? topLevel(call, does.resource, resource)
    : answer(call, does, [withBefore(resource)]);
}

/** The output of an operation that has the resource's attributes at its top: `CreateVolume`. */
function topLevel(call: OperationCall, kindName: string, resource: Resource): Attributes {
  const known = new Set(call.operation.output.members.map(({ name }) => name));
  const attributes = show(call, resourceOf(call.behaviour, kindName), resource, undefined) as Attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => known.has(name)));
}

interface Changed {
  readonly resource: Resource;
  /** Its attributes before the call. */
  readonly before: Attributes;
}

const withBefore = (resource: Resource): Changed => ({ resource, before: resource.attributes });

function answer(
  call: OperationCall,
  does: Behaviour<'get' | 'create' | 'change' | 'delete'>,
  changed: readonly Changed[],
): Attributes {
  const [first] = changed;
  const kind = resourceOf(call.behaviour, does.resource);
  const scopeOf = ({ resource, before }: Changed): Scope => ({
    ...call.scope,
    self: show(call, kind, resource, undefined),
    hidden: resource.attributes,
    before,
    id: resource.id,
    arn: resource.arn,
  });
  if (does.output !== undefined && first !== undefined) return fillStructure(does.output, scopeOf(first));
  const { into, each } = does;
  if (into === undefined || first === undefined) return {};
  if (each === undefined) return { [into]: show(call, kind, first.resource, undefined) };
  return { [into]: changed.map((one) => fill(each, scopeOf(one))) };
}

function change(call: OperationCall, does: Behaviour<'change' | 'delete'>): Attributes {
  const changed = targetsOf(call, does).map(withBefore);
  if (does.before !== undefined) makeFirst(call, does.before);
  for (const { resource } of changed) changeOne(call, does, resource);
  return answer(call, does, changed);
}

function changeOne(call: OperationCall, does: Behaviour<'change' | 'delete'>, resource: Resource): void {
  const { world, behaviour } = call;
  const { status } = resourceOf(behaviour, does.resource);
  if (status !== undefined && does.doneIn?.includes(String(at(resource.attributes, status)))) return;
  const scope = { ...call.scope, self: resource.attributes, id: resource.id, arn: resource.arn };
  if (does.does === 'delete') {
    if (does.change === undefined) world.remove(resource);
    else world.begin(resource, does.change, scope);
    return;
  }
  const earlier = resource.attributes;
  resource.attributes = changed(call, does, resource, scope);
  const isSame = isDeepStrictEqual(earlier, resource.attributes);
  if (does.renews !== undefined) renew(call, does.renews, scope);
  // A modification that changes nothing takes no time, unless the operation is nothing but its state change.
  const isModification = does.sets !== undefined || does.keeps !== undefined || does.defers !== undefined;
  if (does.change !== undefined && !(isModification && isSame)) world.begin(resource, does.change, scope);
}

/** The attributes with what the input changes, now or (within an attribute of their own) later. */
function changed(call: OperationCall, does: Behaviour<'change'>, resource: Resource, scope: Scope): Attributes {
  const { input } = call;
  const { keeps = [], defers, sets = {}, removes = [], edits } = does;
  const given = (members: readonly string[]): Attributes =>
    Object.fromEntries(
      members.filter((member) => input[member] !== undefined).map((member) => [member, input[member]]),
    );
  const isDeferred = defers !== undefined && input[defers.unless] !== true;
  const filled = Object.entries(sets)
    .map(([path, template]) => [path, fill(template, scope)] as const)
    .filter(([, value]) => value !== undefined);
  const { attributes } = resource;
  const changes: readonly (readonly [string, unknown])[] = [
    ...Object.entries(given(keeps)),
    ...(defers === undefined
      ? []
      : isDeferred
        ? [[defers.into, { ...(attributes[defers.into] as object | undefined), ...given(defers.members) }] as const]
        : Object.entries(given(defers.members))),
    ...filled,
    ...removes.map((path) => [path, undefined] as const),
    ...(edits === undefined
      ? []
      : [[edits.list, editList(edits, attributes[edits.list], fill(edits.given, scope), resource.id)] as const]),
  ];
  return changes.reduce((all, [path, value]) => withValue(all, path, value), attributes);
}

/** Those that match go, and each has a successor. */
function renew(call: OperationCall, renews: NonNullable<Behaviour<'change'>['renews']>, scope: Scope): void {
  if (renews.when !== undefined && !holds(renews.when, scope)) return;
  const { world, behaviour, region } = call;
  for (const old of world.list(behaviour.service, renews.resource, region)) {
    if (old.pending?.change.to === 'deleted' || !matches(old, renews.where, scope)) continue;
    const { resource, id, attributes, change: begins } = renews;
    const making = { ...call, scope: { ...scope, source: old.attributes } };
    createResource(making, { does: 'create', resource, id, attributes, change: begins });
    world.begin(old, { to: 'deleted', seconds: renews.seconds }, scope);
  }
}

function makeFirst(call: OperationCall, { by, as }: MadeFirst): void {
  const id = call.input[by];
  const does = call.behaviour.operations[as];
  if (id === undefined || does?.does !== 'create' || does.by === undefined) return;
  const { Tags: _tags, ...rest } = call.input;
  const input = { ...rest, [does.by]: id };
  createResource({ ...call, operation: call.operationNamed(as), input, scope: { ...call.scope, input } }, does);
}
