import fc from 'fast-check';
import type { RunBarrier } from '../../lib/engine/may-run.ts';
import { rankByRight } from '../../lib/mcp/rank-by-right.ts';

const BARRIER: RunBarrier = { code: 'TIER_NOT_ALLOWED', message: 'no', hint: 'no', missingPermissions: [] };
const match = (name: string, score: number, runnable: boolean) => ({
  name,
  score,
  barrier: runnable ? undefined : BARRIER,
});

it.each([
  ['as good', [match('theirs', 0.81, false), match('mine', 0.81, true)], ['mine', 'theirs']],
  ['hardly better', [match('theirs', 0.82, false), match('mine', 0.81, true)], ['mine', 'theirs']],
  ['clearly better', [match('theirs', 0.84, false), match('mine', 0.81, true)], ['theirs', 'mine']],
  ['theirs alone', [match('b', 0.9, false), match('a', 0.8, false)], ['b', 'a']],
  ['equals', [match('b', 0.9, true), match('a', 0.9, true)], ['b', 'a']],
])('%s', (_what, matches, names) => {
  expect(rankByRight(matches).map(({ name }) => name)).toEqual(names);
});

it('loses nothing, keeps the order of each kind, and never puts a match before one that is clearly better', () => {
  const matches = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.boolean()), { maxLength: 10 })
    .map((list) =>
      list
        .map(([score, runnable], index) => match(String(index), score / 100, runnable))
        .sort((a, b) => b.score - a.score),
    );
  fc.assert(
    fc.property(matches, (given) => {
      const ranked = rankByRight(given);
      expect(new Set(ranked)).toEqual(new Set(given));
      for (const kind of [undefined, BARRIER]) {
        expect(ranked.filter(({ barrier }) => barrier === kind)).toEqual(
          given.filter(({ barrier }) => barrier === kind),
        );
      }
      for (const [index, { score }] of ranked.entries()) {
        expect(ranked.slice(index).every((later) => later.score <= score + 0.0201)).toBe(true);
      }
    }),
  );
});
