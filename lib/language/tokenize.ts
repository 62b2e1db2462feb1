import { showValue } from '../diagnostics/show-value.ts';
import type { TemplateProblem } from './expression.ts';

/** One word of an expression; `from` and `to` are offsets into the whole text that was read. */
export interface Token {
  readonly kind: 'name' | 'quoted-name' | 'variable' | 'string' | 'number' | 'operator' | 'regex' | 'end';
  /** The decoded value of a string or number; the text of any other. */
  readonly value: string | number;
  readonly from: number;
  readonly to: number;
}

/** A mistake that ends the reading of one expression. Thrown and caught within this folder only. */
export class ExpressionMistake extends Error {
  readonly problem: TemplateProblem;
  constructor(problem: TemplateProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** WF1005: what stands there is no expression. */
export function unreadable(
  message: string,
  at: { readonly from: number; readonly to: number },
  hint?: string,
): ExpressionMistake {
  const { from, to } = at;
  return new ExpressionMistake({ code: 'WF1005', message, from, to, ...(hint === undefined ? {} : { hint }) });
}

const BLANK = /[ \t\n\r\v]*/y;
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const VARIABLE = /^\$\$?[\p{L}\p{N}_]*$/u;
/** A name in JSONata is whatever stands up to the next blank or operator; only plain ones are accepted from it. */
const WORD = /[^ \t\n\r\v.[\]{}(),@#;:?+\-*/%|=<>^&!~]+/y;
/** Longest first. The ones that JSONata does not have are read so that the message can name the right one. */
const OPERATOR = /===|!==|&&|\|\||==|!=|<=|>=|:=|~>|\*\*|\.\.|\?\?|\?:|=>|[.[\]{}(),@#;:?+\-*/%|=<>^&!~]/y;

/**
 * The words of the expression that starts at `start`: up to the end of the text, or up to the `}` that closes it,
 * which is left standing. The last token is always of the kind `end`.
 * @throws {ExpressionMistake}
 */
export function tokenize(text: string, start: number): readonly Token[] {
  const tokens: Token[] = [];
  let braces = 0;
  let at = start;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) break;
    if (text[at] === '}' && braces === 0) break;
    const token = readToken(text, at, tokens.at(-1));
    if (token.value === '{' && token.kind === 'operator') braces += 1;
    if (token.value === '}' && token.kind === 'operator') braces -= 1;
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: 'end', value: '', from: at, to: at });
  return tokens;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    at += matchAt(BLANK, text, at)?.length ?? 0;
    if (!text.startsWith('/*', at)) return at;
    const end = text.indexOf('*/', at + 2);
    if (end < 0) throw unreadable('a comment is never closed', { from: at, to: at + 2 }, 'add */');
    at = end + 2;
  }
}

function readToken(text: string, from: number, before: Token | undefined): Token {
  const first = text[from];
  if (first === '"' || first === "'") return readString(text, from, first);
  if (first === '`') {
    const end = text.indexOf('`', from + 1);
    if (end < 0) throw unreadable('a name in back quotes is never closed', { from, to: from + 1 }, 'add the closing `');
    return { kind: 'quoted-name', value: text.slice(from + 1, end), from, to: end + 1 };
  }
  if (first === '/' && !endsOperand(before)) return readRegex(text, from);
  const number = matchAt(NUMBER, text, from);
  if (number !== undefined) return readNumber(number, from);
  const operator = matchAt(OPERATOR, text, from);
  if (operator !== undefined) return { kind: 'operator', value: operator, from, to: from + operator.length };
  return readWord(matchAt(WORD, text, from) ?? text.slice(from), from);
}

function readWord(word: string, from: number): Token {
  const at = { from, to: from + word.length };
  if (NAME.test(word)) return { kind: 'name', value: word, ...at };
  if (VARIABLE.test(word)) return { kind: 'variable', value: word, ...at };
  const hint = 'put a field name with special characters in back quotes, and text in double quotes';
  throw unreadable(`${showValue(word)} is neither a name nor a value`, at, hint);
}

function readNumber(source: string, from: number): Token {
  const value = Number(source);
  const at = { from, to: from + source.length };
  if (!Number.isFinite(value)) throw unreadable(`the number ${source} is out of range`, at);
  return { kind: 'number', value, ...at };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readString(text: string, from: number, quote: string): Token {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === quote) return { kind: 'string', value, from, to: at + 1 };
    if (character !== '\\') {
      value += character;
      continue;
    }
    at += 1;
    const letter = text[at] ?? '';
    const digits = text.slice(at + 1, at + 5);
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)) {
      value += String.fromCharCode(Number.parseInt(digits, 16));
      at += 4;
    } else if (Object.hasOwn(ESCAPES, letter)) value += ESCAPES[letter];
    else {
      const hint = 'the escapes are those of JSON: \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041';
      throw unreadable(
        `the escape ${showValue(`\\${letter}`)} does not exist`,
        { from: at - 1, to: Math.min(at + 1, text.length) },
        hint,
      );
    }
  }
  throw unreadable('a text in quotes is never closed', { from, to: from + 1 }, `add the closing ${quote}`);
}

/** Only so far that the message can be about the regular expression and the end of it is known. */
function readRegex(text: string, from: number): Token {
  const source = matchAt(/\/(?:\\.|[^/\\])*\/[im]*/sy, text, from) ?? '/';
  return { kind: 'regex', value: source, from, to: from + source.length };
}

function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.kind !== 'operator' || token.value === ')' || token.value === ']' || token.value === '}';
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
