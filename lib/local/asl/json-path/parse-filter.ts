import { type Filter, type FilterPath, type JsonPath, OPERATORS, type Operand, type Operator } from './json-path.ts';
import {
  expectPart,
  peek,
  skipBlanks,
  syntaxError,
  type TextCursor,
  take,
  takePattern,
  takeQuoted,
} from './text-cursor.ts';

/** Reads a path up to where it ends. */
type TakePath = (cursor: TextCursor) => JsonPath;

/** Reads `(…)` of a filter: `[?(@.price < 10 && @.isbn)]`. */
export function parseFilter(cursor: TextCursor, takePath: TakePath): Filter {
  skipBlanks(cursor);
  expectPart(cursor, '(');
  const filter = takeChain(cursor, 'or', takePath);
  skipBlanks(cursor);
  expectPart(cursor, ')');
  return filter;
}

/** Parts joined by `||`, each of them parts joined by `&&`. */
function takeChain(cursor: TextCursor, kind: 'or' | 'and', takePath: TakePath): Filter {
  const takePart = (): Filter => (kind === 'or' ? takeChain(cursor, 'and', takePath) : takeTest(cursor, takePath));
  const parts = [takePart()];
  for (skipBlanks(cursor); take(cursor, kind === 'or' ? '||' : '&&'); skipBlanks(cursor)) parts.push(takePart());
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function takeTest(cursor: TextCursor, takePath: TakePath): Filter {
  skipBlanks(cursor);
  if (peek(cursor) === '!' && cursor.text[cursor.at + 1] !== '=') {
    cursor.at += 1;
    return { kind: 'not', part: takeTest(cursor, takePath) };
  }
  if (peek(cursor) === '(') return parseFilter(cursor, takePath);
  const left = takeOperand(cursor, takePath);
  skipBlanks(cursor);
  const operator = takeOperator(cursor);
  if (operator !== undefined) {
    skipBlanks(cursor);
    return { kind: 'compare', operator, left, right: takeOperand(cursor, takePath) };
  }
  if (left.kind !== 'path') throw syntaxError(cursor, 'Expected a comparison');
  return { kind: 'exists', path: left.value };
}

function takeOperator(cursor: TextCursor): Operator | undefined {
  const text = takePattern(cursor, /==|!=|<=|>=|<|>|=~|[A-Za-z]+/)?.toLowerCase();
  if (text === undefined) return undefined;
  const operator = OPERATORS.find((candidate) => candidate === text);
  if (operator === undefined) throw syntaxError(cursor, `Unknown operator ${text}`);
  return operator as Operator;
}

function takeOperand(cursor: TextCursor, takePath: TakePath): Operand {
  const first = peek(cursor);
  if (first === '@' || first === '$') return { kind: 'path', value: takeFilterPath(cursor, takePath) };
  if (first === "'" || first === '"') return { kind: 'value', value: takeQuoted(cursor) };
  if (first === '/') return { kind: 'pattern', value: takeRegExp(cursor) };
  if (first === '[') return { kind: 'value', value: takeValues(cursor, takePath) };
  const word = takePattern(cursor, /-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null/);
  if (word === undefined) throw syntaxError(cursor, 'Expected a value');
  return { kind: 'value', value: JSON.parse(word) };
}

function takeFilterPath(cursor: TextCursor, takePath: TakePath): FilterPath {
  const from = peek(cursor) === '@' ? 'item' : 'root';
  return { from, path: takePath(cursor) };
}

function takeValues(cursor: TextCursor, takePath: TakePath): readonly unknown[] {
  const values: unknown[] = [];
  expectPart(cursor, '[');
  for (skipBlanks(cursor); !take(cursor, ']'); skipBlanks(cursor)) {
    if (values.length > 0) expectPart(cursor, ',');
    skipBlanks(cursor);
    const operand = takeOperand(cursor, takePath);
    if (operand.kind !== 'value') throw syntaxError(cursor, 'Expected a value');
    values.push(operand.value);
  }
  return values;
}

function takeRegExp(cursor: TextCursor): RegExp {
  const found = takePattern(cursor, /\/(?:\\.|[^/\\])*\/[a-z]*/);
  if (found === undefined) throw syntaxError(cursor, 'Expected a regular expression');
  const end = found.lastIndexOf('/');
  try {
    return new RegExp(`^(?:${found.slice(1, end)})$`, found.slice(end + 1).includes('i') ? 'iu' : 'u');
  } catch {
    throw syntaxError(cursor, 'Not a regular expression');
  }
}
