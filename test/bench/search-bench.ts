import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex } from '../../lib/search/build-index.ts';
import { loadMiniLm } from '../../lib/search/minilm-embedder.ts';
import { createSearch } from '../../lib/search/search-index.ts';
import type { SearchMatch } from '../../lib/search/workflow-search.ts';
import { sampleBytecode } from '../support/bytecode.ts';

/**
 * How well the search finds: `node --import tsx test/bench/search-bench.ts [cases.json] [--misses]`.
 * In scope R@1, R@5 and MRR@10; out of scope what is rejected, or given with low confidence only.
 */
interface Cases {
  readonly workflows: readonly { name: string; description: string; tags: readonly string[]; use_cases?: string[] }[];
  readonly queries: readonly { id: string; query: string; relevant: readonly string[]; kind: string }[];
}

interface Result {
  readonly id: string;
  readonly query: string;
  readonly kind: string;
  readonly relevant: readonly string[];
  readonly matches: readonly SearchMatch[];
  /** From 1; 0 where the right one is not among the matches. */
  readonly rank: number;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const path = args.find((arg) => !arg.startsWith('-')) ?? join(__dirname, 'cases/discovery.json');
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Cases;
  const embedder = await loadMiniLm(join(__dirname, '../../models'));
  const bytecodes = cases.workflows.map(({ use_cases: useCases = [], ...rest }) =>
    sampleBytecode({ ...rest, useCases }),
  );
  const search = createSearch(await buildIndex(bytecodes, embedder), embedder);

  const results: Result[] = [];
  for (const query of cases.queries) {
    const { matches } = await search.suggest({ query: query.query, limit: 10 });
    results.push({ ...query, matches, rank: matches.findIndex(({ name }) => query.relevant.includes(name)) + 1 });
  }
  printInScope(results.filter(({ relevant }) => relevant.length > 0));
  printOutOfScope(results, 'oos-far');
  printOutOfScope(results, 'oos-near');
  if (args.includes('--misses')) printMisses(results);
}

function printInScope(results: readonly Result[]): void {
  const share = (holds: (result: Result) => boolean) => (results.filter(holds).length / results.length).toFixed(3);
  const reciprocal = results.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0) / results.length;
  console.log(`in scope  n=${results.length}  R@1 ${share(({ rank }) => rank === 1)}`);
  console.log(`  R@5 ${share(({ rank }) => rank > 0 && rank <= 5)}  MRR@10 ${reciprocal.toFixed(3)}`);
  console.log(`  kept ${share(({ matches }) => matches.length > 0)}  high ${share(isHigh)}`);
}

function printOutOfScope(all: readonly Result[], kind: string): void {
  const results = all.filter((result) => result.kind === kind);
  const rejected = results.filter(({ matches }) => matches.length === 0).length;
  const low = results.filter((result) => result.matches.length > 0 && !isHigh(result)).length;
  console.log(
    `${kind}  n=${results.length}  rejected ${rejected}  low ${low}  high ${results.length - rejected - low}`,
  );
}

function isHigh({ matches }: Result): boolean {
  return matches[0]?.confidence === 'high';
}

function printMisses(results: readonly Result[]): void {
  for (const { id, query, relevant, matches, rank } of results) {
    if (relevant.length > 0 ? rank === 1 : matches.length === 0) continue;
    const top = matches.slice(0, 3).map(({ name, score }) => `${name} ${score.toFixed(2)}`);
    console.log(`${id} "${query}" wants ${relevant.join(', ') || 'nothing'} (rank ${rank}): ${top.join(' · ')}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
