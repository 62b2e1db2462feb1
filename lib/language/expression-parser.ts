import { WORD_OPERATORS } from './operators.ts';
import { explainUnexpected, refusedOperator } from './refuse.ts';
import type { Token } from './tokenize.ts';

/** How far the parsing of an expression has come. */
export interface Parser {
  readonly tokens: readonly Token[];
  /** Subtracted from the tokens' offsets. */
  readonly origin: number;
  at: number;
  depth: number;
  /** Inside a filter, where names are relative to the item. */
  inFilter: boolean;
}

/** What the token does between two values. Words are operators only there: they can be names as well. */
export function operatorOf(token: Token): string | undefined {
  if (token.kind === 'operator') return `${token.value}`;
  return token.kind === 'name' && WORD_OPERATORS.has(`${token.value}`) ? `${token.value}` : undefined;
}

/** The token that comes next; at the end, the end. */
export function peek(parser: Parser): Token {
  const token = parser.tokens[parser.at] ?? parser.tokens.at(-1);
  if (token === undefined) throw new Error('an expression without an end token');
  return token;
}

/** Takes the next token. */
export function next(parser: Parser): Token {
  const token = peek(parser);
  if (token.kind !== 'end') parser.at += 1;
  return token;
}

/** True where the operator came next, which takes it. */
export function accept(parser: Parser, operator: string): boolean {
  const token = peek(parser);
  if (token.kind !== 'operator' || token.value !== operator) return false;
  parser.at += 1;
  return true;
}

/**
 * Takes the operator that has to come next.
 * @throws {ExpressionMistake}
 */
export function expect(parser: Parser, operator: string): Token {
  const token = peek(parser);
  if (accept(parser, operator)) return token;
  throw refusedOperator(`${token.value}`, token) ?? explainUnexpected(token, `"${operator}"`);
}
