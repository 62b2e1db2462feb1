/** Escapes of YAML's double quotes that stand for one character (YAML 1.2, section 5.7). */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1B',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * For each offset into `value`, its end included, the offset into the `source` it was read from: plain, quoted or
 * block. `undefined` where the one cannot be followed from the other, such as in folded text.
 */
export function sourceOffsets(source: string, value: string): readonly number[] | undefined {
  if (source.startsWith('"')) return verified(unquoteDouble(source), value);
  if (source.startsWith("'")) return verified(unquoteSingle(source), value);
  if (source.startsWith('|')) return verified(unindent(source, value), value);
  return source === value ? Array.from({ length: value.length + 1 }, (_, index) => index) : undefined;
}

interface Decoded {
  readonly value: string;
  readonly offsets: readonly number[];
}

function verified(decoded: Decoded | undefined, value: string): readonly number[] | undefined {
  return decoded?.value === value ? decoded.offsets : undefined;
}

function unquoteDouble(source: string): Decoded | undefined {
  let value = '';
  const offsets: number[] = [];
  let at = 1;
  while (at < source.length - 1) {
    const character = source[at] ?? '';
    let decoded = character;
    let length = 1;
    if (character === '\n') return undefined;
    if (character === '\\') {
      const letter = source[at + 1] ?? '';
      const digits = HEX_DIGITS[letter] ?? 0;
      length = 2 + digits;
      const code = Number.parseInt(source.slice(at + 2, at + length), 16);
      if (digits > 0 && !(code <= 0x10ffff)) return undefined;
      decoded = digits > 0 ? String.fromCodePoint(code) : (ESCAPES[letter] ?? '');
    }
    for (let unit = 0; unit < decoded.length; unit += 1) offsets.push(at);
    value += decoded;
    at += length;
  }
  return { value, offsets: [...offsets, at] };
}

function unquoteSingle(source: string): Decoded {
  let value = '';
  const offsets: number[] = [];
  for (let at = 1; at < source.length - 1; at += 1) {
    offsets.push(at);
    value += source[at];
    if (source[at] === "'") at += 1;
  }
  return { value, offsets: [...offsets, source.length - 1] };
}

/** A literal block: each line of the value is the end of a line of the source, after the header. */
function unindent(source: string, value: string): Decoded | undefined {
  const offsets: number[] = [];
  const lines = value.split('\n');
  let lineStart = source.indexOf('\n') + 1;
  for (const [index, line] of lines.entries()) {
    const newline = source.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? source.length : newline;
    const text = source.slice(lineStart, lineEnd).replace(/\r$/, '');
    const last = index === lines.length - 1 && line === '';
    if (!last && (!text.endsWith(line) || text.slice(0, text.length - line.length).trim() !== '')) return undefined;
    const start = last ? lineStart : lineStart + text.length - line.length;
    for (let unit = 0; unit <= line.length; unit += 1) offsets.push(start + unit);
    lineStart = lineEnd + 1;
  }
  return { value, offsets };
}
