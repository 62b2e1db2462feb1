import { showValue } from '../diagnostics/show-value.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type ExpressionNode, type PathPart, ROOTS } from './expression.ts';
import { accept, expect, next, operatorOf, type Parser, peek } from './expression-parser.ts';
import { FUNCTIONS, REFUSED_FUNCTIONS } from './functions.ts';
import { LIMITS } from './limits.ts';
import { LEFT_POWER } from './operators.ts';
import { explainUnexpected, refuse, refusedOperator } from './refuse.ts';
import { type Token, unreadable } from './tokenize.ts';

type ReferenceNode = Extract<ExpressionNode, { kind: 'reference' }>;

/** How tightly a minus before a value binds, as in JSONata 2.0. */
const UNARY = 70;

/**
 * The tree of an expression. JSONata's grammar (its `parser.js`) less what workflows do not allow.
 * @param origin Offset of the expression in the text that the tokens come from.
 * @throws {ExpressionMistake} with offsets into that text
 */
export function parseExpression(tokens: readonly Token[], origin: number): ExpressionNode {
  const parser: Parser = { tokens, origin, at: 0, depth: 0, inFilter: false };
  const end = tokens.at(-1);
  if (end !== undefined && end.from - origin > LIMITS.expression) {
    throw unreadable(`an expression may have at most ${LIMITS.expression} characters`, { from: origin, to: end.to });
  }
  const node = parseOperand(parser, 0);
  const rest = peek(parser);
  if (rest.kind !== 'end') throw explainUnexpected(rest, 'an operator or the end');
  return node;
}

/** Everything that binds more tightly than `power`. */
function parseOperand(parser: Parser, power: number): ExpressionNode {
  parser.depth += 1;
  if (parser.depth > LIMITS.expressionDepth) {
    throw unreadable(`an expression is nested more than ${LIMITS.expressionDepth} deep here`, peek(parser));
  }
  let left = parsePrefix(parser);
  for (;;) {
    const operator = operatorOf(peek(parser));
    const refused = operator === undefined ? undefined : refusedOperator(operator, peek(parser));
    if (refused !== undefined) throw refused;
    if (operator === undefined || (LEFT_POWER.get(operator) ?? 0) <= power) break;
    left = parseInfix(parser, left, operator);
  }
  parser.depth -= 1;
  return left;
}

function parseInfix(parser: Parser, left: ExpressionNode, operator: string): ExpressionNode {
  next(parser);
  const from = left.from;
  if (operator === '?') {
    const then = parseOperand(parser, 0);
    const otherwise = accept(parser, ':') ? parseOperand(parser, 0) : undefined;
    return { kind: 'condition', test: left, then, otherwise, from, to: (otherwise ?? then).to };
  }
  const right = parseOperand(parser, LEFT_POWER.get(operator) ?? 0);
  return { kind: 'binary', operator, left, right, from, to: right.to };
}

function parsePrefix(parser: Parser): ExpressionNode {
  const token = next(parser);
  const place = { from: token.from - parser.origin, to: token.to - parser.origin };
  switch (token.kind) {
    case 'number':
    case 'string':
      return noPath(parser, { kind: 'literal', value: token.value, ...place });
    case 'name':
      return parseName(parser, token);
    case 'quoted-name':
      return parseReference(parser, token, true);
    case 'variable':
      return token.value === '$' && parser.inFilter ? parseReference(parser, token, true) : parseCall(parser, token);
    case 'regex':
      throw refuse('regular expressions are not allowed', token, 'use $contains, $split or $replace with plain text');
    case 'operator':
      return parseBracketOrMinus(parser, token);
    case 'end':
      throw explainUnexpected(token, 'a value');
  }
}

function parseName(parser: Parser, token: Token): ExpressionNode {
  const place = { from: token.from - parser.origin, to: token.to - parser.origin };
  if (token.value === 'true' || token.value === 'false') {
    return noPath(parser, { kind: 'literal', value: token.value === 'true', ...place });
  }
  if (token.value === 'null') return noPath(parser, { kind: 'literal', value: null, ...place });
  if (peek(parser).value !== '(' || peek(parser).kind !== 'operator') return parseReference(parser, token, false);
  if (token.value === 'function' || token.value === 'λ') throw refuse('functions of your own are not allowed', token);
  const meant = FUNCTIONS.has(`${token.value}`) ? `${token.value}` : didYouMean(`${token.value}`, FUNCTIONS.keys());
  throw unreadable(
    `${showValue(token.value)} is not a function`,
    token,
    meant === undefined ? undefined : `did you mean $${meant}(…)?`,
  );
}

