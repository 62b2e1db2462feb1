import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Tier } from '../../compiler/bytecode.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { openSearch } from '../open-search.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface SearchOptions {
  readonly registry: string;
  readonly limit: number;
  readonly service?: string;
  readonly readOnly?: true;
  readonly tier?: Tier;
  readonly json: boolean;
}

/** `workflow search "<words>"`: the same ranking that an agent gets. Nothing found is an answer, not a failure. */
export async function search(words: string, options: SearchOptions, terminal: Terminal): Promise<ExitCode> {
  const compiled = compileOrExplain(options.registry, loadCatalog(), terminal);
  if (compiled === undefined) return EXIT.failed;
  const found = await openSearch(compiled.bytecodes);
  const answer = await found.suggest({
    query: words,
    limit: options.limit,
    ...(options.service !== undefined && { service: options.service }),
    ...(options.readOnly !== undefined && { readOnly: options.readOnly }),
    ...(options.tier !== undefined && { tier: options.tier }),
  });
  if (options.json) {
    terminal.out(JSON.stringify(answer, null, 2));
    return EXIT.ok;
  }
  if (answer.matches.length === 0) terminal.out('no workflow fits these words');
  for (const { name, version, score, confidence, tier, summary, why } of answer.matches) {
    terminal.out(
      `${score.toFixed(2)} ${confidence.padEnd(4)} ${paint(terminal, 'bold', `${name}@${version}`)} (${tier})`,
    );
    terminal.out(`          ${summary}`);
    terminal.out(paint(terminal, 'dim', `          ${why.join(' · ')}`));
  }
  return EXIT.ok;
}
