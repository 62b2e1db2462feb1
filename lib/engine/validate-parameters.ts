import type { BytecodeParameter, ParameterType } from '../compiler/bytecode.ts';
import { showValue } from '../diagnostics/show-value.ts';

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

export type ParameterValue = string | number | boolean | readonly string[];

export type ValidatedParameters =
  | { readonly ok: true; readonly values: Readonly<Record<string, ParameterValue>> }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

/** A hostile input must not flood the answer. */
const MAX_PROBLEMS = 20;

/**
 * What a caller gave, checked against what the workflow declares. Values are never converted: `"5"` is not an integer.
 * The values that come back have the declared parameters only, in order of declaration, defaults filled in.
 */
export function validateParameters(declared: readonly BytecodeParameter[], given: unknown): ValidatedParameters {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const value = showValue(given);
    const message = `The parameters must be an object with one value for each name, not ${value}`;
    return { ok: false, problems: [{ parameter: '', rule: 'object', message, value }] };
  }
  const problems = unknownNames(declared, given);
  const values: Record<string, ParameterValue> = {};
  for (const parameter of declared) {
    const isGiven = Object.hasOwn(given, parameter.name);
    if (!isGiven && parameter.required) problems.push(missing(parameter));
    const value: unknown = isGiven ? (given as Record<string, unknown>)[parameter.name] : parameter.default;
    if (value === undefined) continue;
    const broken = checkValue(parameter, value);
    if (broken) problems.push(broken);
    else values[parameter.name] = value as ParameterValue;
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, MAX_PROBLEMS) } : { ok: true, values };
}

function unknownNames(declared: readonly BytecodeParameter[], given: object): ParameterProblem[] {
  const names = declared.map((parameter) => parameter.name);
  const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .slice(0, MAX_PROBLEMS)
    .map((name) => ({
      parameter: showName(name),
      rule: 'unknown' as const,
      message: `The workflow has no parameter ${showValue(name)}; ${known}`,
    }));
}

function missing(parameter: BytecodeParameter): ParameterProblem {
  const message = `Parameter "${parameter.name}" is required (${parameter.type})`;
  return { parameter: parameter.name, rule: 'required', message };
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

function showName(name: string): string {
  return showValue(name).slice(1, -1);
}
