import type { Catalog, CatalogService, Shape } from '../../catalog/catalog.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Attributes, ResourceBehaviour, ServiceBehaviour } from './behaviour.ts';
import { identified, regionOf } from './create-resource.ts';
import { at, fill, fillStructure, type Scope } from './template.ts';
import { spelling, type World } from './world.ts';

/** What an account holds, by service and kind of resource, in AWS's names: `{rds: {instance: [{DBInstanceIdentifier: …}]}}`. */
export type WorldData = Readonly<Record<string, Readonly<Record<string, readonly Attributes[]>>>>;

/** A world that cannot be; says everything that is wrong with it. */
export class InvalidWorld extends Error {
  override readonly name = 'InvalidWorld';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The world cannot be: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

export interface Planting {
  readonly catalog: Catalog;
  readonly behaviours: ReadonlyMap<string, ServiceBehaviour>;
  readonly world: World;
  readonly scope: Scope;
  readonly region: string;
  readonly arnOf: (service: string, kind: ResourceBehaviour, id: string, scope: Scope) => string;
}

/** Puts resources into the world, with what their kinds have by default. Throws {@link InvalidWorld}. */
export function plantWorld(data: WorldData, planting: Planting): void {
  const problems: string[] = [];
  for (const [service, kinds] of Object.entries(data)) {
    const behaviour = planting.behaviours.get(service);
    if (behaviour === undefined) {
      problems.push(unknown(`service "${service}"`, service, [...planting.behaviours.keys()]));
      continue;
    }
    for (const [kind, resources] of Object.entries(kinds)) {
      const known = behaviour.resources[kind];
      if (known === undefined) problems.push(unknown(`${service} "${kind}"`, kind, Object.keys(behaviour.resources)));
      else if (!Array.isArray(resources)) problems.push(`${service} ${kind} is no list of resources`);
      else
        resources.forEach((given, index) => {
          problems.push(
            ...plant(given, { ...planting, service, kind, known, name: `${service} ${kind} #${index + 1}` }),
          );
        });
    }
  }
  if (problems.length > 0) throw new InvalidWorld(problems);
}

interface PlantingOne extends Planting {
  readonly service: string;
  readonly kind: string;
  readonly known: ResourceBehaviour;
  readonly name: string;
}

function plant(given: Attributes, planting: PlantingOne): readonly string[] {
  const { known, service, kind, name, world, scope, region, arnOf } = planting;
  const problems = problemsOf(given, planting);
  if (problems.length > 0) return problems;
  const { identifier } = known;
  const value = identifier.includes('{') ? fill(identifier, { ...scope, self: given }) : at(given, identifier);
  if (value === undefined) return [`${name} has no ${identifier}`];
  const id = spelling(known, String(value));
  if (world.find(service, kind, id, region) !== undefined) return [`${name}: there are two of ${id}`];
  const ownArn = known.arn === undefined ? undefined : at(given, known.arn);
  const arn = typeof ownArn === 'string' ? ownArn : arnOf(service, known, id, { ...scope, self: given });
  const defaults = fillStructure(known.defaults, {
    ...scope,
    self: given,
    id,
    arn,
    region: regionOf(arn, region) || region,
  });
  const attributes = identified(known, { ...defaults, ...given }, id, arn);
  const own = known.global === true ? '' : regionOf(arn, region);
  world.add({ service, kind, id, arn, region: own, attributes });
  return [];
}

/** Attributes that the service's structure does not have, and values that are not of their type. */
function problemsOf(given: Attributes, { catalog, service: name, known, name: where }: PlantingOne): readonly string[] {
  if (typeof given !== 'object' || given === null) return [`${where} is no structure`];
  const service = catalog.service(name);
  const hidden = new Set(known.hidden ?? []);
  const visible = Object.fromEntries(Object.entries(given).filter(([attribute]) => !hidden.has(attribute)));
  if (service === undefined || known.shape === undefined) {
    const others = Object.keys(visible);
    return others.map((attribute) => `${where}: ${unknown(`attribute "${attribute}"`, attribute, [...hidden])}`);
  }
  return misfits(service, { kind: 'structure', name: known.shape }, visible, where, [...hidden]);
}

/** What does not fit a shape of the service's model, with where it is. */
export function misfits(
  service: CatalogService,
  shape: Shape,
  value: unknown,
  where: string,
  more: readonly string[] = [],
): readonly string[] {
  if (shape.kind === 'scalar') return fitsScalar(shape.type, value) ? [] : [`${where} is no ${shape.type}`];
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return [`${where} is no list`];
    return value.flatMap((item, index) => misfits(service, shape.item, item, `${where}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where} is no structure`];
  const entries = Object.entries(value);
  if (shape.kind === 'map')
    return entries.flatMap(([key, item]) => misfits(service, shape.value, item, `${where}.${key}`));
  const members = service.structure(shape.name)?.members ?? [];
  return entries.flatMap(([key, item]) => {
    const member = members.find((candidate) => candidate.name === key);
    if (member !== undefined) return misfits(service, member.shape, item, `${where}.${key}`);
    return [`${where}: ${unknown(`attribute "${key}"`, key, [...members.map((each) => each.name), ...more])}`];
  });
}

function fitsScalar(type: Extract<Shape, { kind: 'scalar' }>['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'timestamp':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'blob':
    case 'document':
      return true;
  }
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const guess = didYouMean(name, known);
  return `there is no ${what}${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
}
