/** What is certain of every text that something can be: never a character too few, maybe some too many. */
export interface Texts {
  /** No text has a character outside these; ASCII only. */
  readonly characters: ReadonlySet<string>;
  /** No text starts with a character outside these. */
  readonly first: ReadonlySet<string>;
  /** Whether it may be the empty text. */
  readonly empty: boolean;
  /** The most characters it can have; `Infinity` where there is no end. */
  readonly maxLength: number;
}

/** Only the empty text. */
export const NO_TEXT: Texts = { characters: new Set(), first: new Set(), empty: true, maxLength: 0 };

/** One of these characters. */
export function oneCharacterOf(characters: Iterable<string>): Texts {
  const set = new Set(characters);
  return { characters: set, first: set, empty: false, maxLength: 1 };
}

/** At most `maxLength` of these characters, in any order; at least one. */
export function textOf(characters: Iterable<string>, maxLength: number): Texts {
  return { ...oneCharacterOf(characters), maxLength };
}

/** Exactly this text; `undefined` where it is not ASCII. */
export function exactly(text: string): Texts | undefined {
  if (/[^\0-\x7F]/.test(text)) return undefined;
  return { characters: new Set(text), first: new Set(text.slice(0, 1)), empty: text === '', maxLength: text.length };
}

/** The one or the other. */
export function alternative(left: Texts, right: Texts): Texts {
  return {
    characters: new Set([...left.characters, ...right.characters]),
    first: new Set([...left.first, ...right.first]),
    empty: left.empty || right.empty,
    maxLength: Math.max(left.maxLength, right.maxLength),
  };
}

/** The one and then the other. */
export function concatenation(left: Texts, right: Texts): Texts {
  return {
    characters: new Set([...left.characters, ...right.characters]),
    first: left.empty ? new Set([...left.first, ...right.first]) : left.first,
    empty: left.empty && right.empty,
    maxLength: left.maxLength + right.maxLength,
  };
}

/** A text that is one of both: it has what both allow. */
export function intersection(left: Texts, right: Texts): Texts {
  const both = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((one) => b.has(one)));
  return {
    characters: both(left.characters, right.characters),
    first: both(left.first, right.first),
    empty: left.empty && right.empty,
    maxLength: Math.min(left.maxLength, right.maxLength),
  };
}
