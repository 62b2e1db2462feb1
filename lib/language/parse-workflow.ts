import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkForm } from './check-form.ts';
import { checkNames } from './check-names.ts';
import { checkParameters } from './check-parameters.ts';
import { checkSteps } from './check-steps.ts';
import { checkCharacters, checkSize } from './check-text.ts';
import { locator } from './locate.ts';
import { lineStarts, spanBetween } from './position.ts';
import type { PathProblem, TextProblem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import type { ParsedWorkflow, Path } from './source.ts';
import { readTree } from './tree.ts';

export interface ParseResult {
  /**
   * The workflow, where its form can be relied on. There may be errors beside it (a name used twice, a default out
   * of range): they do not keep the compiler from finding more, but nothing may be emitted while there are any.
   */
  readonly parsed?: ParsedWorkflow;
  /** In the order they were found. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a workflow file: YAML 1.2, its form, and what can be said of its parts without knowing AWS. Expressions are
 * left to `parseTemplate`. Never throws, whatever the text; there is either a workflow or a diagnostic.
 */
export function parseWorkflow(file: string, text: string): ParseResult {
  const diagnostics: Diagnostic[] = [];
  // Editors do not count the byte order mark as a column.
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let starts: readonly number[] = [0];
  const reportText = ({ from, to, ...problem }: TextProblem): void => {
    diagnostics.push({ severity: 'error', ...problem, file, span: spanBetween(starts, from, to) });
  };

  if (!checkSize(content, reportText)) return { diagnostics };
  starts = lineStarts(content);
  checkCharacters(content, reportText);
  if (diagnostics.length > 0) return { diagnostics };
  const lineOf = (offset: number): number => spanBetween(starts, offset, offset).start.line;
  const root = readYaml(content, lineOf, reportText);
  if (root === undefined) return { diagnostics };
  const tree = readTree(root, content, lineOf, reportText);
  if (tree === undefined) return { diagnostics };

  const { locate, locateKey } = locator(tree.place, content, starts);
  const reportPath = ({ path, atKey, ...problem }: PathProblem): void => {
    diagnostics.push({ severity: 'error', ...problem, file, span: atKey ? locateKey(path) : locate(path) });
  };
  const writtenAt = (path: Path): string => {
    const { start, end } = locate(path);
    return content.slice(
      (starts[start.line - 1] ?? 0) + start.column - 1,
      (starts[end.line - 1] ?? 0) + end.column - 1,
    );
  };
  if (!checkForm(tree.plain, writtenAt, reportPath)) return { diagnostics };
  const workflow = tree.plain;
  checkNames(workflow, locate, reportPath);
  checkParameters(workflow.parameters ?? [], reportPath);
  checkSteps(workflow.steps, reportPath);
  checkExpressions(workflow, reportPath);
  return { parsed: { file, text: content, workflow, locate, locateKey }, diagnostics };
}
