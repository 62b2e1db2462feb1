import { LIMITS } from './limits.ts';

/** Terminal escapes, whole: `ESC [ … m`, `ESC ] … BEL`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ESCAPE_SEQUENCES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-_])/g;
/** Then every control, bidirectional, private and tag character (category C), line separators, fillers and variation selectors. */
const INVISIBLE = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]|\p{Variation_Selector}|\u034F|\u17B4|\u17B5/gu;
const SECRET_NAME =
  /pass(word|wd|phrase)|secret(?!.*arn$)|private_?key|access_?key|session_?token|authorization|credential/i;
const MAX_DEPTH = 20;

/**
 * Text that somebody else wrote, fit to be shown to a person or a model: what cannot be seen is taken out, what is
 * longer than `max` characters is cut and ends in `…`. It stays untrusted; it only cannot hide anything.
 */
export function cleanText(text: string, max = 1_000): string {
  const visible = text
    .slice(0, max * 4)
    .replace(ESCAPE_SEQUENCES, '')
    .replace(INVISIBLE, '');
  const characters = [...visible];
  return characters.length <= max ? visible : `${characters.slice(0, max - 1).join('')}…`;
}

export interface CleanOutput {
  readonly value: unknown;
  readonly truncated: boolean;
}

/**
 * Data from AWS, such as tags and names that others can write: texts cleaned, members that look like secrets replaced,
 * and at most 16 KiB; what is larger comes as the beginning of its JSON text.
 */
export function cleanOutput(output: unknown): CleanOutput {
  const value = cleanJson(output, 0);
  const json = JSON.stringify(value) ?? 'null';
  if (Buffer.byteLength(json) <= LIMITS.outputBytes) return { value, truncated: false };
  const start = Buffer.from(json).subarray(0, LIMITS.outputBytes).toString('utf8');
  return { value: `${start.replace(/\uFFFD$/, '')}…`, truncated: true };
}

function cleanJson(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, LIMITS.outputBytes);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  const members = Object.entries(value).map(([name, member]) => {
    const secret = SECRET_NAME.test(name) && (typeof member === 'string' || typeof member === 'number');
    return [cleanText(name, 200), secret ? '[redacted]' : cleanJson(member, depth + 1)];
  });
  return Object.fromEntries(members);
}
