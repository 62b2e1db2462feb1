import { showValue } from '../diagnostics/show-value.ts';
import type { BytecodeParameter, ParameterType } from './bytecode.ts';

/** Which rule a value breaks; `unknown` and `required` are about the name, the others about the value. */
export type ParameterRule = 'object' | 'unknown' | 'required' | 'type' | 'enum' | 'pattern' | 'range' | 'length';

export interface ParameterProblem {
  readonly parameter: string;
  readonly rule: ParameterRule;
  /** One sentence that names the parameter, the rule and the value. */
  readonly message: string;
  /** The value, escaped and shortened, where there is one. */
  readonly value?: string;
}

/** The first rule that a value breaks: later rules make sense only where the earlier ones hold. */
export function checkValue(parameter: BytecodeParameter, value: unknown): ParameterProblem | undefined {
  const expected = TYPES[parameter.type];
  if (!expected.holds(value)) return problem(parameter, 'type', `must be ${expected.words}`, value);
  const length = lengthOf(value);
  if (length !== undefined) {
    const unit = parameter.type === 'string_list' ? 'items' : 'characters';
    const rule = outside(length, parameter.min_length, parameter.max_length);
    if (rule) return problem(parameter, 'length', `must have ${rule} ${unit}`, value);
  }
  if (typeof value === 'number') {
    const rule = outside(value, parameter.min, parameter.max);
    if (rule) return problem(parameter, 'range', `must be ${rule}`, value);
  }
  for (const part of Array.isArray(value) ? (value as readonly string[]) : [value as string | number]) {
    const broken = checkPart(parameter, part);
    if (broken) return broken;
  }
  return undefined;
}

/** `enum` and `patterns` hold for each item of a list. */
function checkPart(parameter: BytecodeParameter, part: string | number): ParameterProblem | undefined {
  if (parameter.enum && !parameter.enum.includes(part)) {
    return problem(parameter, 'enum', `must be one of ${parameter.enum.map(showValue).join(', ')}`, part);
  }
  for (const { pattern, description } of parameter.patterns ?? []) {
    if (typeof part === 'string' && !new RegExp(pattern).test(part)) {
      return problem(parameter, 'pattern', `must match ${pattern} (${description})`, part);
    }
  }
  return undefined;
}

function problem(parameter: BytecodeParameter, rule: ParameterRule, words: string, given: unknown): ParameterProblem {
  const message = `Parameter "${parameter.name}" ${words}`;
  if (parameter.sensitive) return { parameter: parameter.name, rule, message };
  const value = showValue(given);
  return { parameter: parameter.name, rule, message: `${message}; it is ${value}`, value };
}

const TYPES: Readonly<Record<ParameterType, { readonly words: string; holds(value: unknown): boolean }>> = {
  string: { words: 'a string', holds: isText },
  integer: { words: 'an integer', holds: Number.isSafeInteger },
  number: { words: 'a number', holds: Number.isFinite },
  boolean: { words: 'true or false', holds: (value) => typeof value === 'boolean' },
  string_list: { words: 'a list of strings', holds: (value) => Array.isArray(value) && value.every(isText) },
};

/** Half a surrogate pair is no character, and has no canonical form to confirm. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

/** In characters, as JSON Schema and JSONata count, not in UTF-16 units. */
function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : undefined;
}

function outside(size: number, min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && size < min) return max === undefined ? `at least ${min}` : `${min} to ${max}`;
  if (max !== undefined && size > max) return min === undefined ? `at most ${max}` : `${min} to ${max}`;
  return undefined;
}
