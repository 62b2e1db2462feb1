import { alternative, concatenation, NO_TEXT, oneCharacterOf, type Texts } from './texts.ts';

/**
 * What is certain of the texts that match `pattern` as a whole, or `undefined` where it is not sure: a pattern that
 * is not anchored at both ends, `.`, `\S`, `\D`, `\W`, `\p`, negated classes, back references, anything beyond ASCII.
 * Look-around only narrows what matches, so that it counts as nothing.
 *
 * It errs on one side only: a character that a text can have is never missing.
 */
export function textsOfPattern(pattern: string): Texts | undefined {
  const inner = /^\^([\s\S]*)\$$/.exec(pattern)?.[1];
  // `\$` at the end is no anchor.
  if (inner === undefined || /(?<!\\)(?:\\\\)*\\$/.test(inner)) return undefined;
  const reader: Reader = { text: inner, at: 0 };
  const texts = readSequence(reader, 0);
  // `^a|b$` is anchored on one side each: an alternative at the top ends the sequence before the text does.
  return reader.at === inner.length ? texts : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

const MAX_DEPTH = 16;

const between = (from: string, to: string): readonly string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) =>
    String.fromCharCode(from.charCodeAt(0) + index),
  );
const DIGITS = between('0', '9');
const SETS: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: [...DIGITS, ...between('A', 'Z'), ...between('a', 'z'), '_'],
  n: ['\n'],
  r: ['\r'],
  t: ['\t'],
  f: ['\f'],
  v: ['\v'],
};

/** Alternatives up to the end of the text or the group. */
function readAlternatives(reader: Reader, depth: number): Texts | undefined {
  let all = readSequence(reader, depth);
  while (all !== undefined && reader.text[reader.at] === '|') {
    reader.at += 1;
    const other = readSequence(reader, depth);
    if (other === undefined) return undefined;
    all = alternative(all, other);
  }
  return all;
}

function readSequence(reader: Reader, depth: number): Texts | undefined {
  let all = NO_TEXT;
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const atom = readAtom(reader, depth);
    const repeated = atom && readRepeat(reader, atom);
    if (repeated === undefined) return undefined;
    all = concatenation(all, repeated);
  }
  return all;
}

function readAtom(reader: Reader, depth: number): Texts | undefined {
  const character = reader.text[reader.at] ?? '';
  reader.at += 1;
  switch (character) {
    case '^':
    case '$':
      return NO_TEXT;
    case '(':
      return readGroup(reader, depth);
    case '[':
      return oneOf(readClass(reader));
    case '\\':
      return readEscape(reader);
    default:
      return '.*+?{}]'.includes(character) || !isAscii(character) ? undefined : oneOf([character]);
  }
}

function readGroup(reader: Reader, depth: number): Texts | undefined {
  if (depth >= MAX_DEPTH) return undefined;
  const opening = /\?(?::|=|!|<=|<!|<\w+>)|/y;
  opening.lastIndex = reader.at;
  const kind = opening.exec(reader.text)?.[0] ?? '';
  reader.at += kind.length;
  if (kind === '' && reader.text[reader.at] === '?') return undefined;
  const lookAround = ['?=', '?!', '?<=', '?<!'].includes(kind);
  const inner = lookAround ? skipGroup(reader) : readAlternatives(reader, depth + 1);
  if (inner === undefined || reader.text[reader.at] !== ')') return undefined;
  reader.at += 1;
  return inner;
}

/** Moves to the `)` that closes the group, whatever stands in it. */
function skipGroup(reader: Reader): Texts {
  let open = 0;
  for (; reader.at < reader.text.length; reader.at += 1) {
    const character = reader.text[reader.at];
    if (character === '\\') reader.at += 1;
    else if (character === '[') readClass({ ...reader, at: reader.at + 1 }, reader);
    else if (character === '(') open += 1;
    else if (character === ')') {
      if (open === 0) return NO_TEXT;
      open -= 1;
    }
  }
  return NO_TEXT;
}

/** The characters of a class, the reader behind its `[`; `undefined` for a negated one or one of more than ASCII. */
function readClass(reader: Reader, moved: Reader = reader): readonly string[] | undefined {
  const end = /(?:\\[\s\S]|[^\]\\])*\]/y;
  end.lastIndex = reader.at;
  const whole = end.exec(reader.text)?.[0];
  if (whole === undefined) return undefined;
  const body = whole.slice(0, -1);
  moved.at = reader.at + body.length + (moved === reader ? 1 : 0);
  if (body.startsWith('^') || body.includes('&&') || body.includes('[')) return undefined;
  const members = [...body.matchAll(/(\\?[\s\S])(?:-(\\?[\s\S]))?/g)];
  const sets = members.map(([, from = '', to]) => charactersBetween(from, to));
  return sets.some((set) => set === undefined) ? undefined : sets.flatMap((set) => set ?? []);
}

function charactersBetween(from: string, to: string | undefined): readonly string[] | undefined {
  const [low, high] = [charactersOf(from), to === undefined ? [] : charactersOf(to)];
  if (low === undefined || high === undefined) return undefined;
  const [[first], [last]] = [low, high];
  if (to === undefined || first === undefined || last === undefined) return low;
  // [\w-.] has a hyphen of its own rather than a range.
  if (low.length > 1 || high.length > 1) return [...low, '-', ...high];
  return first <= last ? between(first, last) : undefined;
}

function readEscape(reader: Reader): Texts | undefined {
  const letter = reader.text[reader.at] ?? '';
  reader.at += 1;
  if (letter === 'b' || letter === 'B') return NO_TEXT;
  return oneOf(charactersOf(`\\${letter}`));
}

/** What a character or an escape stands for; `undefined` where that is not a known set of ASCII characters. */
function charactersOf(piece: string): readonly string[] | undefined {
  const [first = '', second] = piece;
  if (first !== '\\' || second === undefined) return isAscii(first) ? [first] : undefined;
  if (/[A-Za-z0-9]/.test(second)) return Object.hasOwn(SETS, second) ? SETS[second] : undefined;
  return isAscii(second) ? [second] : undefined;
}

function oneOf(characters: readonly string[] | undefined): Texts | undefined {
  return characters === undefined || characters.length === 0 ? undefined : oneCharacterOf(characters);
}

function readRepeat(reader: Reader, texts: Texts): Texts | undefined {
  const repeat = /([*+?]|\{(\d+)(,?)(\d*)\})\??/y;
  repeat.lastIndex = reader.at;
  const found = repeat.exec(reader.text);
  if (found === null) return texts;
  const [whole, sign = '', least = '', comma = '', most = ''] = found;
  reader.at += whole.length;
  const min = sign === '*' || sign === '?' ? 0 : Number(least || 1);
  const max = sign === '?' ? 1 : comma === '' && least !== '' ? min : Number(most || Number.POSITIVE_INFINITY);
  return {
    ...texts,
    empty: texts.empty || min === 0,
    maxLength: texts.maxLength === 0 || max === 0 ? 0 : texts.maxLength * max,
  };
}

function isAscii(character: string): boolean {
  return character !== '' && character.charCodeAt(0) < 0x80 && character.length === 1;
}
