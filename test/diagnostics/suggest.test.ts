import { didYouMean, listNames } from '../../lib/diagnostics/suggest.ts';

describe('didYouMean', () => {
  it.each([
    ['backup', ['back_up', 'restore'], 'back_up'],
    ['rds:describedbinstances', ['rds:DescribeDBClusters', 'rds:DescribeDBInstances'], 'rds:DescribeDBInstances'],
    ['CreateDBSnapshots', ['CreateDBSnapshot', 'CreateDBCluster'], 'CreateDBSnapshot'],
    ['DescribeDBInstacnes', ['DescribeDBInstances', 'DescribeDBClusters'], 'DescribeDBInstances'],
    ['instanceId', ['instance_id'], 'instance_id'],
    ['desciption', ['description', 'version'], 'description'],
    ['idd', ['id', 'type'], 'id'],
    ['ab', ['ba'], 'ba'],
    ['a', ['b', 'c'], undefined],
    ['zzz', ['name', 'type'], undefined],
    ['', ['name'], undefined],
    ['name', ['name'], undefined],
    ['x'.repeat(100_000), ['x'], undefined],
  ])('%s among %j → %s', (word, candidates, expected) => {
    expect(didYouMean(word, candidates)).toBe(expected);
  });

  it('is the same whatever the order, unless two are equally near', () => {
    expect(didYouMean('creat', ['create', 'great'])).toBe('create');
    expect(didYouMean('creat', ['great', 'create'])).toBe('great');
    expect(didYouMean('Name', ['namf', 'NAME'])).toBe('NAME');
  });
});

describe('listNames', () => {
  it('lists, shortens and says how many more', () => {
    expect(listNames(['a', 'b', 'c'], 5)).toBe('a, b, c');
    expect(listNames(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(listNames([], 2)).toBe('none');
    expect(listNames(['a\u202E\n'], 2)).toBe('a\\u{202E}\\u{A}');
  });
});
