import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSearch } from '../../lambdas/search/bundle.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { buildIndex, digestOf, indexDocuments } from '../../lib/search/build-index.ts';
import type { Embedder } from '../../lib/search/embedder.ts';
import { type SearchDocument, spaced } from '../../lib/search/search-document.ts';
import { createSearch } from '../../lib/search/search-index.ts';
import { serializeIndex } from '../../lib/search/serialize-index.ts';
import type { Figure } from './figure.ts';
import type { SearchWorkflow } from './search-cases.ts';

const COLD_STARTS = 9;
/** Loads the bundle as Lambda does, and asks once. */
const FIRST_SEARCH = `require('./index.js').handler({ query: 'I need to backup my RDS database' }).then(({ matches }) =>
  process.stdout.write(JSON.stringify({ first: matches[0].name, kilobytes: process.resourceUsage().maxRSS })))`;

/** From the start of the process to the first answer, with the bundle that is deployed, on one processor. */
export async function coldStartFigures(workflows: readonly Bytecode[], embedder: Embedder): Promise<readonly Figure[]> {
  const outputDirectory = mkdtempSync(join(tmpdir(), 'search-bench-'));
  try {
    bundleSearch({ outputDirectory, indexBytes: serializeIndex(await buildIndex(workflows, embedder)) });
    const starts = Array.from({ length: COLD_STARTS }, () => {
      const from = performance.now();
      const out = execFileSync('taskset', ['-c', '0', process.execPath, '-e', FIRST_SEARCH], {
        cwd: outputDirectory,
        encoding: 'utf8',
      });
      const milliseconds = performance.now() - from;
      return { milliseconds, megabytes: (JSON.parse(out) as { kilobytes: number }).kilobytes / 1_000 };
    });
    const of = `${COLD_STARTS} starts, 1 processor`;
    const times = starts.map(({ milliseconds }) => milliseconds);
    return [
      { name: 'cold: process start to first answer, median', value: quantile(times, 0.5), unit: 'ms', atMost: 500, of },
      { name: 'cold: process start to first answer, best', value: Math.min(...times), unit: 'ms', of },
      {
        name: 'cold: memory at most',
        value: Math.max(...starts.map(({ megabytes }) => megabytes)),
        unit: 'MB',
        atMost: 200,
        of,
      },
    ];
  } finally {
    rmSync(outputDirectory, { recursive: true });
  }
}

/** Queries that were never asked before, encoder included. */
export async function warmFigures(
  workflows: readonly SearchWorkflow[],
  queries: readonly string[],
  embedder: Embedder,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [count, p50, p95] of [
    [1_000, 8, 25],
    [10_000, 25, 60],
  ] as const) {
    const times = await timesAt(count, workflows, queries, embedder);
    const of = `${times.length} queries`;
    const name = `warm: query at ${count.toLocaleString('en')} workflows`;
    figures.push({ name: `${name}, p50`, value: quantile(times, 0.5), unit: 'ms', atMost: p50, of });
    figures.push({ name: `${name}, p95`, value: quantile(times, 0.95), unit: 'ms', atMost: p95, of });
  }
  return figures;
}

async function timesAt(
  count: number,
  workflows: readonly SearchWorkflow[],
  queries: readonly string[],
  embedder: Embedder,
): Promise<readonly number[]> {
  const documents = Array.from({ length: count }, (_, i) => variant(workflows, i));
  const index = await indexDocuments(documents, await turning(workflows, embedder), { registryDigest: digestOf([]) });
  const search = createSearch(index, embedder);
  for (const query of queries.slice(0, 20)) await search.suggest({ query: `${query} please`, limit: 5 });
  const times: number[] = [];
  for (const query of queries) {
    const from = performance.now();
    await search.suggest({ query, limit: 5 });
    times.push(performance.now() - from);
  }
  return times;
}

const TEAMS = 'payments orders search billing identity catalogue shipping reporting mobile analytics'.split(' ');
const STAGES = 'production staging test sandbox training audit recovery archive'.split(' ');

/** One of the given workflows, as another team would write it: half of it is from a second one. */
function variant(workflows: readonly SearchWorkflow[], i: number): SearchDocument {
  const at = (n: number) => workflows[n % workflows.length] as SearchWorkflow;
  const [first, second] = [at(i), at(i * 7 + Math.floor(i / workflows.length))];
  const [team, stage] = [TEAMS[i % TEAMS.length], STAGES[i % STAGES.length]];
  return {
    name: `${first.name}_${i}`,
    version: '1.0',
    summary: first.description,
    tier: 'community',
    effect: 'write',
    services: [],
    requiredParameters: [],
    title: `${spaced(first.name)} ${team}`,
    description: `${first.description} For the ${team} team in ${stage}. ${second.description}`,
    tags: [...first.tags, String(stage)],
    useCases: [],
  };
}

/**
 * Stands in for the encoder while a registry is made up: ten thousand texts would take it a minute. Each gets the vector
 * of a real workflow, turned a little. How long a query takes does not hang on the vectors.
 */
async function turning(workflows: readonly SearchWorkflow[], embedder: Embedder): Promise<Embedder> {
  const real = await embedder.embed(workflows.map(({ description }) => description));
  let i = 0;
  return {
    ...embedder,
    async embed(texts) {
      return texts.map(() => {
        i += 1;
        const vector = Float32Array.from(
          real[i % real.length] ?? [],
          (value, k) => value + 0.02 * Math.sin(i * (k + 1)),
        );
        const length = Math.hypot(...vector);
        return vector.map((value) => value / length);
      });
    },
  };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
