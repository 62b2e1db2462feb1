import { FUNCTIONS, type FunctionName, type JsonPath, type PathStep } from './json-path.ts';
import { parseFilter } from './parse-filter.ts';
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

const parsed = new Map<string, JsonPath>();
/** Definitions bring few paths; a path that is made at run time must not fill the memory. */
const MOST_KEPT = 10_000;

/** Reads a path that begins with `$` or `@`. Throws {@link PathError} where it is none. */
export function parseJsonPath(text: string): JsonPath {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const cursor = { text, at: 0 };
  const path = takeJsonPath(cursor, false);
  if (cursor.at < text.length) throw syntaxError(cursor, 'Unexpected character');
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(text, path);
  return path;
}

/** Reads a path that stands in a larger text, up to where it ends. */
function takeJsonPath(cursor: TextCursor, within: boolean): JsonPath {
  const start = cursor.at;
  if (!take(cursor, '$') && !take(cursor, '@')) throw syntaxError(cursor, "A path begins with '$'");
  const steps: PathStep[] = [];
  for (let step = takeStep(cursor, within); step !== undefined; step = takeStep(cursor, within)) steps.push(...step);
  const definite = steps.every((step, index) => isDefinite(step, index === steps.length - 1));
  return { text: cursor.text.slice(start, cursor.at), steps, definite };
}

function isDefinite(step: PathStep, last: boolean): boolean {
  if (step.kind === 'property') return step.names.length === 1 || last;
  return (step.kind === 'index' && step.indexes.length === 1) || step.kind === 'function';
}

function takeStep(cursor: TextCursor, within: boolean): readonly PathStep[] | undefined {
  if (take(cursor, '..'))
    return [{ kind: 'deep' }, peek(cursor) === '[' ? takeBrackets(cursor) : takeName(cursor, within)];
  if (take(cursor, '.')) return [peek(cursor) === '[' ? takeBrackets(cursor) : takeName(cursor, within)];
  return peek(cursor) === '[' ? [takeBrackets(cursor)] : undefined;
}

/** In a filter or an argument a name ends before an operator; elsewhere it may hold nearly anything. */
const NAME = /[^.[\]()\s]+/;
const NAME_WITHIN = /[^.[\]()\s,=!<>&|~]+/;

function takeName(cursor: TextCursor, within: boolean): PathStep {
  if (take(cursor, '*')) return { kind: 'wildcard' };
  const name = takePattern(cursor, within ? NAME_WITHIN : NAME);
  if (name === undefined) throw syntaxError(cursor, 'Expected a property');
  if (!take(cursor, '()')) return { kind: 'property', names: [name] };
  const known = FUNCTIONS.find((candidate): candidate is FunctionName => candidate === name);
  if (known === undefined) throw syntaxError(cursor, `Unknown function ${name}()`);
  return { kind: 'function', name: known };
}

function takeBrackets(cursor: TextCursor): PathStep {
  expectPart(cursor, '[');
  skipBlanks(cursor);
  const start = cursor.at;
  const step = takeSelector(cursor);
  skipBlanks(cursor);
  const text = cursor.text.slice(start, cursor.at);
  expectPart(cursor, ']');
  return step.kind === 'filter' ? { ...step, text: `[${text}]` } : step;
}

function takeSelector(cursor: TextCursor): PathStep {
  if (take(cursor, '*')) return { kind: 'wildcard' };
  if (take(cursor, '?'))
    return { kind: 'filter', filter: parseFilter(cursor, (inner) => takeJsonPath(inner, true)), text: '' };
  if (peek(cursor) === "'" || peek(cursor) === '"') return { kind: 'property', names: takeList(cursor, takeQuoted) };
  const slice = takePattern(cursor, /-?\d*:-?\d*(:-?\d*)?/);
  if (slice !== undefined) {
    const [from, to] = slice.split(':').map((part) => (part === '' ? undefined : Number(part)));
    return { kind: 'slice', from, to };
  }
  return { kind: 'index', indexes: takeList(cursor, takeIndex) };
}

function takeIndex(cursor: TextCursor): number {
  const digits = takePattern(cursor, /-?\d+/);
  if (digits === undefined) throw syntaxError(cursor, 'Expected an index');
  return Number(digits);
}

function takeList<T>(cursor: TextCursor, takeOne: (cursor: TextCursor) => T): readonly T[] {
  const items: T[] = [];
  do {
    skipBlanks(cursor);
    items.push(takeOne(cursor));
    skipBlanks(cursor);
  } while (take(cursor, ','));
  return items;
}
