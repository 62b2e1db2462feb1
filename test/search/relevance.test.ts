import fc from 'fast-check';
import { atHome, offerColumns, relevance, subjectFits } from '../../lib/search/relevance.ts';
import { readSubject } from '../../lib/search/subject.ts';

const OFFERS = offerColumns([
  { services: { s3: 1 }, effects: { delete: 1 }, headline: ['delete'] },
  { services: { rds: 1 }, effects: { backup: 1 }, headline: ['backup'] },
]);

const fits = (text: string) => [...subjectFits(readSubject(text), OFFERS)];

describe('subjectFits', () => {
  it('puts the service and the effect asked for before others', () => {
    for (const text of ['wipe s3', 'empty the bucket']) {
      const [s3 = 0, rds = 0] = fits(text);
      expect(s3).toBeGreaterThan(0);
      expect(rds).toBeLessThan(s3);
    }
  });

  it('says nothing where nothing is asked for', () => {
    expect(fits('please')).toEqual([0, 0]);
  });
});

describe('atHome', () => {
  it('is less for a service that no workflow has, and for another cloud', () => {
    const homes = ['s3', 's3 and sagemaker', 'sagemaker', 'sagemaker on azure'].map((text) =>
      atHome(readSubject(text), OFFERS),
    );
    expect(homes).toEqual([...homes].sort((a, b) => b - a));
    expect(new Set(homes).size).toBe(homes.length);
    expect(homes[0]).toBe(1);
  });
});

describe('relevance', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });

  it('stays from 0 to 1 and grows with each part', () => {
    fc.assert(
      fc.property(part, part, fc.double({ min: -0.07, max: 0.34, noNaN: true }), part, (meaning, words, fit, home) => {
        const score = relevance(meaning, words, fit, home);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-9);
        expect(relevance(Math.min(1, meaning + 0.1), words, fit, home)).toBeGreaterThanOrEqual(score);
        expect(relevance(meaning, Math.min(1, words + 0.1), fit, home)).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  it('keeps very good ones apart', () => {
    expect(relevance(1, 1, 0.34, 1)).toBeGreaterThan(relevance(1, 1, 0.3, 1));
    expect(relevance(1, 1, 0.3, 1)).toBeGreaterThan(relevance(0.9, 1, 0.3, 1));
  });
});
