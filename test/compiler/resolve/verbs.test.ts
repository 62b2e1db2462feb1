import { READING_VERBS, STRONG_VERB, VERBS } from '../../../lib/compiler/resolve/verbs.ts';

describe('the table of verbs', () => {
  it('is in the order of 0 to 1', () => {
    const fits = Object.values(VERBS).flatMap(({ operations }) => Object.values(operations));
    expect(fits.filter((fit) => fit < 0 || fit > 1)).toEqual([]);
  });

  it('gives a verb that reads no operation that changes something', () => {
    // they leave the data as it is, or are the same word: ReceiveMessage, ValidatePipelineDefinition, GenerateCredentialReport
    const harmless = new Set([...READING_VERBS, 'Validate', 'Verify', 'Test', 'Receive', 'Confirm', 'Generate']);
    const reading = Object.entries(VERBS).filter(([, { operations }]) => (operations.Describe ?? 0) >= STRONG_VERB);
    expect(reading.length).toBeGreaterThan(20);
    for (const [verb, { operations }] of reading) {
      const changing = Object.keys(operations).filter((operation) => !harmless.has(operation));
      expect([verb, changing]).toEqual([verb, []]);
    }
  });

  it('leaves out the verbs that do not say which call is meant', () => {
    const vague = [
      'clean',
      'clean up',
      'handle',
      'process',
      'manage',
      'secure',
      'fix',
      'prepare',
      'optimise',
      'sync',
      'ensure',
      'make',
    ];
    expect(vague.filter((verb) => Object.hasOwn(VERBS, verb))).toEqual([]);
  });
});
