import { readSearchQuery } from '../../lib/search/read-search-query.ts';

describe('readSearchQuery', () => {
  it('keeps what a query has and drops the rest', () => {
    expect(
      readSearchQuery({ query: 'a', limit: 3, service: 'rds', readOnly: true, tier: 'verified', other: 1 }),
    ).toEqual({
      query: 'a',
      limit: 3,
      service: 'rds',
      readOnly: true,
      tier: 'verified',
    });
    expect(readSearchQuery({ query: 'a' })).toEqual({ query: 'a', limit: 5 });
  });

  it.each([
    [undefined, 'query'],
    [null, 'query'],
    [{ query: 1 }, 'query'],
    [{ query: 'a', limit: 0 }, 'limit'],
    [{ query: 'a', limit: 11 }, 'limit'],
    [{ query: 'a', limit: '5' }, 'limit'],
    [{ query: 'a', service: {} }, 'service'],
    [{ query: 'a', readOnly: 'yes' }, 'readOnly'],
    [{ query: 'a', tier: 'gold' }, 'tier'],
    [{ query: 'a', tier: ['verified'] }, 'tier'],
  ])('refuses %j by naming %s', (event, member) => {
    expect(() => readSearchQuery(event)).toThrow(`"${member}" has to be`);
  });
});
