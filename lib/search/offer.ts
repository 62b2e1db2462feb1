import type { SearchDocument } from './search-document.ts';
import { readSubject } from './subject.ts';

/** What a workflow offers: of which services and to which effect, each with how much it is about that, 0 to 1. */
export interface Offer {
  readonly services: Readonly<Record<string, number>>;
  readonly effects: Readonly<Record<string, number>>;
  /** The effects that its name tells: what it is there for, and not only does on the way. */
  readonly headline: readonly string[];
}

/** What stands in the name, the tags or the calls says more than what the description mentions. */
const SERVICE_WEIGHTS = { namedAtHead: 1, impliedAtHead: 0.7, named: 0.7, implied: 0.5 };
/** A description begins with what is done in the end, or what for; the rest are steps and conditions. */
const EFFECT_WEIGHTS = { name: 1, first: 0.9, tags: 0.8, later: 0.55 };

/** Reads what a workflow offers from what its author wrote. */
export function readOffer({ title, tags, services, description }: SearchDocument): Offer {
  const name = readSubject(title);
  // Each by itself: two tags are no phrase.
  const head = [...tags, ...services].map(readSubject);
  const body = readSubject(description);
  const [first, ...later] = body.effects;
  return {
    services: strongest([
      [SERVICE_WEIGHTS.namedAtHead, [name, ...head].flatMap(({ named }) => [...named])],
      [SERVICE_WEIGHTS.impliedAtHead, [name, ...head].flatMap(({ implied }) => [...implied])],
      [SERVICE_WEIGHTS.named, [...body.named]],
      [SERVICE_WEIGHTS.implied, [...body.implied]],
    ]),
    effects: strongest([
      [EFFECT_WEIGHTS.name, [...name.effects]],
      [EFFECT_WEIGHTS.first, first === undefined ? [] : [first]],
      [EFFECT_WEIGHTS.tags, head.flatMap(({ effects }) => [...effects])],
      [EFFECT_WEIGHTS.later, later],
    ]),
    headline: [...name.effects],
  };
}

/** Each name with the greatest weight that it has; the rows come in falling order of weight. */
function strongest(rows: readonly (readonly [weight: number, names: readonly string[]])[]): Record<string, number> {
  const weights: Record<string, number> = {};
  for (const [weight, names] of rows) for (const name of names) weights[name] ??= weight;
  return weights;
}
