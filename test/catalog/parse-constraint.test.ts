import fc from 'fast-check';
import { describeRule } from '../../lib/catalog/generate/describe-rule.ts';
import { parseConstraint } from '../../lib/catalog/generate/parse-constraint.ts';
import { toParagraphs, trimText } from '../../lib/catalog/generate/plain-text.ts';

const parse = (html: string) => parseConstraint(toParagraphs(html));

const IDENTIFIER =
  '<p>The identifier for this DB instance.</p> <p>Constraints:</p> <ul> <li> <p>Must contain from 1 to 63 letters, numbers, or hyphens.</p> </li> ' +
  "<li> <p>First character must be a letter.</p> </li> <li> <p>Can't end with a hyphen or contain two consecutive hyphens.</p> </li> </ul> " +
  '<p>Example: <code>mydbinstance</code> </p>';

describe('parseConstraint', () => {
  it("reads RDS's identifiers", () => {
    expect(parse(IDENTIFIER)).toEqual({
      minLength: 1,
      maxLength: 63,
      characters: ['letter', 'digit', 'hyphen'],
      first: 'letter',
      noHyphenAtEnd: true,
      noTwoHyphens: true,
    });
  });

  it.each([
    [
      'Must contain from 1 to 63 (for Aurora DB clusters) or 1 to 52 (for Multi-AZ DB clusters) letters, numbers, or hyphens.',
      { minLength: 1, maxLength: 63, characters: ['letter', 'digit', 'hyphen'] },
    ],
    [
      'Must contain no more than 255 letters, numbers, periods, underscores, spaces, or hyphens.',
      { maxLength: 255, characters: ['letter', 'digit', 'underscore', 'period', 'space', 'hyphen'] },
    ],
    [
      'Application names must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, hyphens, and periods, and must be between 1 and 256 characters long.',
      { minLength: 1, maxLength: 256, characters: ['letter', 'digit', 'underscore', 'period', 'hyphen'] },
    ],
    [
      "An identifier must begin with a letter and must contain only ASCII letters, digits, and hyphens; it can't end with a hyphen or contain two consecutive hyphens.",
      { characters: ['letter', 'digit', 'hyphen'], first: 'letter', noHyphenAtEnd: true, noTwoHyphens: true },
    ],
    ["Can't be longer than 64 characters.", { maxLength: 64 }],
    ['Length Constraints: Minimum length of 2. Maximum length of 30,720.', { minLength: 2, maxLength: 30720 }],
    [
      'The regex used to validate this parameter is a string of characters consisting of upper- and lower-case alphanumeric characters with no spaces. You can also include underscores or any of the following characters: =,.@-',
      { characters: ['letter', 'digit', 'underscore', 'period', 'equals', 'plus', 'comma', 'at', 'hyphen'] },
    ],
    // "Can't end with a hyphen" says that hyphens are allowed elsewhere.
    [
      "Must be 1 to 255 letters or numbers. Can't end with a hyphen or contain two consecutive hyphens.",
      {
        minLength: 1,
        maxLength: 255,
        characters: ['letter', 'digit', 'hyphen'],
        noHyphenAtEnd: true,
        noTwoHyphens: true,
      },
    ],
  ])('reads: %s', (text, rule) => expect(parse(`<p>${text}</p>`)).toEqual(rule));

  it.each([
    ['a condition', '<p>For Aurora, must contain 1 to 16 letters.</p>'],
    [
      'one rule for each engine',
      '<p>Constraints for MySQL:</p><p>Must be 1 to 16 letters.</p><p>Constraints for Oracle:</p><p>Must be 1 to 30 letters.</p>',
    ],
    [
      'one case for each engine',
      '<dt>MySQL</dt><p>Constraints:</p><p>Must be 1 to 64 letters.</p><dt>Oracle</dt><p>Constraints:</p><p>Must be 1 to 8 letters.</p>',
    ],
    ['two rules that differ', '<p>Must be 1 to 16 letters.</p><p>Must be 1 to 30 numbers.</p>'],
    [
      'an example that breaks the rule',
      "<p>Can't be longer than 5 characters.</p><p>Example: <code>longer-than-that</code></p>",
    ],
    ['a reference', '<p>Constraints:</p><p>Must match the identifier of an existing DBInstance.</p>'],
    ['other prose', '<p>Specify this when you copy from 1 to 5 Regions.</p>'],
  ])('reads nothing from %s', (_, html) => expect(parse(html)).toBeUndefined());

  it('keeps only the length where the prose asks for characters outside its own list', () => {
    const text =
      'Topic names must be made up of only letters and hyphens, and must be between 1 and 256 characters long.';
    expect(
      parse(`<p>${text}</p><p>For a FIFO topic, the name must end with the <code>.fifo</code> suffix.</p>`),
    ).toEqual({ minLength: 1, maxLength: 256 });
  });
});

describe('describeRule', () => {
  const constraint = describeRule(parse(IDENTIFIER) ?? {}, false);
  const pattern = new RegExp(constraint.pattern ?? '');

  it('says the rule in words', () => {
    expect(constraint).toMatchObject({
      minLength: 1,
      maxLength: 63,
      description: '1 to 63 letters, digits or hyphens, first a letter, no hyphen at the end, no two hyphens in a row',
    });
  });

  it.each(['a', 'demo-database', 'DB1', 'a-b-c1'])('takes %s', (value) => expect(value).toMatch(pattern));
  it.each(['', '1a', '-a', 'a-', 'a--b', 'a_b', 'a.b', 'a b', '../../etc/passwd', 'a\n'])('refuses %j', (value) =>
    expect(value).not.toMatch(pattern),
  );

  it('agrees with the rule, clause by clause, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '5', '-', '_', '/'), maxLength: 8 }), (text) => {
        const right =
          /^[A-Za-z0-9-]+$/.test(text) && /^[A-Za-z]/.test(text) && !text.endsWith('-') && !text.includes('--');
        expect(pattern.test(text)).toBe(right);
      }),
    );
  });

  it('takes an ARN as well, where one may stand for the identifier', () => {
    const either = new RegExp(describeRule(parse(IDENTIFIER) ?? {}, true).pattern ?? '');
    expect('arn:aws-us-gov:rds:us-gov-west-1:123456789012:db:demo').toMatch(either);
    expect('demo-database').toMatch(either);
    for (const wrong of ['../../etc/passwd', 'a'.repeat(64), 'arn:aws', 'arn:aws:rds:eu-west-1:123456789012:db:a b']) {
      expect(wrong).not.toMatch(either);
    }
  });
});

describe('plain text', () => {
  it('drops tags and keeps placeholders, entities decoded', () => {
    expect(
      toParagraphs(
        '<p>Use <code>a &amp; b</code> in <i>&lt;Region&gt;</i>, \\{or <Region>\\}.</p><ul><li><p>One</p></li></ul>',
      ),
    ).toEqual(['Use a & b in <Region>, {or <Region>}.', 'One']);
  });

  it('cuts at a sentence, else at a word', () => {
    expect(trimText(['First sentence here. Second one follows.'], 30)).toBe('First sentence here.');
    expect(trimText(['no sentence ends in this long text'], 20)).toBe('no sentence ends…');
    expect(trimText(['Short.'], 20)).toBe('Short.');
  });
});
