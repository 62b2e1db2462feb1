import fc from 'fast-check';
import { escapeInvisible, shorten, showValue } from '../../lib/diagnostics/show-value.ts';

describe('showValue', () => {
  it.each<[unknown, string]>([
    ['demo', '"demo"'],
    ['a "quoted" \\ text', '"a \\"quoted\\" \\\\ text"'],
    ['line\nbreak\u001b[31m', '"line\\nbreak\\u001b[31m"'],
    ['\u202Ebidi\u200B\u{E0041}\uFEFF', '"\\u{202E}bidi\\u{200B}\\u{E0041}\\u{FEFF}"'],
    ['é 中 😀', '"é 中 😀"'],
    [5, '5'],
    [null, 'null'],
    [undefined, 'undefined'],
    [12n, '12'],
    [Number.NaN, 'NaN'],
    [{ a: [1, 'x'] }, '{"a":[1,"x"]}'],
    [['a\u202E'], '["a\\u{202E}"]'],
  ])('%j → %s', (value, expected) => {
    expect(showValue(value)).toBe(expected);
  });

  it('cuts to 80 characters, escapes whole', () => {
    expect(showValue('x'.repeat(10_000_000))).toBe(`"${'x'.repeat(77)}…"`);
    const shown = showValue('\u202E'.repeat(50));
    expect(shown).toMatch(/^"(\\u\{202E\})+…"$/);
    expect(shown.length).toBeLessThanOrEqual(80);
  });

  it('survives whatever it is given', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(showValue(cycle)).toBe('{"self":"…"}');
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(showValue(hostile)).toBe('a value that cannot be shown');
    let deep: unknown = 1;
    for (let index = 0; index < 100_000; index += 1) deep = [deep];
    expect(showValue(deep).length).toBeLessThanOrEqual(80);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const shown = showValue(value);
        expect(shown.length).toBeLessThanOrEqual(80);
        expect(escapeInvisible(shown)).toBe(shown);
      }),
    );
  });

  it('never cuts a character in half', () => {
    expect(shorten('😀'.repeat(100), 5)).toBe('😀😀😀😀…');
    expect(shorten('😀😀', 2)).toBe('😀😀');
  });
});
