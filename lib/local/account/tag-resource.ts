import type { Attributes, ServiceBehaviour } from './behaviour.ts';
import { type Behaviour, type OperationCall, resourceOf, ServiceFault } from './operation-call.ts';

/** Reads or changes the tags of the resource whose ARN the input has. */
export function tagResource(call: OperationCall, does: Behaviour<'tag' | 'untag' | 'listTags'>): Attributes {
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
