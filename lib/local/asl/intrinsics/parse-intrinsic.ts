import { PathError } from '../json-path/json-path.ts';
import {
  expectPart,
  peek,
  skipBlanks,
  syntaxError,
  type TextCursor,
  take,
  takePattern,
} from '../json-path/text-cursor.ts';

/** `States.Format('Hello {}', $.name)` in parts. */
export interface IntrinsicCall {
  readonly kind: 'call';
  readonly text: string;
  readonly name: string;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | IntrinsicCall
  /** `value` with its escapes resolved, `raw` with those of braces left, as a template of `States.Format` needs it. */
  | { readonly kind: 'text'; readonly value: string; readonly raw: string }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'path'; readonly text: string };

const NAMES: ReadonlySet<string> = new Set(
  [
    ['Format', 'StringToJson', 'JsonToString', 'Array', 'ArrayPartition', 'ArrayContains', 'ArrayRange'],
    ['ArrayGetItem', 'ArrayLength', 'ArrayUnique', 'Base64Encode', 'Base64Decode', 'Hash', 'JsonMerge'],
    ['MathRandom', 'MathAdd', 'StringSplit', 'UUID'],
  ].flat(),
);

const MOST_KEPT = 10_000;
const parsed = new Map<string, IntrinsicCall>();

export function isIntrinsic(text: string): boolean {
  return text.startsWith('States.');
}

/** Reads the call of an intrinsic function. Throws {@link PathError} where it is none. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const cursor = { text, at: 0 };
  const call = takeCall(cursor);
  skipBlanks(cursor);
  if (cursor.at < text.length) throw syntaxError(cursor, 'Unexpected character');
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(text, call);
  return call;
}

function takeCall(cursor: TextCursor): IntrinsicCall {
  const start = cursor.at;
  expectPart(cursor, 'States.');
  const name = takePattern(cursor, /[A-Za-z0-9]+/) ?? '';
  if (!NAMES.has(name)) throw new PathError(`There is no intrinsic function States.${name}`);
  skipBlanks(cursor);
  expectPart(cursor, '(');
  const found: IntrinsicArgument[] = [];
  skipBlanks(cursor);
  while (!take(cursor, ')')) {
    if (found.length > 0) expectPart(cursor, ',');
    skipBlanks(cursor);
    found.push(takeArgument(cursor));
    skipBlanks(cursor);
  }
  return { kind: 'call', text: cursor.text.slice(start, cursor.at), name, arguments: found };
}

function takeArgument(cursor: TextCursor): IntrinsicArgument {
  const first = peek(cursor);
  if (first === "'") return takeText(cursor);
  if (first === '$') return { kind: 'path', text: takePath(cursor) };
  if (cursor.text.startsWith('States.', cursor.at)) return takeCall(cursor);
  const word = takePattern(cursor, /-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null/);
  if (word === undefined) throw syntaxError(cursor, 'Expected an argument');
  return { kind: 'value', value: JSON.parse(word) };
}

function takeText(cursor: TextCursor): IntrinsicArgument {
  let value = '';
  let raw = '';
  for (cursor.at += 1; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = peek(cursor);
    if (character === "'") {
      cursor.at += 1;
      return { kind: 'text', value, raw };
    }
    const next = cursor.text[cursor.at + 1] ?? '';
    if (character === '\\' && ESCAPED.has(next)) {
      value += next;
      raw += next === "'" ? next : `\\${next}`;
      cursor.at += 1;
    } else {
      value += character;
      raw += character;
    }
  }
  throw syntaxError(cursor, "Missing '");
}

const ESCAPED: ReadonlySet<string> = new Set(["'", '\\', '{', '}']);

/** A path ends at a comma or a closing parenthesis that is not in brackets or quotes. */
function takePath(cursor: TextCursor): string {
  const start = cursor.at;
  let depth = 0;
  let quote = '';
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = peek(cursor);
    if (quote !== '') {
      if (character === '\\') cursor.at += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '[' || character === '(') depth += 1;
    else if (depth > 0 && (character === ']' || character === ')')) depth -= 1;
    else if (depth === 0 && (character === ',' || character === ')')) break;
  }
  return cursor.text.slice(start, cursor.at).trim();
}
