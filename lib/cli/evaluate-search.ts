import { digestOf, indexDocuments } from '../search/build-index.ts';
import type { Embedder } from '../search/embedder.ts';
import { type SearchDocument, spaced } from '../search/search-document.ts';
import { createSearch } from '../search/search-index.ts';
import type { CorpusQuery, CorpusWorkflow } from './read-corpus.ts';

/** How well the search finds in a corpus. The shares are over the queries that have an answer; null without any. */
export interface SearchEvaluation {
  /** Share of the queries whose first match is right. */
  readonly r1: number | null;
  /** Share of the queries with a right one among the first five. */
  readonly r5: number | null;
  /** Mean of 1 / place of the first right one among the first ten. */
  readonly mrr10: number | null;
  readonly results: readonly QueryResult[];
}

export interface QueryResult {
  readonly id: string;
  readonly matches: readonly { readonly id: string; readonly score: number; readonly confidence: 'high' | 'low' }[];
}

const LIMIT = 10;

/** Asks every query of a corpus. `progress` is told how many of all workflows and queries are done. */
export async function evaluateSearch(
  workflows: readonly CorpusWorkflow[],
  queries: readonly CorpusQuery[],
  embedder: Embedder,
  progress?: (done: number, all: number) => void,
): Promise<SearchEvaluation> {
  const all = workflows.length + queries.length;
  const registryDigest = digestOf(workflows.map((workflow) => `${JSON.stringify(workflow)}\n`));
  const index = await indexDocuments(workflows.map(toDocument), embedder, { registryDigest }, (count) =>
    progress?.(count, all),
  );
  const search = createSearch(index, embedder);
  const results: QueryResult[] = [];
  for (const { id, query } of queries) {
    const { matches } = await search.suggest({ query, limit: LIMIT });
    results.push({ id, matches: matches.map(({ name, score, confidence }) => ({ id: name, score, confidence })) });
    progress?.(workflows.length + results.length, all);
  }
  return { ...shares(queries, results), results };
}

/** A workflow of which only words are known. The search calls it by its id. */
function toDocument({ id, name, description, tags, useCases }: CorpusWorkflow): SearchDocument {
  return {
    name: id,
    version: '',
    summary: '',
    tier: 'community',
    effect: 'write',
    services: [],
    requiredParameters: [],
    title: spaced(name),
    description,
    tags,
    useCases,
  };
}

function shares(queries: readonly CorpusQuery[], results: readonly QueryResult[]): Omit<SearchEvaluation, 'results'> {
  const places = queries.flatMap(({ relevant = [] }, i) =>
    relevant.length === 0 ? [] : [(results[i]?.matches.findIndex(({ id }) => relevant.includes(id)) ?? -1) + 1],
  );
  const mean = (value: (place: number) => number) =>
    places.length === 0 ? null : places.reduce((sum, place) => sum + value(place), 0) / places.length;
  return {
    r1: mean((place) => (place === 1 ? 1 : 0)),
    r5: mean((place) => (place >= 1 && place <= 5 ? 1 : 0)),
    mrr10: mean((place) => (place === 0 ? 0 : 1 / place)),
  };
}
