import fc from 'fast-check';
import { textsOfPattern } from '../../../lib/compiler/analyse/safety/texts-of-pattern.ts';

const sorted = (set: ReadonlySet<string> | undefined): string | undefined => set && [...set].sort().join('');

describe('what is certain of the texts of a pattern', () => {
  it.each([
    ['^(?:[a-c]+)$', 'abc', 'abc', false, Number.POSITIVE_INFINITY],
    ['^[a-b][0-1]{2,4}$', '01ab', 'ab', false, 5],
    ['^x?y$', 'xy', 'xy', false, 2],
    ['^(?:a|bc)*$', 'abc', 'ab', true, Number.POSITIVE_INFINITY],
    ['^(?:^a$)$', 'a', 'a', false, 1],
    ['^(?=.{1,63}$)[a-b](?:-?[0-1])*$', '-01ab', 'ab', false, Number.POSITIVE_INFINITY],
    ['^(?![)\\]])ab$', 'ab', 'a', false, 2],
    ['^a\\.\\/$', './a', 'a', false, 3],
    ['^[\\w-]$', '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz', undefined, false, 1],
    ['^[+\\-/]{3}$', '+-/', '+-/', false, 3],
    ['^[*--]$', '*+,-', '*+,-', false, 1],
    ['^a{0}$', 'a', 'a', true, 0],
    ['^$', '', '', true, 0],
  ])('%s', (pattern, characters, first, empty, maxLength) => {
    const texts = textsOfPattern(pattern);
    expect(sorted(texts?.characters)).toBe([...characters].sort().join(''));
    if (first !== undefined) expect(sorted(texts?.first)).toBe(first);
    expect(texts).toMatchObject({ empty, maxLength });
  });

  it.each([
    ['not anchored', '[a-z]+'],
    ['anchored at one end', '^[a-z]+'],
    ['an escaped dollar at the end', '^a\\$'],
    ['alternatives that are anchored on one side each', '^a|b$'],
    ['a dot', '^a.b$'],
    ['a negated class', '^[^a]$'],
    ['not a blank', '^\\S+$'],
    ['not a digit', '^\\D$'],
    ['not a word character', '^[\\W]$'],
    ['a blank, of which there are many', '^\\s$'],
    ['a property', '^\\p{L}$'],
    ['a back reference', '^(a)\\1$'],
    ['a code', '^\\x41$'],
    ['letters beyond ASCII', '^[ä]$'],
    ['a range beyond ASCII', '^[a-ÿ]$'],
    ['a class of nothing', '^[]$'],
    ['set operations', '^[a&&b]$'],
    ['a group that is never closed', '^(a$'],
    ['a group that was never opened', '^a)$'],
    ['deep nesting', `^${'('.repeat(40)}a${')'.repeat(40)}$`],
  ])('is not sure of %s', (_what, pattern) => {
    expect(textsOfPattern(pattern)).toBeUndefined();
  });

  it('never misses a character that a text can have', () => {
    const atom = fc.constantFrom('a', 'b', '\\.', '[a-c]', '[0-9_]', '\\d', '\\w', '(?:a|b1)', '(x|)', '(?=a)', '\\$');
    const repeat = fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,2}?');
    const pattern = fc
      .array(fc.tuple(atom, repeat), { minLength: 1, maxLength: 5 })
      .map((parts) => `^(?:${parts.map((part) => part.join('')).join('')})$`);
    const text = fc.string({ unit: fc.constantFrom(...'ab1_.x$|-'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const texts = textsOfPattern(source);
        if (texts === undefined || !new RegExp(source).test(value)) return;
        for (const character of value) expect(texts.characters).toContain(character);
        if (value === '') expect(texts.empty).toBe(true);
        else expect(texts.first).toContain(value[0]);
        expect(value.length).toBeLessThanOrEqual(texts.maxLength);
      }),
      { numRuns: 2000 },
    );
  });
});
