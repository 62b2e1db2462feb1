import type { Share } from '../local/coverage.ts';
import { paint, type Terminal } from './terminal.ts';
import type { WorkflowResult } from './test-workflow.ts';

/** One workflow's cases, and how much of its state machine they came through. Cases that nobody wrote are counted where they passed. */
export function printTestResult(
  result: WorkflowResult,
  { verbose, filter }: { readonly verbose: boolean; readonly filter?: string },
  terminal: Terminal,
): void {
  const { workflow, cases, not_tried: notTried, coverage } = result;
  if (filter !== undefined && cases.length === 0) return;
  terminal.out(paint(terminal, 'bold', workflow));
  for (const { name, written, problems, leaves } of cases) {
    if (!written && problems.length === 0 && !verbose && filter === undefined) continue;
    const mark = problems.length === 0 ? paint(terminal, 'green', '✓') : paint(terminal, 'red', '✗');
    terminal.out(`  ${mark} ${name}`);
    for (const problem of problems) terminal.out(`      ${problem}`);
    if (leaves.length > 0)
      terminal.out(paint(terminal, 'dim', `      leaves ${leaves.join(', ')}: its answer was lost`));
  }
  if (notTried !== undefined) {
    terminal.out(`  ${paint(terminal, 'yellow', '–')} not tried: no run was found that succeeds; ${notTried}`);
  }
  if (filter !== undefined) return;
  const quiet = cases.filter(({ written, problems }) => !written && problems.length === 0);
  if (!verbose && quiet.length > 0)
    terminal.out(
      `  ${paint(terminal, 'green', '✓')} ${quiet.length} that follow from the workflow (--verbose lists them)`,
    );
  for (const [what, share] of Object.entries(coverage)) printShare(what, share as Share, terminal);
}

function printShare(what: string, { tried, all, missing }: Share, terminal: Terminal): void {
  const line = `  ${what.padEnd(8)} ${tried} of ${all}${missing.length === 0 ? '' : ', not tried:'}`;
  for (const text of [line, ...missing.map((name) => `    ${name}`)]) terminal.out(paint(terminal, 'dim', text));
}
