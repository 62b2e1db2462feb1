import { Composer, type CST, type Document, isMap, type Node, Parser } from 'yaml';
import { checkTokens } from './check-tokens.ts';
import type { ReportText } from './problem.ts';
import { describeYamlError } from './yaml-errors.ts';

/** Past this many syntax errors, the text is not YAML at all. */
const MAX_SYNTAX_ERRORS = 100;

/**
 * The one YAML 1.2 document in `text`, whose root is a mapping; `undefined` where a problem was reported.
 * The text is first read as flat tokens, without recursion, so that nothing hostile reaches the recursive part.
 */
export function readYaml(text: string, lineOf: (offset: number) => number, report: ReportText): Node | undefined {
  const tokens = [...new Parser().parse(text)];
  if (!checkTokens(tokens, report)) return undefined;
  const documents = composeDocuments(tokens, text.length);
  const [first, second] = documents;
  if (reportErrors(documents, text, lineOf, report) || first === undefined) return undefined;
  if (second !== undefined) {
    const from = second.contents?.range?.[0] ?? second.range[0];
    const hint = 'put each workflow into a file of its own; "---" starts another document';
    report({ code: 'WF1001', message: 'the file holds more than one YAML document', hint, from, to: from + 1 });
    return undefined;
  }
  return rootOf(first.contents, report);
}

function composeDocuments(tokens: readonly CST.Token[], length: number): readonly Document.Parsed[] {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    strict: true,
    // Checked where the tree is read, in linear time and with both places.
    uniqueKeys: false,
    stringKeys: true,
    merge: false,
    logLevel: 'silent',
  });
  return [...composer.compose(tokens, true, length)];
}

/** True where there are syntax errors. The first mistake on a line is the cause of the others on it. */
function reportErrors(
  documents: readonly Document.Parsed[],
  text: string,
  lineOf: (offset: number) => number,
  report: ReportText,
): boolean {
  const errors = documents.flatMap((document) => document.errors.map((error) => ({ error, document })));
  const lines = new Set<number>();
  for (const { error, document } of errors.slice(0, MAX_SYNTAX_ERRORS)) {
    const problem = describeYamlError(error, document, text);
    const line = lineOf(problem.from);
    if (!lines.has(line)) report({ code: 'WF1001', ...problem });
    lines.add(line);
  }
  return errors.length > 0;
}

function rootOf(root: Node | null, report: ReportText): Node | undefined {
  const hint = 'start with name: my_workflow, then version, description, author, steps and security';
  const [from, to] = root?.range ?? [0, 0];
  if (root === null || (from === to && !isMap(root))) {
    report({ code: 'WF1002', message: 'the file is empty', hint, from: 0, to: 0 });
    return undefined;
  }
  if (isMap(root)) return root;
  const message = 'a workflow is a mapping of fields (name: …), not a single value or a list';
  report({ code: 'WF1004', message, hint, from, to: from + 1 });
  return undefined;
}
