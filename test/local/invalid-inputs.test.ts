import type { BytecodeParameter } from '../../lib/compiler/bytecode.ts';
import { validateParameters } from '../../lib/engine/validate-parameters.ts';
import { invalidInputs } from '../../lib/local/invalid-inputs.ts';

const TEXT: BytecodeParameter = {
  name: 'text',
  type: 'string',
  required: true,
  min_length: 2,
  max_length: 5,
  patterns: [{ pattern: '^[a-z-]*$', description: 'letters and hyphens' }],
};
const LIST: BytecodeParameter = { name: 'list', type: 'string_list', required: false, max_length: 2, min_length: 1 };

const namesOf = (parameters: readonly BytecodeParameter[], given: Record<string, unknown>): readonly string[] =>
  invalidInputs(parameters, { parameters: given })
    .slice(2)
    .map(({ name }) => name);

describe('invalid inputs', () => {
  it('break each rule once', () => {
    expect(namesOf([TEXT], { text: 'abc' })).toEqual([
      'text is missing',
      'text is not a string',
      'text is not at least 2 characters long',
      'text is not at most 5 characters long',
      'text is not letters and hyphens',
    ]);
    expect(namesOf([LIST], { list: ['a'] })).toEqual([
      'list is not a list of strings',
      'list is not at least 1 entries long',
      'list is not at most 2 entries long',
    ]);
    const port: BytecodeParameter = {
      name: 'port',
      type: 'integer',
      required: false,
      default: 22,
      min: 0,
      max: 65_535,
    };
    expect(namesOf([port], {})).toEqual([
      'port is not an integer',
      'port is not at least 0',
      'port is not at most 65535',
    ]);
    const size: BytecodeParameter = { name: 'size', type: 'string', required: false, enum: ['small', 'large'] };
    expect(namesOf([size], { size: 'small' })).toEqual(['size is not a string', 'size is not one of its values']);
  });

  it('are all refused by the engine, where the input they are made from is taken', () => {
    const given = { text: 'abc', list: ['a', 'b'] };
    expect(validateParameters([TEXT, LIST], given).ok).toBe(true);
    for (const { parameters } of invalidInputs([TEXT, LIST], { parameters: given }))
      expect([parameters, validateParameters([TEXT, LIST], parameters).ok]).toEqual([parameters, false]);
  });
});
