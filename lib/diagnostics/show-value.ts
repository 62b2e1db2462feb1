const MAX_SHOWN_CHARACTERS = 80;

/**
 * Characters that could steer a terminal or hide or reorder text: controls, line separators, invisible and
 * bidirectional formatting (Unicode category Cf holds zero-width and tag characters), surrogates without
 * their partner, private use and unassigned code points, and variation selectors, which can carry hidden data.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** `text` with every character that is not plainly visible written as `\u{…}`. */
export function escapeInvisible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** At most `max` characters of `text`, the last of them `…` where some were left out; never half a character. */
export function shorten(text: string, max: number = MAX_SHOWN_CHARACTERS): string {
  if (text.length <= max) return text;
  // One past the limit is enough to know that something is left out, however long the text is.
  const characters = [...text.slice(0, 2 * max + 2)];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/**
 * Any value as a short, harmless piece of a message: strings in JSON quotes, invisible characters as `\u{…}`,
 * at most 80 characters. Never throws, whatever the value: cycles, getters that throw, proxies.
 */
export function showValue(value: unknown): string {
  try {
    return show(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') {
    // Cut before escaping, so that a 10 MB string costs nothing and no escape is cut in half.
    const cut = shorten(value, MAX_SHOWN_CHARACTERS - 2);
    return shortenEscaped(quote(cut), '"');
  }
  if (typeof value === 'object' && value !== null) return shortenEscaped(escapeInvisible(toJson(value)), '');
  return shortenEscaped(escapeInvisible(typeof value === 'bigint' ? `${value}` : String(value)), '');
}

/** JSON spells controls as `\n` or `\u0007`; all that JSON leaves alone and that is still not visible follows. */
function quote(text: string): string {
  return escapeInvisible(JSON.stringify(text));
}

function toJson(value: object): string {
  let budget = 200;
  const seen = new WeakSet<object>();
  const json = JSON.stringify(value, (_key, part: unknown) => {
    budget -= 1;
    if (budget < 0) return undefined;
    if (typeof part === 'bigint') return `${part}`;
    if (typeof part === 'string') return shorten(part);
    if (typeof part !== 'object' || part === null) return part;
    if (seen.has(part)) return '…';
    seen.add(part);
    return part;
  });
  return json ?? Object.prototype.toString.call(value);
}

/** Escapes count as one unit, so that none is cut in half. */
function shortenEscaped(text: string, closing: string): string {
  if (text.length <= MAX_SHOWN_CHARACTERS) return text;
  const units = text.match(/\\u\{[0-9A-F]+\}|\\u[0-9a-f]{4}|\\.|./gsu) ?? [];
  let shown = '';
  for (const unit of units) {
    if (shown.length + unit.length > MAX_SHOWN_CHARACTERS - 1 - closing.length) break;
    shown += unit;
  }
  return `${shown.replace(/…$/u, '')}…${closing}`;
}
