import { findPhrases, phraseTable } from '../../lib/search/phrases.ts';
import { tokenize } from '../../lib/search/tokenize.ts';

const TABLE = phraseTable([
  ['load', 'weight'],
  ['load balancer', 'elb'],
  ['balancer', 'scales'],
  ['copies', 'copy'],
  ['copies', 'print'],
]);

const found = (text: string) =>
  findPhrases(
    tokenize(text).map(({ stem }) => stem),
    TABLE,
  );

describe('findPhrases', () => {
  it('finds the longest phrase and nothing within it', () => {
    expect(found('the load balancers')).toEqual(['elb']);
    expect(found('balancer load balancer load')).toEqual(['scales', 'elb', 'weight']);
  });

  it('gives all that a phrase stands for, whatever the form of the word', () => {
    expect(found('copy it')).toEqual(['copy', 'print']);
  });

  it('finds nothing in nothing', () => {
    expect(found('')).toEqual([]);
    expect(found('constructor 7')).toEqual([]);
  });
});
