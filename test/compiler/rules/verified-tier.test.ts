import { compileText, SEED } from '../../support/compile.ts';

describe('the verified tier', () => {
  it('warns where use cases and the meaning of parameters are missing (WF4005)', () => {
    const { bytecode, diagnostics } = compileText(SEED, 'verified');
    expect(bytecode).toBeDefined();
    expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['WF4005', 'warning', 'a verified workflow has at least 3 use cases, this one has 0'],
      ['WF4005', 'warning', 'parameter "instance_id" has no description, which the verified tier asks for'],
    ]);
  });

  it.each(['community', 'enterprise'] as const)('asks nothing of the %s tier', (tier) => {
    expect(compileText(SEED, tier).diagnostics).toEqual([]);
  });
});
