import { loadMiniLm } from '../../search/minilm-embedder.ts';
import { evaluateSearch, type SearchEvaluation } from '../evaluate-search.ts';
import { locations } from '../locations.ts';
import { type CorpusQuery, CorpusRefused, type CorpusWorkflow, readQueries, readWorkflows } from '../read-corpus.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface SearchCorpusOptions {
  readonly corpus: string;
  readonly queries: string;
  readonly json: boolean;
}

const QUIET_MS = 1_000;
const BETWEEN_MS = 100;

/** `workflow search --corpus c.json --queries q.json`: how well the search finds workflows that are only told in words. */
export async function searchCorpus(options: SearchCorpusOptions, terminal: Terminal): Promise<ExitCode> {
  const cases = readCases(options, terminal);
  if (cases === undefined) return EXIT.usage;
  const embedder = await loadMiniLm(locations.models);
  const evaluation = await evaluateSearch(cases.workflows, cases.queries, embedder, progressOn(terminal));
  terminal.progress?.('');
  if (options.json) terminal.out(JSON.stringify(evaluation, null, 2));
  else print(evaluation, cases.queries, terminal);
  return EXIT.ok;
}

function readCases(
  { corpus, queries }: SearchCorpusOptions,
  terminal: Terminal,
): { readonly workflows: readonly CorpusWorkflow[]; readonly queries: readonly CorpusQuery[] } | undefined {
  try {
    const workflows = readWorkflows(corpus);
    return { workflows, queries: readQueries(queries, new Set(workflows.map(({ id }) => id))) };
  } catch (error) {
    if (!(error instanceof CorpusRefused)) throw error;
    terminal.err(error.message);
    return undefined;
  }
}

/** Nothing in the first second: what is that quick needs no progress. */
function progressOn(terminal: Terminal): (done: number, all: number) => void {
  let next = Date.now() + QUIET_MS;
  return (done, all) => {
    if (Date.now() < next) return;
    next = Date.now() + BETWEEN_MS;
    terminal.progress?.(`${done} of ${all} workflows and queries`);
  };
}

function print(
  { r1, r5, mrr10, results }: SearchEvaluation,
  queries: readonly CorpusQuery[],
  terminal: Terminal,
): void {
  for (const [i, { id, matches }] of results.entries()) {
    const shown = matches.slice(0, 3).map((match) => `${match.id} ${match.score.toFixed(2)} ${match.confidence}`);
    terminal.out(`${id}  ${queries[i]?.query ?? ''}`);
    terminal.out(`    ${shown.join(' · ') || 'nothing'}`);
  }
  const text = (share: number | null) => share?.toFixed(3) ?? '-';
  terminal.out(`R@1 ${text(r1)}  R@5 ${text(r5)}  MRR@10 ${text(mrr10)}`);
}
