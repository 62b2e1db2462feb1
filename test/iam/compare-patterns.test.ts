import fc from 'fast-check';
import { patternCovers, patternsOverlap } from '../../lib/iam/compare-patterns.ts';
import { wildcardMatches } from '../../lib/iam/match-wildcards.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

/** A text that fits a pattern: each wildcard is replaced. */
const fitting = (given: string) =>
  fc
    .tuple(
      ...[...given].map((one) =>
        one === '*' ? text : one === '?' ? fc.constantFrom('a', 'b', 'c') : fc.constant(one),
      ),
    )
    .map((parts) => parts.join(''));

describe('patternCovers', () => {
  it.each([
    ['*', 'anything*', true],
    ['db:*', 'db:*', true],
    ['db:prod-*', 'db:*', false],
    ['*-poc-*', '*-poc-*', true],
    ['demo-*', '*-poc-*', false],
    ['secret-??????', 'secret-??????', true],
    ['secret-*', 'secret-??????', true],
    ['?', '*', false],
    ['a?*', 'a*', false],
    ['', '', true],
    ['', '*', false],
  ])('%j over %j: %j', (wide, narrow, covers) => {
    expect(patternCovers(wide, narrow)).toBe(covers);
  });

  it('is true only where every text of the narrow one fits the wide one', () => {
    const cases = fc
      .tuple(pattern, pattern)
      .chain(([wide, narrow]) => fc.tuple(fc.constant(wide), fc.constant(narrow), fitting(narrow)));
    fc.assert(
      fc.property(cases, ([wide, narrow, one]) => {
        fc.pre(patternCovers(wide, narrow));
        return wildcardMatches(wide, one);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('patternsOverlap', () => {
  it.each([
    ['db:prod-*', 'db:*', true],
    ['db:prod-*', 'db:demo-*', false],
    ['*-poc', 'demo-*', true],
    ['??', '*', true],
    ['a', '', false],
    ['*', '', true],
  ])('%j and %j: %j', (left, right, overlap) => {
    expect(patternsOverlap(left, right)).toBe(overlap);
    expect(patternsOverlap(right, left)).toBe(overlap);
  });

  it('is true wherever a text fits both', () => {
    const cases = fc
      .tuple(pattern, pattern)
      .chain(([left, right]) => fc.tuple(fc.constant(left), fc.constant(right), fitting(left)));
    fc.assert(
      fc.property(cases, ([left, right, one]) => !wildcardMatches(right, one) || patternsOverlap(left, right)),
      { numRuns: 2_000 },
    );
  });
});
