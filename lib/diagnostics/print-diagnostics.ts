import type { Diagnostic, Severity } from './diagnostic.ts';
import { escapeInvisible } from './show-value.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

const MAX_LINE_CHARACTERS = 120;
/** How much of the line is shown before the place, where the line is cut. */
const CHARACTERS_BEFORE = 60;

const RESET = '\u001B[0m';
const BOLD = '\u001B[1m';
const RED = '\u001B[31m';
const YELLOW = '\u001B[33m';
const CYAN = '\u001B[36m';

export interface PrintOptions {
  /** With ANSI colours. */
  readonly colour: boolean;
  /** How many there were besides those given, where the caller has left some out already. */
  readonly more?: number;
}

/**
 * Diagnostics for a person's terminal: `file:line:column error CODE: message`, the line of the text with the
 * place underlined, the hint, and a last line with the counts. Sorted and capped. Empty where there is none.
 * @param texts The text of each file by the name that the diagnostics have; a missing one leaves its lines out.
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  options: PrintOptions,
): string {
  if (diagnostics.length === 0) return '';
  const paint = options.colour
    ? (style: string, text: string) => `${style}${text}${RESET}`
    : (_style: string, text: string) => text;
  const lines = new Map<string, readonly string[]>();
  for (const [file, text] of texts) lines.set(file, linesOf(text));
  const sorted = sortDiagnostics(diagnostics);
  const blocks = sorted.diagnostics.map((diagnostic) =>
    printOne(diagnostic, lines.get(diagnostic.file)?.[diagnostic.span.start.line - 1], paint),
  );
  const total = countWords(sorted.diagnostics);
  const more = sorted.more + (options.more ?? 0);
  const rest = more > 0 ? `, and ${more} more that are not shown` : '';
  return `${blocks.join('\n\n')}\n\n${total}${rest}\n`;
}

type Paint = (style: string, text: string) => string;

function printOne(diagnostic: Diagnostic, line: string | undefined, paint: Paint): string {
  const { severity, code, message, file, span, hint } = diagnostic;
  const place = `${escapeInvisible(file)}:${span.start.line}:${span.start.column}`;
  const head = `${paint(BOLD, place)} ${paint(colourOf(severity), severity)} ${code}: ${escapeLines(message)}`;
  const printed = [head];
  if (line !== undefined) {
    const last = span.end.line > span.start.line ? line.length + 1 : span.end.column;
    const { shown, before, marked } = excerpt(line, span.start.column - 1, last - 1);
    printed.push(`  ${shown}`, `  ${' '.repeat(before)}${paint(colourOf(severity), `^${'~'.repeat(marked - 1)}`)}`);
  }
  if (hint !== undefined) printed.push(`  ${paint(CYAN, 'hint:')} ${escapeLines(hint)}`);
  return printed.map((text) => text.trimEnd()).join('\n');

  function colourOf(of: Severity): string {
    return of === 'error' ? RED : YELLOW;
  }
}

/** The part of the line around the place, with what cannot be seen escaped, and where the mark goes. */
function excerpt(line: string, from: number, to: number): { shown: string; before: number; marked: number } {
  const start = Math.min(Math.max(0, from), line.length);
  const end = Math.min(Math.max(start, to), line.length);
  const left =
    line.length <= MAX_LINE_CHARACTERS
      ? 0
      : Math.max(0, Math.min(start - CHARACTERS_BEFORE, line.length - MAX_LINE_CHARACTERS));
  const right = Math.min(line.length, left + MAX_LINE_CHARACTERS);
  const lead = `${left > 0 ? '…' : ''}${visible(line.slice(left, start))}`;
  const body = visible(line.slice(start, Math.min(end, right)));
  const tail = `${visible(line.slice(Math.min(end, right), right))}${right < line.length ? '…' : ''}`;
  return { shown: lead + body + tail, before: widthOf(lead), marked: Math.max(1, widthOf(body)) };
}

/** Tabs as one blank: the mark below stays in line whatever the terminal's tab stops are. */
function visible(text: string): string {
  return escapeInvisible(text.replaceAll('\t', ' '));
}

/** Columns on a terminal: none for combining marks, two for the wide scripts and emoji. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n/);
}

/** Messages are ours, but quote names of others. */
function escapeLines(text: string): string {
  return text.split('\n').map(escapeInvisible).join('\n  ');
}

function countWords(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [];
  if (errors > 0) parts.push(errors === 1 ? '1 error' : `${errors} errors`);
  if (warnings > 0) parts.push(warnings === 1 ? '1 warning' : `${warnings} warnings`);
  return parts.join(', ');
}
