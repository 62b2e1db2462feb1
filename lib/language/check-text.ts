import { showValue } from '../diagnostics/show-value.ts';
import { LIMITS } from './limits.ts';
import type { ReportText } from './problem.ts';

/** How many bad characters are worth reporting one by one. */
const MAX_REPORTED = 10;

/**
 * What YAML 1.2 does not count as printable (section 5.1), and U+FFFD, which is what a decoder leaves where bytes
 * were not UTF-8.
 */
const NOT_PRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFD-\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * What may not stand in a value, however it is written: controls, half characters, which no JSON can hold, and what
 * shows a reader another text than a program reads (overrides of the writing direction, invisible tag characters).
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}\p{Cs}]/u;

/** True where the text is small enough to look at; reports it otherwise. */
export function checkSize(text: string, report: ReportText): boolean {
  const bytes = text.length > LIMITS.bytes ? text.length : utf8Length(text);
  if (bytes <= LIMITS.bytes) return true;
  const limit = `${LIMITS.bytes / 1024} KiB`;
  report({
    code: 'WF5001',
    message: `the file has ${sizeInWords(utf8Length(text))}; a workflow may have at most ${limit}`,
    hint: 'split it into several workflows',
    from: 0,
    to: 0,
  });
  return false;
}

/** Characters that no YAML file may hold, each at its place. */
export function checkCharacters(text: string, report: ReportText): void {
  let count = 0;
  for (const match of text.matchAll(NOT_PRINTABLE)) {
    count += 1;
    if (count > MAX_REPORTED) return;
    const broken = match[0] === '\uFFFD';
    report({
      code: 'WF1001',
      message: broken
        ? 'the text is not valid UTF-8 here'
        : `the character ${showValue(match[0])} is not allowed in YAML`,
      hint: broken ? 'save the file as UTF-8' : 'remove it',
      from: match.index,
      to: match.index + match[0].length,
    });
  }
}

/** Reports a value or key that holds hidden characters, such as from an escape. */
export function checkVisible(
  value: string,
  at: { readonly from: number; readonly to: number },
  report: ReportText,
): void {
  const hidden = HIDDEN.exec(value);
  if (hidden === null) return;
  const message = `the text holds the hidden character ${showValue(hidden[0])}`;
  report({ code: 'WF1004', message, hint: 'remove it', from: at.from, to: at.to });
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    // Either half of a pair is two of its four bytes; alone it would be written as three, which does not matter here.
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
