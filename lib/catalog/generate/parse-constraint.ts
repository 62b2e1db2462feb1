/** A string member's rule as AWS's prose states it; what the prose does not say is left out. Lengths in characters. */
export interface Rule {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The kinds of characters allowed, in the order of {@link CHARACTER_KINDS}. */
  readonly characters?: readonly CharacterKind[];
  /** The kind of the first character. */
  readonly first?: CharacterKind;
  readonly noHyphenAtEnd?: true;
  readonly noTwoHyphens?: true;
}

/** What AWS calls kinds of characters → as a class of a regular expression, and in our own words. */
export const CHARACTER_KINDS = {
  letter: { class: 'A-Za-z', words: 'letters', one: 'a letter' },
  lowercase: { class: 'a-z', words: 'lower-case letters', one: 'a lower-case letter' },
  alphanumeric: { class: 'A-Za-z0-9', words: 'letters or digits', one: 'a letter or digit' },
  digit: { class: '0-9', words: 'digits', one: 'a digit' },
  underscore: { class: '_', words: 'underscores', one: 'an underscore' },
  period: { class: '.', words: 'periods', one: 'a period' },
  space: { class: ' ', words: 'spaces', one: 'a space' },
  equals: { class: '=', words: 'equals signs', one: 'an equals sign' },
  plus: { class: '+', words: 'plus signs', one: 'a plus sign' },
  comma: { class: ',', words: 'commas', one: 'a comma' },
  at: { class: '@', words: 'at signs', one: 'an at sign' },
  colon: { class: ':', words: 'colons', one: 'a colon' },
  slash: { class: '/', words: 'slashes', one: 'a slash' },
  hyphen: { class: '-', words: 'hyphens', one: 'a hyphen' },
} as const;

export type CharacterKind = keyof typeof CHARACTER_KINDS;

/** Phrases, the longer first, because a phrase can begin another. */
const PHRASES: readonly (readonly [RegExp, readonly CharacterKind[]])[] = [
  [/^(?:uppercase and lowercase|upper- and lower-case|uppercase or lowercase) (?:ascii )?letters$/, ['letter']],
  [/^(?:uppercase and lowercase|upper- and lower-case) alphanumeric characters$/, ['letter', 'digit']],
  [/^lowercase letters?$/, ['lowercase']],
  [/^(?:ascii )?letters?(?: \(a-z(?:, ?a-z)?\))?$/, ['letter']],
  [/^alphanumeric(?: characters?)?(?: \(a-z, ?a-z, ?0-9\))?$/, ['letter', 'digit']],
  [/^(?:numbers?|digits?|numerals?)(?: \(0-9\))?$/, ['digit']],
  [/^hyphens?(?: \(-\))?$/, ['hyphen']],
  [/^underscores?(?: \(_\))?$/, ['underscore']],
  [/^periods?(?: \(\.\))?$/, ['period']],
  [/^spaces?$/, ['space']],
];

const LISTED: Readonly<Record<string, CharacterKind>> = {
  _: 'underscore',
  '.': 'period',
  '=': 'equals',
  '+': 'plus',
  ',': 'comma',
  '@': 'at',
  ':': 'colon',
  '/': 'slash',
  '-': 'hyphen',
};

/** "letters, numbers, or hyphens" → kinds; undefined when any part of it is not understood. */
function parseCharacters(text: string): CharacterKind[] | undefined {
  const kinds: CharacterKind[] = [];
  for (const phrase of splitList(text.toLowerCase())) {
    const found = PHRASES.find(([pattern]) => pattern.test(phrase))?.[1];
    if (found === undefined) return undefined;
    kinds.push(...found);
  }
  return kinds.length === 0 ? undefined : inOrder(kinds);
}

const splitList = (text: string): string[] =>
  text
    .replace(/(upper-?(?:case)?) (?:and|or) (lower-?case)/g, (_, upper: string, lower: string) => `${upper}&${lower}`)
    .split(/,? (?:and|or) |, (?![a-z]-z|0-9)/)
    .map((part) => part.replace('&', ' and ').trim())
    .filter((part) => part !== '');

export const inOrder = (kinds: readonly CharacterKind[]): CharacterKind[] =>
  (Object.keys(CHARACTER_KINDS) as CharacterKind[]).filter((kind) => kinds.includes(kind));

/** Who must do so: "It", "The name", "Topic names"; never a condition ("For Aurora, …"), which limits the rule. */
const SUBJECT = String.raw`(?!(?:if|for|when|unless|in|on|with|any|each|every|some|other) )(?:[\w-]+ ){0,6}`;
const PARENTHESIS = String.raw`(?: \([^)]*\))?`;

