import type { Attributes, ServiceBehaviour } from './behaviour.ts';
import { type Behaviour, identifiersOf, type OperationCall, resourceOf, ServiceFault } from './operation-call.ts';
import type { Resource } from './world.ts';

/** Reads or changes the tags of the resources whose ARN or id the input has. */
export function tagResource(call: OperationCall, does: Behaviour<'tag' | 'untag' | 'listTags'>): Attributes {
  const targets = identifiersOf(call, does.by).map((id) => taggable(call, id));
  if (does.does === 'listTags') return { [does.tags]: targets.flatMap((target) => tagsOf(call.behaviour, target)) };
  for (const target of targets) changeTags(call, does, target);
  return {};
}

type Tag = Readonly<Record<string, unknown>>;

function changeTags(
  { input, behaviour }: OperationCall,
  does: Behaviour<'tag' | 'untag' | 'listTags'>,
  target: Resource,
): void {
  const { tags: member, lowerCaseTags } = resourceOf(behaviour, target.kind);
  if (member === undefined) throw new ServiceFault(unknownResource(target.id));
  const key = lowerCaseTags === true ? 'key' : 'Key';
  const given = (input[does.tags] ?? []) as readonly (string | Tag)[];
  const keys = new Set(given.map((item) => (typeof item === 'string' ? item : item[key])));
  const kept = tagsOf(behaviour, target).filter((tag) => !keys.has(tag[key]));
  target.attributes = { ...target.attributes, [member]: does.does === 'tag' ? [...kept, ...given] : kept };
}

function tagsOf(behaviour: ServiceBehaviour, { kind, attributes }: Resource): readonly Tag[] {
  return (attributes[resourceOf(behaviour, kind).tags ?? ''] ?? []) as readonly Tag[];
}

function taggable({ world, behaviour, region }: OperationCall, id: string): Resource {
  const found = id.startsWith('arn:')
    ? world.findByArn(id)
    : Object.keys(behaviour.resources)
        .map((kind) => world.find(behaviour.service, kind, id, region))
        .find((resource) => resource !== undefined);
  if (found !== undefined) return found;
  const [, , , , , type = '', ...rest] = id.split(':');
  const kind = Object.values(behaviour.resources).find(
    ({ iamType }) => iamType !== undefined && type.split('/')[0] === iamType,
  );
  if (kind !== undefined) throw new ServiceFault(kind.missing, rest.join(':') || type.split('/').slice(1).join('/'));
  throw new ServiceFault(unknownResource(id));
}

const unknownResource = (id: string): { readonly code: string; readonly message: string } => ({
  code: 'InvalidParameterValue',
  message: `Invalid resource name: ${id}`,
});
