import type { BytecodeParameter } from '../compiler/bytecode.ts';
import type { AutomaticCase } from './automatic-cases.ts';
import type { RunCase } from './run-case.ts';

/** For each rule on parameters, as far as a value is known that breaks it and none before it: the same run with that value. */
export function invalidInputs(parameters: readonly BytecodeParameter[], happy: RunCase): readonly AutomaticCase[] {
  const given = (name: string, input: unknown): AutomaticCase => ({
    ...happy,
    name,
    parameters: input as RunCase['parameters'],
    expected: { kind: 'input is refused' },
  });
  return [
    given('the input is no object', []),
    given('there is a parameter that it does not have', { ...happy.parameters, not_a_parameter: true }),
    ...parameters.flatMap((parameter) => {
      const { [parameter.name]: value, ...others } = happy.parameters;
      return [
        ...(parameter.required ? [given(`${parameter.name} is missing`, others)] : []),
        ...brokenValues(parameter, value).map(({ rule, broken }) =>
          given(`${parameter.name} is not ${rule}`, { ...others, [parameter.name]: broken }),
        ),
      ];
    }),
  ];
}

interface Rule {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

function brokenValues(
  parameter: BytecodeParameter,
  valid: unknown,
): readonly { readonly rule: string; readonly broken: unknown }[] {
  const rules = rulesOf(parameter);
  const values = suspects(parameter, valid);
  return rules.flatMap(({ words, holds }, index) => {
    const before = rules.slice(0, index);
    const broken = values.find((value) => before.every((rule) => rule.holds(value)) && !holds(value));
    return broken === undefined ? [] : [{ rule: words, broken }];
  });
}

/** The rules on a value in the order in which the state machine looks at them. */
function rulesOf(parameter: BytecodeParameter): readonly Rule[] {
  const { type, enum: values, patterns = [], min, max, min_length: shortest, max_length: longest } = parameter;
  const unit = type === 'string_list' ? 'entries' : 'characters';
  const each = (holds: (part: unknown) => boolean) => (value: unknown) =>
    Array.isArray(value) ? value.every(holds) : holds(value);
  const size = (value: unknown): number => (Array.isArray(value) ? value.length : [...String(value)].length);
  return [
    { words: TYPE_WORDS[type], holds: (value) => isOfType(type, value) },
    ...(values === undefined
      ? []
      : [{ words: 'one of its values', holds: each((part) => values.includes(part as string)) }]),
    ...(min === undefined ? [] : [{ words: `at least ${min}`, holds: (value: unknown) => Number(value) >= min }]),
    ...(max === undefined ? [] : [{ words: `at most ${max}`, holds: (value: unknown) => Number(value) <= max }]),
    ...(shortest === undefined
      ? []
      : [{ words: `at least ${shortest} ${unit} long`, holds: (value: unknown) => size(value) >= shortest }]),
    ...(longest === undefined
      ? []
      : [{ words: `at most ${longest} ${unit} long`, holds: (value: unknown) => size(value) <= longest }]),
    ...patterns.map(({ pattern, description }) => ({
      words: description,
      holds: each((part) => new RegExp(pattern).test(String(part))),
    })),
  ];
}

const TYPE_WORDS: Readonly<Record<BytecodeParameter['type'], string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  string_list: 'a list of strings',
};

function isOfType(type: BytecodeParameter['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'string_list':
      return Array.isArray(value) && value.every((part) => typeof part === 'string');
  }
}

/** Values that may break a rule: of other types, out of range, too short or too long, with characters that few patterns allow. */
function suspects({ type, min, max, max_length: longest }: BytecodeParameter, valid: unknown): readonly unknown[] {
  if (type === 'boolean') return ['yes'];
  if (type === 'integer' || type === 'number') return ['seven', 1.5, (min ?? 0) - 1, (max ?? 0) + 1];
  const sample = typeof valid === 'string' ? valid : Array.isArray(valid) ? String(valid[0] ?? 'a') : 'a';
  const long = sample.padEnd((longest ?? 0) + 1, /[A-Za-z0-9]$/.test(sample) ? sample.slice(-1) : 'a');
  const texts = ['', long, ...[' ', '-', '--x', '/..', '\u2603'].map((tail) => `${sample}${tail}`)];
  const more = [`-${sample}`, '-', '1', 'A', '..', '../../etc/passwd', sample.slice(0, -1), `${sample}${sample}`];
  if (type === 'string') return [7, ...texts, ...more];
  const lists = [...texts, ...more].map((text) => [text]);
  return ['no list', [], ...lists, Array.from({ length: (longest ?? 0) + 1 }, () => sample)];
}