function parseBracketOrMinus(parser: Parser, token: Token): ExpressionNode {
  const from = token.from - parser.origin;
  if (token.value === '-') {
    const operand = parseOperand(parser, UNARY);
    if (operand.kind === 'literal' && typeof operand.value === 'number') {
      // As JSONata does; and there is one zero only.
      return { kind: 'literal', value: operand.value === 0 ? 0 : -operand.value, from, to: operand.to };
    }
    return { kind: 'unary', operator: '-', operand, from, to: operand.to };
  }
  if (token.value === '(') {
    if (peek(parser).value === ')') throw explainUnexpected(peek(parser), 'a value');
    const inner = parseOperand(parser, 0);
    const close = expect(parser, ')');
    return noPath(parser, withIndexes(parser, { ...inner, from, to: close.to - parser.origin }));
  }
  if (token.value === '[') {
    const { items, to } = parseList(parser, ']', () => parseOperand(parser, 0));
    return noPath(parser, withIndexes(parser, { kind: 'array', items, from, to }));
  }
  if (token.value === '{') {
    const { items, to } = parseList(parser, '}', () => {
      const key = parseOperand(parser, 0);
      expect(parser, ':');
      return { key, value: parseOperand(parser, 0) };
    });
    return noPath(parser, { kind: 'object', entries: items, from, to });
  }
  throw refusedOperator(`${token.value}`, token, true) ?? explainUnexpected(token, 'a value');
}

function parseCall(parser: Parser, token: Token): ExpressionNode {
  const name = `${token.value}`.slice(1);
  const isCall = peek(parser).kind === 'operator' && peek(parser).value === '(';
  if (!isCall) {
    const root = ROOTS.find((one) => one === name);
    const hint =
      root !== undefined
        ? `write ${root} without the $`
        : FUNCTIONS.has(name)
          ? `call it: $${name}(…)`
          : 'an expression starts with params, steps or another root';
    throw refuse(`variables such as ${showValue(token.value)} are not allowed`, token, hint);
  }
  const arity = FUNCTIONS.get(name);
  if (arity === undefined) {
    const reason = REFUSED_FUNCTIONS.get(name);
    if (reason !== undefined) throw refuse(`$${name} is not allowed: it ${reason.message}`, token, reason.hint);
    const meant = didYouMean(name, FUNCTIONS.keys());
    throw refuse(
      `there is no function ${showValue(token.value)} in workflows`,
      token,
      meant === undefined ? undefined : `did you mean $${meant}?`,
    );
  }
  next(parser);
  const { items: args, to } = parseList(parser, ')', () => {
    const first = peek(parser);
    if (first.value === '?' && first.kind === 'operator') throw refuse('functions of your own are not allowed', first);
    return parseOperand(parser, 0);
  });
  const from = token.from - parser.origin;
  if (args.length < arity.min || (arity.max !== undefined && args.length > arity.max)) {
    const message = `$${name} takes ${arityInWords(arity.min, arity.max)}, but is given ${args.length}`;
    throw unreadable(message, { from: token.from, to: to + parser.origin });
  }
  return noPath(parser, withIndexes(parser, { kind: 'call', name, args, from, to }));
}

function arityInWords(min: number, max: number | undefined): string {
  const most = max ?? min;
  const counts = max === undefined ? `${min} or more` : min === max ? `${min}` : `${min} to ${max}`;
  return `${counts} ${most === 1 && max !== undefined ? 'argument' : 'arguments'}`;
}

/** Entries with commas between them, up to the closing bracket. */
function parseList<Item>(parser: Parser, close: string, parseItem: () => Item): { items: readonly Item[]; to: number } {
  const items: Item[] = [];
  const first = peek(parser);
  if (!(first.kind === 'operator' && first.value === close)) {
    do items.push(parseItem());
    while (accept(parser, ','));
  }
  return { items, to: expect(parser, close).to - parser.origin };
}

/**
 * A root and what is taken from it. Inside a filter a name is a field of the item unless it is one of the roots;
 * a name in back quotes always is a field.
 */
