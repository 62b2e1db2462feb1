import type { SearchIndex } from './build-index.ts';
import { explainMatch } from './explain-match.ts';
import { scoreLexically } from './lexical-index.ts';
import { queryTerms } from './query-terms.ts';
import { atHome, type OfferColumns, offerColumns, relevance, subjectFits } from './relevance.ts';
import type { SearchEntry } from './search-document.ts';
import { readSubject } from './subject.ts';
import type { SearchMatch, SearchQuery } from './workflow-search.ts';

/** Where the best match is below it, nothing fits: unrelated requests stay below, hardly any other does. */
const FLOOR_OF_BEST = 0.3;
/** Below it, a match beside a better one is noise. */
const FLOOR = 0.2;
/** From here on hardly any request that no workflow serves gets an answer. */
const HIGH_CONFIDENCE = 0.45;

/** An index, and what is made of it once for all queries. */
export interface RankedIndex {
  readonly index: SearchIndex;
  readonly offers: OfferColumns;
}

export function prepareRanking(index: SearchIndex): RankedIndex {
  return { index, offers: offerColumns(index.offers) };
}

/** The workflows that answer a query, best first, equally good ones by name. */
export function rank(
  { index, offers }: RankedIndex,
  query: SearchQuery,
  text: string,
  vector: Float32Array,
): readonly SearchMatch[] {
  const subject = readSubject(text);
  const home = atHome(subject, offers);
  const terms = queryTerms(text, (stem) => index.lexical.postings.has(stem));
  const lexical = scoreLexically(index.lexical, terms);
  const fits = subjectFits(subject, offers);
  const best: Ranked[] = [];
  for (const [i, entry] of index.entries.entries()) {
    if (!passes(entry, query)) continue;
    const meaning = cosine(index, i, vector);
    const score = round(relevance(meaning, lexical[i] ?? 0, fits[i] ?? 0, home));
    if (score >= FLOOR) insert(best, { i, score, meaning }, query.limit);
  }
  if ((best[0]?.score ?? 0) < FLOOR_OF_BEST) return [];
  return best.map(({ i, score, meaning }) => ({
    ...(index.entries[i] as SearchEntry),
    score,
    confidence: home === 1 && score >= HIGH_CONFIDENCE ? 'high' : 'low',
    why: explainMatch(index, i, terms, subject, { meaning, home }),
  }));
}

interface Ranked {
  readonly i: number;
  readonly score: number;
  readonly meaning: number;
}

/** Puts one in its place among the best so far. Entries come sorted by name, so that an equal one stands behind. */
function insert(best: Ranked[], one: Ranked, limit: number): void {
  if (best.length >= limit && one.score <= (best.at(-1)?.score ?? 0)) return;
  const place = best.findIndex(({ score }) => score < one.score);
  best.splice(place === -1 ? best.length : place, 0, one);
  if (best.length > limit) best.pop();
}

function passes(entry: SearchEntry, { service, readOnly, tier }: SearchQuery): boolean {
  if (readOnly === true && entry.effect !== 'read') return false;
  if (tier !== undefined && entry.tier !== tier) return false;
  return service === undefined || entry.services.includes(service.toLowerCase());
}

/** Both vectors have length 1, so that their dot product is the cosine. Two sums at a time take half as long as one. */
function cosine({ vectors, model }: SearchIndex, entry: number, query: Float32Array): number {
  const start = entry * model.dimensions;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < model.dimensions; i += 2) {
    even += (vectors[start + i] as number) * (query[i] as number);
    odd += (vectors[start + i + 1] as number) * (query[i + 1] as number);
  }
  return even + odd;
}

/** Rounded before they are compared, so that ties and limits do not hang on the last bit of a float. */
function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
