import fc from 'fast-check';
import type { BytecodeParameter } from '../../lib/compiler/bytecode.ts';
import type { ParameterRule } from '../../lib/compiler/check-value.ts';
import { validateParameters } from '../../lib/engine/validate-parameters.ts';

const text = (rules: Partial<BytecodeParameter> = {}): BytecodeParameter => ({
  name: 'p',
  type: 'string',
  required: true,
  ...rules,
});

function rulesBroken(parameter: BytecodeParameter, given: unknown): readonly ParameterRule[] {
  const checked = validateParameters([parameter], given);
  return checked.ok ? [] : checked.problems.map(({ rule }) => rule);
}

describe('validateParameters', () => {
  it.each<[string, BytecodeParameter, unknown, ParameterRule | undefined]>([
    ['a string', text(), 'x', undefined],
    ['a number for a string', text(), 5, 'type'],
    ['null for a string', text(), null, 'type'],
    ['half a surrogate pair', text(), '\ud800', 'type'],
    ['a numeric string for an integer', text({ type: 'integer' }), '5', 'type'],
    ['a fraction for an integer', text({ type: 'integer' }), 1.5, 'type'],
    ['an integer past what JSON can carry', text({ type: 'integer' }), 2 ** 53, 'type'],
    ['infinity', text({ type: 'number' }), Number.POSITIVE_INFINITY, 'type'],
    ['a boolean', text({ type: 'boolean' }), false, undefined],
    ['text for a boolean', text({ type: 'boolean' }), 'true', 'type'],
    ['a list', text({ type: 'string_list' }), ['a', 'b'], undefined],
    ['a list with a number in it', text({ type: 'string_list' }), ['a', 1], 'type'],
    ['too many items', text({ type: 'string_list', max_length: 1 }), ['a', 'b'], 'length'],
    ['an item outside the enum', text({ type: 'string_list', enum: ['a'] }), ['a', 'b'], 'enum'],
    ['a value of the enum', text({ enum: ['a', 'b'] }), 'b', undefined],
    ['a value outside the enum', text({ enum: ['a', 'b'] }), 'c', 'enum'],
    ['the least', text({ type: 'integer', min: 1, max: 3 }), 1, undefined],
    ['less than the least', text({ type: 'integer', min: 1, max: 3 }), 0, 'range'],
    ['more than the most', text({ type: 'number', max: 3 }), 3.1, 'range'],
    ['too short', text({ min_length: 2 }), 'x', 'length'],
    ['long enough in UTF-16 only', text({ min_length: 2 }), '😀', 'length'],
    ['short enough in characters', text({ max_length: 2 }), '😀😀', undefined],
    ['every pattern', text({ patterns: [{ pattern: '^a', description: '' }] }), 'ab', undefined],
    [
      'not every pattern',
      text({ patterns: ['^a', 'c$'].map((pattern) => ({ pattern, description: '' })) }),
      'ab',
      'pattern',
    ],
  ])('%s', (_name, parameter, value, rule) => {
    expect(rulesBroken(parameter, { p: value })).toEqual(rule ? [rule] : []);
  });

  it('names the parameter, the rule and the value, which cannot do harm', () => {
    const pattern = { pattern: '^[A-Za-z][A-Za-z0-9-]*$', description: 'letters, digits and hyphens, first a letter' };
    const checked = validateParameters([text({ name: 'instance_id', patterns: [pattern] })], {
      instance_id: '../../etc/passwd\u202E\u001B[31m',
    });
    expect(checked).toEqual({
      ok: false,
      problems: [
        {
          parameter: 'instance_id',
          rule: 'pattern',
          message:
            'Parameter "instance_id" must match ^[A-Za-z][A-Za-z0-9-]*$ (letters, digits and hyphens, first a letter); it is "../../etc/passwd\\u{202E}\\u001b[31m"',
          value: '"../../etc/passwd\\u{202E}\\u001b[31m"',
        },
      ],
    });
  });

  it('names what is missing and what is not known, all at once', () => {
    const given = JSON.parse('{"q": 1, "__proto__": {"p": "x"}, "constructor": 2}') as unknown;
    expect(rulesBroken(text(), given)).toEqual(['unknown', 'unknown', 'unknown', 'required']);
  });

  it.each([[null], [[]], ['x'], [undefined], [7]])('wants an object, not %j', (given) => {
    expect(rulesBroken(text(), given)).toEqual(['object']);
  });

  it('fills in defaults, but not for what is required', () => {
    const withDefault = text({ required: false, default: 'd' });
    expect(validateParameters([withDefault], {})).toEqual({ ok: true, values: { p: 'd' } });
    expect(validateParameters([text({ required: false })], {})).toEqual({ ok: true, values: {} });
    expect(rulesBroken(text({ default: 'd' }), {})).toEqual(['required']);
  });

  it('never throws, and gives back only what is declared', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const checked = validateParameters([text({ required: false })], given);
        if (checked.ok) expect(Object.keys(checked.values).filter((name) => name !== 'p')).toEqual([]);
      }),
    );
  });
});
