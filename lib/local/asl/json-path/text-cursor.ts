import { PathError } from './json-path.ts';

/** Reads a text from left to right. */
export interface TextCursor {
  readonly text: string;
  at: number;
}

export function peek(cursor: TextCursor): string {
  return cursor.text[cursor.at] ?? '';
}

export function skipBlanks(cursor: TextCursor): void {
  while (/\s/.test(peek(cursor))) cursor.at += 1;
}

/** Moves past `part` if it comes next. */
export function take(cursor: TextCursor, part: string): boolean {
  if (!cursor.text.startsWith(part, cursor.at)) return false;
  cursor.at += part.length;
  return true;
}

export function expectPart(cursor: TextCursor, part: string): void {
  if (!take(cursor, part)) throw syntaxError(cursor, `Expected '${part}'`);
}

/** Moves past what the sticky pattern matches and gives it. */
export function takePattern(cursor: TextCursor, pattern: RegExp): string | undefined {
  const sticky = new RegExp(pattern.source, 'yu');
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

/**
 * The content of a quoted text, with the cursor past its end. A backslash before the quote or another backslash
 * gives that character; before any other it is a character like any other.
 */
export function takeQuoted(cursor: TextCursor): string {
  const quote = peek(cursor);
  let content = '';
  for (cursor.at += 1; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = peek(cursor);
    if (character === quote) {
      cursor.at += 1;
      return content;
    }
    const next = cursor.text[cursor.at + 1];
    if (character === '\\' && (next === quote || next === '\\')) {
      content += next;
      cursor.at += 1;
    } else content += character;
  }
  throw syntaxError(cursor, `Missing ${quote}`);
}

export function syntaxError({ text, at }: TextCursor, what: string): PathError {
  return new PathError(`${what} at position ${at} of ${text}`);
}
