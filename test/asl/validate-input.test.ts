import jsonata from 'jsonata';
import { inputRules, PROBLEM_CAUSE } from '../../lib/asl/validate-input.ts';
import type { BytecodeParameter } from '../../lib/compiler/bytecode.ts';

const INSTANCE: BytecodeParameter = {
  name: 'instance_id',
  type: 'string',
  required: true,
  patterns: [{ pattern: '^[a-z](?:-?[a-z0-9])*$', description: 'letters, digits and single hyphens' }],
  max_length: 63,
};
const COUNT: BytecodeParameter = { name: 'count', type: 'integer', required: false, default: 2, min: 1, max: 10 };
const ZONES: BytecodeParameter = { name: 'zones', type: 'string_list', required: false, max_length: 2 };
const MODE: BytecodeParameter = { name: 'mode', type: 'string', required: false, enum: ['fast', 'safe'] };
const DRY: BytecodeParameter = { name: 'dry', type: 'boolean', required: false };

const inner = (text: string): string => text.slice(2, -2);

/** What the first state does: the first rule whose condition holds gives the problem. */
async function problemOf(input: unknown, parameters: readonly BytecodeParameter[]): Promise<string | undefined> {
  for (const rule of inputRules(parameters)) {
    const scope = { states: { input } };
    const holds: unknown = await jsonata(inner(rule.Condition)).evaluate(undefined, scope);
    if (typeof holds !== 'boolean') throw new Error(`${rule.Condition} gave ${String(holds)}`);
    if (!holds) continue;
    const { problem, value } = rule.Assign;
    const shown: unknown = value === null ? null : await jsonata(inner(value)).evaluate(undefined, scope);
    return (await jsonata(inner(PROBLEM_CAUSE)).evaluate(undefined, { problem, value: shown })) as string;
  }
  return undefined;
}

const NAMES: BytecodeParameter = {
  name: 'names',
  type: 'string_list',
  required: false,
  patterns: [{ pattern: '^(?:[a-z]+)$', description: 'lower-case letters' }],
};

const ALL = [INSTANCE, COUNT, ZONES, MODE, DRY, NAMES];

describe('the first state of a machine', () => {
  it.each<[string, unknown]>([
    ['only what is required', { instance_id: 'demo-database' }],
    ['all parameters', { instance_id: 'a', count: 10, zones: ['a', 'b'], mode: 'safe', dry: false }],
    ['a list of one', { instance_id: 'a', zones: ['a'] }],
    ['an empty list', { instance_id: 'a', zones: [] }],
    ['a list of which each fits', { instance_id: 'a', names: ['a', 'b'] }],
  ])('takes %s', async (_, input) => {
    expect(await problemOf(input, ALL)).toBeUndefined();
  });

  it.each<[unknown, string]>([
    [{}, 'Parameter instance_id is required'],
    [[], 'The input must be an object; it is []'],
    ['demo', 'The input must be an object; it is "demo"'],
    [null, 'The input must be an object'],
    [{ instance_id: null }, 'Parameter instance_id must be a string'],
    [{ instance_id: 7 }, 'Parameter instance_id must be a string; it is 7'],
    [{ instance_id: ['a'] }, 'Parameter instance_id must be a string; it is ["a"]'],
    [
      { instance_id: '../../etc/passwd' },
      'Parameter instance_id must be letters, digits and single hyphens; it is "../../etc/passwd"',
    ],
    [{ instance_id: 'a\n' }, 'Parameter instance_id must be letters, digits and single hyphens; it is "a?"'],
    [
      { instance_id: 'a'.repeat(64) },
      `Parameter instance_id must be at most 63 characters long; it is "${'a'.repeat(64)}"`,
    ],
    [{ instance_id: '\u202Egnp' }, 'Parameter instance_id must be letters, digits and single hyphens; it is "?gnp"'],
    [
      { instance_id: 'a', other: 1 },
      'The input may only have the parameters of this workflow (instance_id, count, zones, mode, dry, names); it is "other"',
    ],
    [{ instance_id: 'a', count: 0 }, 'Parameter count must be at least 1; it is 0'],
    [{ instance_id: 'a', count: 11 }, 'Parameter count must be at most 10; it is 11'],
    [{ instance_id: 'a', count: 1.5 }, 'Parameter count must be an integer; it is 1.5'],
    [{ instance_id: 'a', count: '1' }, 'Parameter count must be an integer; it is "1"'],
    [{ instance_id: 'a', zones: 'b' }, 'Parameter zones must be a list of strings; it is "b"'],
    [{ instance_id: 'a', zones: [1] }, 'Parameter zones must be a list of strings; it is [1]'],
    [{ instance_id: 'a', zones: ['a', 'b', 'c'] }, 'Parameter zones must be at most 2 items long; it is ["a","b","c"]'],
    [{ instance_id: 'a', names: ['a', 'B'] }, 'Parameter names must be lower-case letters; it is ["a","B"]'],
    [{ instance_id: 'a', mode: 'slow' }, 'Parameter mode must be one of fast, safe; it is "slow"'],
    [{ instance_id: 'a', dry: 'no' }, 'Parameter dry must be true or false; it is "no"'],
  ])('refuses %j', async (input, problem) => {
    expect(await problemOf(input, ALL)).toBe(problem);
  });

  it('takes an empty object where there are no parameters', async () => {
    expect(await problemOf({}, [])).toBeUndefined();
    expect(await problemOf({ a: 1 }, [])).toBe(
      'The input may only have the parameters of this workflow (it has none); it is "a"',
    );
  });
});
