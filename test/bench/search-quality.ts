import { createHash } from 'node:crypto';
import { evaluateSearch } from '../../lib/cli/evaluate-search.ts';
import type { Embedder } from '../../lib/search/embedder.ts';
import { type Figure, share } from './figure.ts';
import type { SearchCase, SearchCases } from './search-cases.ts';

export interface Asked extends SearchCase {
  readonly matches: readonly { readonly id: string; readonly score: number; readonly confidence: 'high' | 'low' }[];
  /** From 1; 0 where the right one is not among the first ten. */
  readonly place: number;
}

/** Asks each query of the workflows it belongs to. */
export async function ask({ workflows, queries }: SearchCases, embedder: Embedder): Promise<readonly Asked[]> {
  const told = workflows.map(({ id, name, description, tags, use_cases: useCases = [] }) => {
    return { id: id ?? name, name, description, tags, useCases };
  });
  const { results } = await evaluateSearch(told, queries, embedder);
  return queries.map((query, i) => {
    const { matches = [] } = results[i] ?? {};
    return { ...query, matches, place: matches.findIndex(({ id }) => query.relevant.includes(id)) + 1 };
  });
}

export interface Bounds {
  readonly r1: number;
  readonly r5: number;
  readonly mrr10: number;
}

/** What the search has to reach on queries that were looked at while it was made, and on those that were not. */
export const SEEN: Bounds = { r1: 85, r5: 96, mrr10: 90 };
export const UNSEEN: Bounds = { r1: 86, r5: 95, mrr10: 90 };

/** How often the right workflow is found. Only told where no bounds are given. */
export function foundFigures(of: string, asked: readonly Asked[], bounds?: Bounds): readonly Figure[] {
  const places = asked.filter(({ relevant }) => relevant.length > 0).map(({ place }) => place);
  const count = (holds: (place: number) => boolean) => share(places.filter(holds).length, places.length);
  const reciprocal = places.reduce((sum, place) => sum + (place === 0 ? 0 : 1 / place), 0);
  const atLeast = (bound: keyof Bounds) => (bounds === undefined ? {} : { atLeast: bounds[bound] });
  return [
    { name: `${of}: right one first`, ...atLeast('r1'), ...count((place) => place === 1) },
    { name: `${of}: right one in the first 5`, ...atLeast('r5'), ...count((place) => place > 0 && place <= 5) },
    { name: `${of}: MRR@10 × 100`, ...atLeast('mrr10'), ...share(reciprocal, places.length), of: `${places.length}` },
  ];
}

/** What happens to requests that no workflow serves, and to those that one does. */
export function scopeFigures(of: string, asked: readonly Asked[]): readonly Figure[] {
  const kind = (wanted: SearchCase['kind']) => asked.filter((each) => each.kind === wanted);
  const [far, near] = [kind('oos-far'), kind('oos-near')];
  const inScope = asked.filter(({ relevant }) => relevant.length > 0);
  const nothing = ({ matches }: Asked) => matches.length === 0;
  const notHigh = ({ matches }: Asked) => matches[0]?.confidence !== 'high';
  return [
    { name: `${of}: far out of scope, rejected`, atLeast: 95, ...share(far.filter(nothing).length, far.length) },
    {
      name: `${of}: near out of scope, low or rejected`,
      atLeast: 70,
      ...share(near.filter(notHigh).length, near.length),
    },
    {
      name: `${of}: in scope, kept`,
      atLeast: 93,
      ...share(inScope.filter((each) => !nothing(each)).length, inScope.length),
    },
  ];
}

/** The half that weights were fitted on, or the other; drawn by hash, so that nobody chose. */
export function isFitted({ id, query }: SearchCase): boolean {
  const [first = 0] = createHash('sha256')
    .update(id + query)
    .digest();
  return first % 2 === 0;
}

/** What went wrong, one line each. */
export function misses(asked: readonly Asked[]): readonly string[] {
  return asked
    .filter(({ relevant, place, matches }) => (relevant.length > 0 ? place !== 1 : matches.length > 0))
    .map(({ id, query, relevant, place, matches }) => {
      const top = matches.slice(0, 3).map((match) => `${match.id} ${match.score.toFixed(2)} ${match.confidence}`);
      return `${id} "${query}" wants ${relevant.join(', ') || 'nothing'} (place ${place}): ${top.join(' · ')}`;
    });
}
