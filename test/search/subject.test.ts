import effects from '../../lib/search/effects.json';
import elsewhere from '../../lib/search/elsewhere.json';
import services from '../../lib/search/services.json';
import { readSubject } from '../../lib/search/subject.ts';
import thesaurus from '../../lib/search/thesaurus.json';
import { tokenizeWithNumbers } from '../../lib/search/tokenize.ts';
import discovery from '../bench/cases/discovery.json';

describe('readSubject', () => {
  it.each([
    ['postgres is slow', 'rds'],
    ['K8s workers', 'eks'],
    ['DynamoDB', 'dynamodb'],
    ['ProvisionedThroughputExceededException', 'dynamodb'],
    ['the load balancer', 'elb'],
    ['Route 53', 'route53'],
  ])('hears in "%s" the name of %s', (text, service) => {
    expect([...readSubject(text).named]).toEqual([service]);
  });

  it('hears which service has what a text speaks of', () => {
    expect([...readSubject('empty the bucket').implied]).toEqual(['s3']);
    expect(readSubject('DynamoDB').implied.size).toBe(0);
  });

  it.each([
    ['get rid of it', ['delete']],
    ['turn it on', []],
    ['switch on versioning', ['enable']],
    ['roll back, then restart', ['rollback', 'restart']],
  ])('hears in "%s" what is to be done: %j', (text, expected) => {
    expect([...readSubject(text).effects]).toEqual(expected);
  });

  it('takes a number for a part of a phrase', () => {
    expect([...readSubject('the route to port 443').named]).toEqual([]);
    expect(readSubject('Office 365').atHome).toBeLessThan(readSubject('office hours').atHome);
  });

  it('hears when a text is about something else', () => {
    expect(readSubject('restart the virtual machine').atHome).toBe(1);
    expect(readSubject('restart the Azure virtual machine').atHome).toBeLessThan(1);
    expect(readSubject('').atHome).toBe(1);
  });

  it.each(discovery.workflows)('takes $name for one of our own', ({ name, description }) => {
    expect(readSubject(`${name} ${description}`).atHome).toBe(1);
  });
});

describe('the tables of words', () => {
  const phrases = [
    ...services.flatMap(({ names, things }) => [...names, ...things]),
    ...[...effects, ...elsewhere].flatMap((row) => row.phrases),
    ...thesaurus.flatMap(({ when }) => when),
  ];

  it('hold general words: no phrase is as long as a request', () => {
    const lengths = phrases.map((phrase) => tokenizeWithNumbers(phrase).length);
    expect(Math.min(...lengths)).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(5);
  });

  it('have a row for each service and effect, once', () => {
    for (const names of [services.map(({ service }) => service), effects.map(({ effect }) => effect)]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