interface ClauseRule {
  readonly pattern: RegExp;
  readonly read: (groups: readonly (string | undefined)[]) => Rule;
}

const clause = (pattern: string, read: ClauseRule['read']): ClauseRule => ({
  pattern: new RegExp(`^${SUBJECT}${pattern}$`, 'i'),
  read,
});

const lengths = (...numbers: readonly (string | undefined)[]): Rule => {
  const given = numbers.filter((number) => number !== undefined).map((number) => Number(number.replaceAll(',', '')));
  return { minLength: Math.min(...given), maxLength: Math.max(...given) };
};

const allowed = (text: string | undefined): Rule => {
  const characters = parseCharacters(text ?? '');
  return characters === undefined ? {} : { characters };
};

const first = (text: string | undefined): Rule => {
  const [kind, ...others] = parseCharacters(text ?? '') ?? [];
  if (kind === 'letter' && others.length === 1 && others[0] === 'digit') return { first: 'alphanumeric' };
  return kind === undefined || others.length > 0 ? {} : { first: kind };
};

const MAX_LENGTH = '(?:be longer than|exceed|be more than|contain more than)';
const NUMBER = String.raw`(\d[\d,]*)`;

const CLAUSES: readonly ClauseRule[] = [
  clause(
    `(?:must|can|should) (?:(?:contain|be|have) )?(?:from |between )?${NUMBER}${PARENTHESIS}(?: ?(?:to|and|-) ?)${NUMBER}${PARENTHESIS}` +
      `(?: or ${NUMBER} to ${NUMBER}${PARENTHESIS})? (.+?)(?: in length| long)?`,
    ([low, high, otherLow, otherHigh, characters]) => ({
      ...lengths(low, high, otherLow, otherHigh),
      ...allowed(characters),
    }),
  ),
  clause(
    `(?:must|can) (?:contain|be|have) (?:no more than|up to|at most) ${NUMBER} (.+?)(?: in length| long)?`,
    ([high, characters]) => ({
      maxLength: lengths(high).maxLength ?? 0,
      ...allowed(characters),
    }),
  ),
  clause(`(?:can't|cannot|can not|must not) ${MAX_LENGTH} ${NUMBER} characters(?: in length)?`, ([high]) => ({
    maxLength: lengths(high).maxLength ?? 0,
  })),
  clause(`must (?:be|contain|have) at least ${NUMBER} characters?(?: in length| long)?`, ([low]) => ({
    minLength: lengths(low).minLength ?? 0,
  })),
  clause(`minimum length of ${NUMBER}`, ([low]) => ({ minLength: lengths(low).minLength ?? 0 })),
  clause(`maximum length of ${NUMBER}`, ([high]) => ({ maxLength: lengths(high).maxLength ?? 0 })),
  clause(
    '(?:must|can) (?:contain only|only contain|be made up of only|consist only of|only include|include only) (.+)',
    ([characters]) => allowed(characters),
  ),
  clause("(?:can't|cannot|must not) be null, empty, or blank", () => ({ minLength: 1 })),
  clause('first character must be an? (.+)', ([kind]) => first(kind)),
  clause('must (?:begin|start) with an? (.+)', ([kind]) => first(kind)),
  clause(
    "(?:can't|cannot|must not) (?:end with a hyphen or contain two consecutive hyphens|contain two consecutive hyphens or end with a hyphen)",
    () => ({
      noHyphenAtEnd: true,
      noTwoHyphens: true,
    }),
  ),
  clause("(?:can't|cannot|must not) end with a hyphen", () => ({ noHyphenAtEnd: true })),
  clause("(?:can't|cannot|must not) contain two consecutive hyphens", () => ({ noTwoHyphens: true })),
];

/** IAM's and STS's stock sentences; the list of characters may hold full stops, so they are read before splitting. */
const STOCK_REGEX =
  /regex used to validate this parameter is a string of characters consisting of upper- and lower-case alphanumeric characters with no spaces\. You can also include underscores or any of the following characters: ([=+,.@:/_-]+?)\.?(?= |$)/;

/**
 * Reads the rule for a string out of AWS's documentation of a member. Only whole clauses of known forms count;
 * where the documentation states rules for several cases (one an engine), or states one thing twice and
 * differently, nothing is read: no rule is better than a wrong one.
 */
