import fc from 'fast-check';
import { LIMITS } from '../../lib/mcp/limits.ts';
import { cleanOutput, cleanText } from '../../lib/mcp/untrusted-text.ts';

describe('cleanText', () => {
  it.each([
    ['plain text, 日本語 and é', 'plain text, 日本語 and é'],
    ['lines\n\tstay', 'lines\n\tstay'],
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007', 'link'],
    ['a\u0000\u0007\u009Bb', 'ab'],
    ['\u202Eabc\u2066\u2069', 'abc'],
    ['zero\u200B\u200D\uFEFFwidth', 'zerowidth'],
    ['tag\u{E0041}\u{E0042}', 'tag'],
    ['half\ud800', 'half'],
  ])('%j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('is never longer than allowed, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const clean = cleanText(text, max);
        expect([...clean].length).toBeLessThanOrEqual(max);
        expect(cleanText(clean, max)).toBe(clean);
      }),
    );
  });
});

describe('cleanOutput', () => {
  it('replaces what looks like a secret, at any depth, and nothing else', () => {
    const output = {
      MasterUserPassword: 'a',
      Nested: [{ SecretAccessKey: 'b', sessionToken: 'c', NextToken: 'd' }],
      SecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x',
      PasswordLength: { Minimum: 8 },
    };
    expect(cleanOutput(output)).toEqual({
      value: {
        ...output,
        MasterUserPassword: '[redacted]',
        Nested: [{ SecretAccessKey: '[redacted]', sessionToken: '[redacted]', NextToken: 'd' }],
      },
      truncated: false,
    });
  });

  it('never gives more than 16 KiB of JSON, whatever comes in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 3_000 }), (value, times) => {
        const { value: clean, truncated } = cleanOutput(Array(times).fill(value));
        const bytes = Buffer.byteLength(truncated ? (clean as string) : JSON.stringify(clean));
        expect(bytes).toBeLessThanOrEqual(LIMITS.outputBytes + 3);
      }),
      { numRuns: 50 },
    );
  });

  it('ends where data is nested without end', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 10_000; depth += 1) nested = { nested };
    expect(JSON.stringify(cleanOutput(nested).value)).toContain('…');
  });
});
