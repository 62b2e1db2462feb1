import type { Catalog } from '../../catalog/catalog.ts';
import { fillPlace } from './authorize.ts';
import type { ResourceBehaviour } from './behaviour.ts';
import type { Place } from './seed-world.ts';
import { fill, type Scope } from './template.ts';

/** The ARN of a resource: the template of its kind, else that of IAM's resource type with its identifier at the end. Empty where it has none. */
export function arnOfResource(
  catalog: Catalog,
  service: string,
  kind: ResourceBehaviour,
  id: string,
  place: Place,
  scope: Scope,
): string {
  if (kind.arnAs !== undefined) return String(fill(kind.arnAs, { ...scope, ...place, id }));
  if (kind.iamType === undefined) return '';
  const prefix = catalog.service(service)?.iamPrefix ?? service;
  const type = catalog.resourceType(prefix, kind.iamType);
  if (type === undefined) throw new Error(`IAM's data lacks the resource type ${prefix} ${kind.iamType}`);
  return fillPlace(type.arn, place).replace(/\$\{\w+\}/g, id);
}