export function parseConstraint(paragraphs: readonly string[]): Rule | undefined {
  if (hasSeveralCases(paragraphs)) return undefined;
  const stock = STOCK_REGEX.exec(paragraphs.join(' '))?.[1];
  const rules: Rule[] = stock === undefined ? [] : [stockRule(stock)];
  for (const text of paragraphs.flatMap(clausesOf)) {
    const match = CLAUSES.map(({ pattern, read }) => ({ groups: pattern.exec(text), read })).find(
      ({ groups }) => groups !== null,
    );
    if (match !== undefined && match.groups !== null) rules.push(match.read(match.groups.slice(1)));
  }
  const rule = consistent(rules);
  if (rule === undefined || !isUseful(rule)) return undefined;
  const literals = literalsOf(paragraphs);
  if (!literals.every((text) => fitsLength(rule, text))) return undefined;
  return literals.every((text) => fitsCharacters(rule, text)) ? rule : withoutCharacters(rule);
}

/** Headings other than the plain one, or the plain one twice, mean that what follows is not for every value. */
function hasSeveralCases(paragraphs: readonly string[]): boolean {
  const headings = paragraphs.filter((text) => /:$/.test(text) || /^Constraints\b/.test(text));
  const plain = headings.filter((text) => /^Constraints:/.test(text));
  return plain.length > 1 || headings.some((text) => !/^(?:Constraints:|Examples?:|Valid Values:)/i.test(text));
}

const clausesOf = (paragraph: string): string[] =>
  paragraph
    .replace(/^(?:Length )?Constraints:\s*/i, '')
    .split(/(?<=[.;])\s+|,? and (?=must |can't |cannot |it )/)
    .map((text) =>
      text
        .replace(/[.;]+$/, '')
        .replace(/’/g, "'")
        .trim(),
    );

const stockRule = (listed: string): Rule => {
  const kinds = [...listed].map((character) => LISTED[character] ?? 'underscore');
  // Some of the sentences leave out the plus sign; the API's own pattern, `[\w+=,.@-]*`, always has it.
  return { characters: inOrder(['letter', 'digit', 'underscore', 'plus', ...kinds]) };
};

/** One rule of several; undefined where two say different things of one matter. */
function consistent(rules: readonly Rule[]): Rule | undefined {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of rules.flatMap((rule) => Object.entries(rule))) {
    // "not blank" only says what a stated length of 1 or more says as well.
    if (key === 'minLength') merged[key] = Math.max(Number(value), Number(merged[key] ?? 0));
    else if (merged[key] === undefined) merged[key] = value;
    else if (JSON.stringify(merged[key]) !== JSON.stringify(value)) return undefined;
  }
  return withImpliedHyphen(merged as Rule);
}

/** "1 to 255 letters or numbers" and "can't end with a hyphen": then a hyphen elsewhere is allowed. */
const withImpliedHyphen = (rule: Rule): Rule =>
  rule.characters !== undefined && (rule.noHyphenAtEnd === true || rule.noTwoHyphens === true)
    ? { ...rule, characters: inOrder([...rule.characters, 'hyphen']) }
    : rule;

const isUseful = (rule: Rule): boolean =>
  rule.characters !== undefined || rule.maxLength !== undefined || (rule.minLength ?? 0) > 1;

/** Texts that the documentation itself shows as right: examples, and endings or beginnings that it asks for. */
const literalsOf = (paragraphs: readonly string[]): string[] =>
  paragraphs.flatMap((text) => [
    ...[...text.matchAll(/(?:end|begin|start)s? with (?:the )?(\S+) (?:suffix|prefix)/g)].map(
      ([, literal]) => literal ?? '',
    ),
    ...[...text.matchAll(/^Example: (\S+)$/g)].map(([, literal]) => literal ?? ''),
  ]);

const fitsLength = ({ maxLength = Number.POSITIVE_INFINITY }: Rule, text: string): boolean => text.length <= maxLength;

/** Whether every character of a text is of an allowed kind. */
export const fitsCharacters = ({ characters }: Rule, text: string): boolean =>
  characters === undefined || new RegExp(`^[${characterClass(characters)}]*$`).test(text);

const characterClass = (kinds: readonly CharacterKind[]): string =>
  kinds.map((kind) => CHARACTER_KINDS[kind].class).join('');

/** What is left of a rule whose characters are in doubt. */
export const withoutCharacters = ({ minLength, maxLength }: Rule): Rule | undefined =>
  maxLength === undefined ? undefined : { ...(minLength === undefined ? {} : { minLength }), maxLength };
