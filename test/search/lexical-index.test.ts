import { buildLexicalIndex, hasStem, scoreLexically } from '../../lib/search/lexical-index.ts';

const term = (stem: string, ...synonyms: string[]) => ({ text: stem, stem, synonyms: new Set(synonyms) });
const field = (text: string, weight = 1) => ({ text, weight });

describe('scoreLexically', () => {
  it('ranks a word in a heavier field higher', () => {
    const index = buildLexicalIndex([
      [field('alpha', 2), field('beta')],
      [field('beta', 2), field('alpha')],
    ]);
    const [first, second] = scoreLexically(index, [term('alpha')]);
    expect(first).toBeGreaterThan(second ?? Number.NaN);
  });

  it('counts a synonym less than the word itself, and a term only once', () => {
    const index = buildLexicalIndex([[field('alpha gamma')], [field('beta delta')], [field('alpha beta')]]);
    const [word, synonym, both] = scoreLexically(index, [term('alpha', 'beta')]);
    expect(word).toBeGreaterThan(synonym ?? Number.NaN);
    expect(synonym).toBeGreaterThan(0);
    expect(both).toBe(word);
  });

  it('gives less where the query has words that no document has', () => {
    const index = buildLexicalIndex([[field('alpha')], [field('beta')]]);
    const [known] = scoreLexically(index, [term('alpha')]);
    const [diluted] = scoreLexically(index, [term('alpha'), term('omega')]);
    expect(diluted).toBeLessThan(known ?? Number.NaN);
  });

  it('stays from 0 to 1, and is 0 for an empty query or an empty index', () => {
    const index = buildLexicalIndex([[field('alpha '.repeat(50), 2)], [field('beta')]]);
    expect([...scoreLexically(index, [term('alpha')])].every((score) => score >= 0 && score <= 1)).toBe(true);
    expect([...scoreLexically(index, [])]).toEqual([0, 0]);
    expect([...scoreLexically(buildLexicalIndex([]), [term('alpha')])]).toEqual([]);
  });
});

describe('hasStem', () => {
  it('tells which documents have a stem', () => {
    const index = buildLexicalIndex([[field('alpha')], [field('beta')], [field('alpha beta')], [field('beta')]]);
    const having = (stem: string) => [0, 1, 2, 3, 4].filter((document) => hasStem(index, stem, document));
    expect([having('alpha'), having('beta'), having('gamma')]).toEqual([[0, 2], [1, 2, 3], []]);
  });
});
