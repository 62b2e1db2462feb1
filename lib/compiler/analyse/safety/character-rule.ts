const between = (from: string, to: string): readonly string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) =>
    String.fromCharCode(from.charCodeAt(0) + index),
  );

/** Sets that have a name, the larger first. */
const KINDS = [
  {
    characters: between(' ', '~'),
    class: ' -~',
    words: 'printable ASCII characters',
    one: 'a printable ASCII character',
  },
  { characters: between('!', '~'), class: '!-~', words: 'printable ASCII characters but blanks', one: 'no blank' },
  { characters: [...between('A', 'Z'), ...between('a', 'z')], class: 'A-Za-z', words: 'letters', one: 'a letter' },
  { characters: between('A', 'Z'), class: 'A-Z', words: 'upper-case letters', one: 'an upper-case letter' },
  { characters: between('a', 'z'), class: 'a-z', words: 'lower-case letters', one: 'a lower-case letter' },
  { characters: between('0', '9'), class: '0-9', words: 'digits', one: 'a digit' },
  { characters: ['-'], class: '\\-', words: 'hyphens', one: 'a hyphen' },
  { characters: ['_'], class: '_', words: 'underscores', one: 'an underscore' },
  { characters: ['.'], class: '.', words: 'periods', one: 'a period' },
  { characters: [' '], class: ' ', words: 'spaces', one: 'a space' },
  { characters: ['/'], class: '/', words: 'slashes', one: 'a slash' },
  { characters: [':'], class: ':', words: 'colons', one: 'a colon' },
] as const;

export interface CharacterRule {
  /** Anchored. */
  readonly pattern: string;
  /** "letters, digits or hyphens, first a letter". */
  readonly words: string;
}

/** The rule that a text has these characters only, and starts with one of `first` where that is given. */
export function characterRule(characters: ReadonlySet<string>, first: ReadonlySet<string> | undefined): CharacterRule {
  const all = describe(characters);
  const narrower = first !== undefined && first.size < characters.size;
  if (!narrower) return { pattern: `^[${all.class}]*$`, words: orList(all.words) };
  const start = describe(first);
  return { pattern: `^[${start.class}][${all.class}]*$`, words: `${orList(all.words)}, first ${orList(start.one)}` };
}

interface Described {
  readonly class: string;
  readonly words: readonly string[];
  readonly one: readonly string[];
}

function describe(characters: ReadonlySet<string>): Described {
  const rest = new Set(characters);
  const kinds = KINDS.filter((kind) => {
    const whole = kind.characters.every((one) => rest.has(one));
    if (whole) for (const one of kind.characters) rest.delete(one);
    return whole;
  });
  const others = [...rest].sort();
  return {
    class: [...kinds.map((kind) => kind.class), ...others.map(escaped)].join(''),
    words: [...kinds.map((kind) => kind.words), ...others],
    one: [...kinds.map((kind) => kind.one), ...others],
  };
}

function escaped(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}

const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
