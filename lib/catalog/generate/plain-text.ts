const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Tags of AWS's documentation; anything else in angle brackets (`<Region>`) is a placeholder and stays. */
const TAG =
  /<\/?(?:p|code|li|ul|ol|i|b|a|note|important|dl|dt|dd|em|strong|br|div|span|h\d|pre|body|caution)(?:\s[^<>]*)?\/?>/gi;
const BLOCK_TAG = /<\/?(?:p|li|ul|ol|note|important|caution|dl|dt|dd|br|div|h\d|pre|body)(?:\s[^<>]*)?\/?>/gi;

/** Undoes what the SDK's generator does to text so that it may stand in a JSDoc comment: `\{` for `{`. */
const unescapeJsDoc = (text: string): string => text.replace(/\\([{}/@\\\]])/g, '$1');

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole: string, code: string | undefined, name: string | undefined) =>
    code !== undefined ? String.fromCodePoint(Number(code)) : (ENTITIES[name ?? ''] ?? whole),
  );

/** AWS's HTML documentation as plain-text paragraphs; a list item is a paragraph of its own. */
export function toParagraphs(html: string): string[] {
  return unescapeJsDoc(html)
    .replace(BLOCK_TAG, '\u0000')
    .split('\u0000')
    .map((part) => decodeEntities(part.replace(TAG, '')).replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
}

/** The paragraphs as one text of at most `limit` characters, cut at the end of a sentence where one is near. */
export function trimText(paragraphs: readonly string[], limit: number): string {
  const text = paragraphs.join(' ');
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const sentence = Math.max(head.lastIndexOf('. '), head.lastIndexOf('.) '));
  if (sentence >= limit / 3) return head.slice(0, head.indexOf(' ', sentence)).trim();
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), limit / 2)).trim()}…`;
}
