import fc from 'fast-check';
import { wildcardOfPattern } from '../../lib/compiler/permissions/wildcard-of-pattern.ts';
import { wildcardMatches } from '../../lib/iam/match-wildcards.ts';

describe('the IAM pattern of a regular expression', () => {
  it.each([
    ['prod-[a-z]+', 'prod-*'],
    ['[a-z]+-prod', '*-prod'],
    ['^prod-[a-z]+$', 'prod-*'],
    ['i-[0-9a-f]{17}', 'i-*'],
    ['arn:aws:iam::\\d{12}:role/app-.*', 'arn:aws:iam::*:role/app-*'],
    ['db\\.orders', 'db.orders'],
    ['app(-(dev|test))?-db', 'app*-db'],
    ['a+b', '*b'],
    ['dev|test', '*'],
    ['(dev|test)', '*'],
    ['x[)]y', 'x*y'],
    ['x(a[)]b)y', 'x*y'],
    ['a\\*b\\?c\\$', 'a?b?c?'],
    ['a$b', 'a*b'],
    ['.*', '*'],
    ['', ''],
  ])('%s → %s', (pattern, wildcard) => expect(wildcardOfPattern(pattern)).toBe(wildcard));

  it('matches whatever the expression matches', () => {
    const atom = fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        '-',
        '/',
        '\\.',
        '\\*',
        '\\$',
        '[a-c]',
        '[^x]',
        '\\d',
        '(?:ab|c)',
        '(a(?:b|[)])*)',
        '.',
      ),
    );
    const quantified = fc
      .tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}'))
      .map((parts) => parts.join(''));
    const pattern = fc.array(quantified, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    const match = pattern.chain((source) =>
      fc.tuple(fc.constant(source), fc.stringMatching(new RegExp(`^(?:${source})$`))),
    );
    fc.assert(
      fc.property(match, ([source, text]) => wildcardMatches(wildcardOfPattern(source), text)),
      { numRuns: 500 },
    );
  });
});
