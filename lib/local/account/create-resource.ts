import type { ResourceBehaviour } from './behaviour.ts';
import { type Behaviour, matches, type OperationCall, resourceOf, ServiceFault, targetsOf } from './operation-call.ts';
import { fill, fillStructure, holds, withValue } from './template.ts';
import { type Resource, spelling, withStatus } from './world.ts';

/** Makes a resource from the input, or throws the service's error. */
export function createResource(call: OperationCall, does: Behaviour<'create'>): Resource {
  const { world, behaviour } = call;
  const kind = resourceOf(behaviour, does.resource);
  const id = spelling(kind, identifierOf(call, does));
  const source = sourceOf(call, does);
  const from = { ...call.scope, ...sourceScope(call, source) };
  const arn = call.arnOf(kind, id, from);
  const scope = { ...from, id, arn };
  const earlier = world.find(behaviour.service, does.resource, id, call.region);
  if (earlier !== undefined && does.replaces !== true) throw duplicate(kind, id);
  const refusal = does.refuses?.find(({ when }) => holds(when, scope));
  if (refusal !== undefined) throw new ServiceFault(refusal.fault, id, scope);
  const { limit } = does;
  if (limit !== undefined) {
    const others = world.list(behaviour.service, does.resource, call.region);
    if (others.filter((other) => matches(other, limit.where, scope)).length >= limit.count)
      throw new ServiceFault(limit.fault, id, scope);
  }
  if (earlier !== undefined) world.remove(earlier);
  const own = { ...fillStructure(kind.defaults, scope), ...fillStructure(does.attributes, scope) };
  const attributes = identified(kind, own, id, arn);
  const region = kind.global === true ? '' : regionOf(arn, call.region);
  const resource = world.add({ service: behaviour.service, kind: does.resource, id, arn, region, attributes });
  if (does.change !== undefined) world.begin(resource, does.change, scope);
  return resource;
}

/** Attributes with the identifier and the ARN where the kind keeps them. */
export function identified(
  kind: ResourceBehaviour,
  attributes: Readonly<Record<string, unknown>>,
  id: string,
  arn: string,
): Readonly<Record<string, unknown>> {
  const named = kind.identifier.includes('{') ? attributes : withValue(attributes, kind.identifier, id);
  const withArn = kind.arn === undefined ? named : withValue(named, kind.arn, arn);
  const state = kind.status === undefined ? undefined : withArn[kind.status];
  return typeof state === 'string' ? withStatus(kind, withArn, state) : withArn;
}

/** The Region in an ARN; that of the call where it has no ARN, none where the ARN has no Region. */
export function regionOf(arn: string, region: string): string {
  return arn === '' ? region : (arn.split(':')[3] ?? '');
}

/** What templates can say of the resource that another is made from; its Region only where it is another one. */
function sourceScope({ region }: OperationCall, source: Resource | undefined): Readonly<Record<string, unknown>> {
  if (source === undefined) return {};
  const isCrossRegion = source.region !== '' && source.region !== region;
  const of = { source: source.attributes, sourceArn: source.arn, isCrossRegion };
  return isCrossRegion ? { ...of, sourceRegion: source.region } : of;
}

function sourceOf(call: OperationCall, { from }: Behaviour<'create'>): Resource | undefined {
  return from === undefined ? undefined : targetsOf(call, from)[0];
}

function identifierOf(call: OperationCall, does: Behaviour<'create'>): string {
  if (does.by !== undefined) checkId(call, does.by);
  const id = does.id === undefined ? call.input[does.by ?? ''] : fill(does.id, call.scope);
  if (id === undefined) throw new Error(`${call.operation.name} does not say what it makes`);
  return String(id);
}

/** The identifier of something new must be well formed where AWS documents how. */
function checkId({ input, operation }: OperationCall, by: string): void {
  const id = String(input[by]);
  const rule = operation.input.members.find(({ name }) => name === by)?.constraint;
  const isTooLong = rule?.maxLength !== undefined && id.length > rule.maxLength;
  const isMalformed = rule?.pattern !== undefined && !new RegExp(rule.pattern).test(id);
  if (!isTooLong && !isMalformed) return;
  throw new ServiceFault({
    code: 'InvalidParameterValue',
    message: `The parameter ${by} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
  });
}

function duplicate(kind: ResourceBehaviour, id: string): ServiceFault {
  return new ServiceFault(kind.duplicate ?? { code: 'AlreadyExists', message: '{id} already exists' }, id);
}
