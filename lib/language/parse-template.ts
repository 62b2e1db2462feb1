import type { Template, TemplateExpression, TemplateProblem } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { ExpressionMistake, tokenize, unreadable } from './tokenize.ts';

export interface TemplateResult {
  readonly template: Template;
  readonly problems: readonly TemplateProblem[];
}

/**
 * Splits a scalar into text and `${…}`; `$${` stands for a literal `${`. An expression with a problem stands in the
 * template as the text it is, so the template is only good where there are no problems. Never throws.
 */
export function parseTemplate(value: string): TemplateResult {
  const parts: (TemplateExpression | { kind: 'text'; text: string })[] = [];
  const problems: TemplateProblem[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += text;
    else if (text !== '') parts.push({ kind: 'text', text });
  };
  let at = 0;
  for (;;) {
    const open = value.indexOf('${', at);
    if (open < 0) break;
    if (open > at && value[open - 1] === '$') {
      addText(`${value.slice(at, open - 1)}\${`);
      at = open + 2;
      continue;
    }
    addText(value.slice(at, open));
    const read = readExpression(value, open);
    if ('node' in read.result) parts.push(read.result);
    else {
      problems.push(read.result);
      addText(value.slice(open, read.end));
    }
    at = read.end;
  }
  addText(value.slice(at));
  return { template: parts, problems };
}

/** The expression whose `${` stands at `open`, and where the text goes on. */
function readExpression(value: string, open: number): { result: TemplateExpression | TemplateProblem; end: number } {
  const from = open + 2;
  let end = value.length;
  try {
    const tokens = tokenize(value, from);
    const to = tokens.at(-1)?.to ?? from;
    if (to >= value.length) {
      const hint = 'add the closing }, or write $${ for a literal ${';
      throw unreadable('this ${ is never closed', { from: open, to: from }, hint);
    }
    end = to + 1;
    if (tokens.length === 1)
      throw unreadable('there is nothing between ${ and }', { from: open, to: end }, 'write for example ${params.x}');
    const node = parseExpression(tokens, from);
    return { result: { kind: 'expression', source: value.slice(from, to), node, from, to }, end };
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    return { result: error.problem, end };
  }
}