function parseReference(parser: Parser, token: Token, isField: boolean): ReferenceNode {
  const from = token.from - parser.origin;
  const path: PathPart[] = [];
  const relative = parser.inFilter && (isField || !ROOTS.some((root) => root === token.value));
  let to = token.to - parser.origin;
  if (relative && token.kind !== 'variable') path.push({ kind: 'field', name: `${token.value}`, from, to });
  for (;;) {
    if (accept(parser, '.')) path.push(parseField(parser));
    else if (accept(parser, '[')) path.push(parseSelector(parser));
    else break;
    to = (parser.tokens[parser.at - 1]?.to ?? 0) - parser.origin;
  }
  const after = peek(parser);
  if (after.kind === 'operator' && after.value === '{') throw refuse('grouping is not allowed', after);
  if (after.kind === 'operator' && after.value === '(') throw explainUnexpected(after, 'an operator or the end');
  return { kind: 'reference', root: relative ? '' : `${token.value}`, path, from, to };
}

function parseField(parser: Parser): PathPart {
  const token = next(parser);
  const isName = token.kind === 'name' && !['true', 'false', 'null'].includes(`${token.value}`);
  if (isName || token.kind === 'quoted-name') {
    return { kind: 'field', name: `${token.value}`, from: token.from - parser.origin, to: token.to - parser.origin };
  }
  if (token.kind === 'variable')
    throw refuse('a function cannot stand in a path', token, 'put the path into its brackets: $uppercase(params.x)');
  if (token.kind === 'operator') {
    const refused = refusedOperator(`${token.value}`, token, true);
    if (refused !== undefined) throw refused;
    if (['(', '[', '{'].includes(`${token.value}`))
      throw refuse('only names can stand in a path', token, 'write the names one after another: a.b.c');
  }
  if (token.kind === 'number')
    throw unreadable('a number cannot be a field', token, `write [${token.value}] for an entry of a list`);
  if (token.kind === 'name' || token.kind === 'string')
    throw unreadable(`${showValue(token.value)} cannot be a field`, token, `put it in back quotes: \`${token.value}\``);
  throw explainUnexpected(token, 'the name of a field');
}

/** What stands in `[…]`: the index of an entry, or a filter. */
function parseSelector(parser: Parser): PathPart {
  const open = parser.tokens[parser.at - 1] ?? peek(parser);
  const first = peek(parser);
  if (first.kind === 'operator' && first.value === ']') {
    throw refuse('[] is not allowed', { from: open.from, to: first.to }, 'put an index or a filter in the brackets');
  }
  const outer = parser.inFilter;
  parser.inFilter = true;
  const test = parseOperand(parser, 0);
  parser.inFilter = outer;
  const close = expect(parser, ']');
  if (test.kind !== 'literal' || typeof test.value !== 'number') return { kind: 'filter', test };
  if (Number.isSafeInteger(test.value)) return { kind: 'index', index: test.value };
  throw unreadable('an index is a whole number', { from: open.from, to: close.to });
}

/** Entries taken from a computed value: `$split(params.x, ",")[0]`. A filter would need names for what is in it. */
function withIndexes(parser: Parser, node: ExpressionNode): ExpressionNode {
  let selected = node;
  while (accept(parser, '[')) {
    const open = parser.tokens[parser.at - 1] ?? peek(parser);
    const part = parseSelector(parser);
    if (part.kind !== 'index') {
      const hint = 'only an index can be taken from a computed value: $split(params.x, ",")[0]';
      throw refuse('a filter cannot stand here', open, hint);
    }
    const to = (parser.tokens[parser.at - 1]?.to ?? 0) - parser.origin;
    selected = { kind: 'selection', of: selected, index: part.index, from: node.from, to };
  }
  return selected;
}

/** After anything but a reference, a path would mean something that is better written otherwise. */
function noPath(parser: Parser, node: ExpressionNode): ExpressionNode {
  const token = peek(parser);
  if (token.kind !== 'operator') return node;
  if (token.value === '.' || token.value === '[' || token.value === '{') {
    const hint = 'a path starts with params, steps or another root; of a computed value only an index can be taken';
    throw refuse('a path cannot start here', token, hint);
  }
  if (token.value === '(') throw explainUnexpected(token, 'an operator or the end');
  return node;
}
