import type { BytecodeParameter } from '../compiler/bytecode.ts';
import { cleanText } from './untrusted-text.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The parameters of a workflow as JSON Schema, for a client to fill in. Descriptions say the rule a value must keep;
 * what the author says about a parameter is not in here.
 */
export function parametersSchema(parameters: readonly BytecodeParameter[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf(parameter: BytecodeParameter): JsonSchema {
  const value = {
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(parameter.sensitive && { writeOnly: true }),
  };
  if (parameter.type !== 'string_list') {
    return { type: parameter.type, ...partSchema(parameter), ...sizeSchema(parameter, 'Length'), ...value };
  }
  const items = { type: 'string', ...partSchema(parameter) };
  return { type: 'array', items, ...sizeSchema(parameter, 'Items'), ...value };
}

/** What holds for a single value, or for each item of a list. */
function partSchema({ enum: allowed, patterns = [], min, max }: BytecodeParameter): JsonSchema {
  const rules = patterns.map(({ description }) => description).filter((description) => description !== '');
  return {
    ...(allowed && { enum: allowed }),
    ...(patterns.length === 1 && { pattern: patterns[0]?.pattern }),
    ...(patterns.length > 1 && { allOf: patterns.map(({ pattern }) => ({ pattern })) }),
    ...(rules.length > 0 && { description: cleanText(rules.join('; ')) }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
}

function sizeSchema({ min_length, max_length }: BytecodeParameter, what: 'Length' | 'Items'): JsonSchema {
  return {
    ...(min_length !== undefined && { [`min${what}`]: min_length }),
    ...(max_length !== undefined && { [`max${what}`]: max_length }),
  };
}
