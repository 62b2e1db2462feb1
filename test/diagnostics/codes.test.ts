import { CODES } from '../../lib/diagnostics/codes.ts';

describe('codes', () => {
  it('are well formed, in order and say what is wrong', () => {
    const codes = Object.keys(CODES);
    for (const code of codes) expect(code).toMatch(/^WF[1-5]\d{3}$/);
    expect([...codes].sort()).toEqual(codes);
    expect(new Set(Object.values(CODES)).size).toBe(codes.length);
  });
});
