import type { BytecodeParameter } from './bytecode.ts';
import { regularExpression } from './regular-expression.ts';

/** One rule on a parameter, as Step Functions evaluates it. */
export interface ParameterCheck {
  /** JSONata that is true where the rule holds. */
  readonly holds: string;
  /** What the value has to be: `a string`, `at most 5`. */
  readonly words: string;
}

/** What holds of every value of a parameter, its type first: later rules make sense only where the earlier ones hold. */
export function parameterChecks(parameter: BytecodeParameter, value: string): readonly ParameterCheck[] {
  return [typeCheck(parameter, value), ...valueChecks(parameter, value)];
}

function typeCheck({ type }: BytecodeParameter, value: string): ParameterCheck {
  switch (type) {
    case 'string':
      return { holds: `$type(${value}) = "string"`, words: 'a string' };
    case 'boolean':
      return { holds: `$type(${value}) = "boolean"`, words: 'true or false' };
    case 'number':
      return { holds: `$type(${value}) = "number"`, words: 'a number' };
    case 'integer':
      return { holds: `($type(${value}) = "number" and $floor(${value}) = ${value})`, words: 'an integer' };
    case 'string_list': {
      const others = `${value}[$type($) != "string"]`;
      return { holds: `($type(${value}) = "array" and $count(${others}) = 0)`, words: 'a list of strings' };
    }
  }
}

function valueChecks(parameter: BytecodeParameter, value: string): readonly ParameterCheck[] {
  const { enum: values, patterns = [], min, max, min_length: shortest, max_length: longest } = parameter;
  const size = parameter.type === 'string_list' ? `$count(${value})` : `$length(${value})`;
  const unit = parameter.type === 'string_list' ? 'items' : 'characters';
  const every = (check: (item: string) => string): string =>
    parameter.type === 'string_list' ? `$count(${value}[$not(${check('$')})]) = 0` : check(value);
  return [
    ...(values === undefined
      ? []
      : [{ holds: every((item) => `${item} in ${JSON.stringify(values)}`), words: `one of ${values.join(', ')}` }]),
    ...(min === undefined ? [] : [{ holds: `${value} >= ${min}`, words: `at least ${min}` }]),
    ...(max === undefined ? [] : [{ holds: `${value} <= ${max}`, words: `at most ${max}` }]),
    ...(shortest === undefined
      ? []
      : [{ holds: `${size} >= ${shortest}`, words: `at least ${shortest} ${unit} long` }]),
    ...(longest === undefined ? [] : [{ holds: `${size} <= ${longest}`, words: `at most ${longest} ${unit} long` }]),
    ...patterns.map(({ pattern, description }) => ({
      holds: every((item) => `$contains(${item}, ${regularExpression(pattern)})`),
      words: description,
    })),
  ];
}
