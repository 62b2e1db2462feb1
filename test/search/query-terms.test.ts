import { queryTerms } from '../../lib/search/query-terms.ts';

const nothingKnown = () => false;
const synonymsOf = (query: string, stem: string) => [
  ...(queryTerms(query, nothingKnown).find((term) => term.stem === stem)?.synonyms ?? []),
];

describe('queryTerms', () => {
  it('leaves out stop words and repetitions', () => {
    const terms = queryTerms('I need to backup my RDS, my RDS database', nothingKnown);
    expect(terms.map(({ stem }) => stem)).toEqual(['backup', 'rd', 'databas']);
  });

  it('knows what people call the things of AWS', () => {
    expect(synonymsOf('copy the postgres', 'postgr')).toContain('rd');
    expect(synonymsOf('clean the bucket', 'bucket')).toContain('s3');
  });

  it('knows phrases, also those with a stop word in them', () => {
    expect(synonymsOf('back up the disks', 'back')).toContain('snapshot');
    expect(synonymsOf('force two factor authentication', 'factor')).toContain('mfa');
  });

  it('takes a name whole where the index knows it, else by its parts', () => {
    expect(queryTerms('DynamoDB', (stem) => stem === 'dynamodb').map(({ stem }) => stem)).toEqual(['dynamodb']);
    expect(queryTerms('DBInstance', nothingKnown).map(({ stem }) => stem)).toEqual(['db', 'instanc']);
  });

  it('takes a known phrase of stop words for one word', () => {
    expect(queryTerms('it is down', nothingKnown)).toEqual([
      { text: 'is down', stem: 'is down', synonyms: expect.objectContaining({}) },
    ]);
    expect(synonymsOf('it is down', 'is down')).toContain('failov');
  });

  it('is not misled by words that are properties of every object', () => {
    expect(queryTerms('constructor __proto__', nothingKnown).map(({ stem }) => stem)).toEqual(['constructor', 'proto']);
  });
});
