import type { CatalogService, Member, Shape } from '../../../catalog/catalog.ts';
import type { AnalysedStep, ResolvedCall } from '../analysis.ts';
import type { Value } from '../value.ts';

/** A text, number or template in a call's input, and what it is there. */
export interface ArgumentPlace {
  readonly step: AnalysedStep;
  readonly call: ResolvedCall;
  readonly value: Extract<Value, { kind: 'literal' | 'template' }>;
  /** The nearest member around the value, and the structure it belongs to. */
  readonly member: Member;
  readonly owner: string;
  /** What else the author gave in that structure, by member. */
  readonly siblings: ReadonlyMap<string, Value>;
  /** Keys of maps between the member and the value. */
  readonly keys: readonly string[];
  /** The list around the value, where there is one. */
  readonly list?: { readonly items: readonly Value[]; readonly index: number };
  /** As a person would say it: `Parameters.commands`. */
  readonly name: string;
}

/** Every place of a call's input, nested ones included, in the order they were written. */
export function argumentPlaces(step: AnalysedStep): readonly ArgumentPlace[] {
  const known = found.get(step);
  if (known !== undefined) return known;
  const { call } = step;
  const places =
    call === undefined
      ? []
      : membersOf([...call.members], call.operation.input.members, {
          step,
          call,
          service: call.service,
          owner: call.operation.name,
          path: [],
        });
  found.set(step, places);
  return places;
}

/** A step never changes once it was analysed, and several rules look at the places of each. */
const found = new WeakMap<AnalysedStep, readonly ArgumentPlace[]>();

interface Around {
  readonly step: AnalysedStep;
  readonly call: ResolvedCall;
  readonly service: CatalogService;
  readonly owner: string;
  readonly path: readonly string[];
}

function membersOf(
  entries: readonly (readonly [string, Value])[],
  members: readonly Member[],
  around: Around,
): readonly ArgumentPlace[] {
  const siblings = new Map(entries);
  return entries.flatMap(([name, value]) => {
    const member = members.find((one) => one.name === name);
    if (member === undefined) return [];
    const { step, call, owner } = around;
    const start = { step, call, member, owner, siblings, keys: [], name: [...around.path, name].join('.') };
    return below(value, member.shape, start, { ...around, path: [...around.path, name] });
  });
}

function below(
  value: Value,
  shape: Shape,
  place: Omit<ArgumentPlace, 'value'>,
  around: Around,
): readonly ArgumentPlace[] {
  if (value.kind === 'literal' || value.kind === 'template') return [{ ...place, value }];
  if (value.kind === 'list') {
    const item = shape.kind === 'list' ? shape.item : shape;
    return value.items.flatMap((one, index) =>
      below(one, item, { ...place, list: { items: value.items, index } }, around),
    );
  }
  if (shape.kind === 'structure') {
    const members = around.service.structure(shape.name)?.members ?? [];
    return membersOf(value.entries, members, { ...around, owner: shape.name });
  }
  const inner = shape.kind === 'map' ? shape.value : shape;
  return value.entries.flatMap(([key, entry]) => {
    const { list: _, ...rest } = place;
    const name = `${place.name}.${key}`;
    return below(entry, inner, { ...rest, keys: [...place.keys, key], name }, { ...around, path: [name] });
  });
}
