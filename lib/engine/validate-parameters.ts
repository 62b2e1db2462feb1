import type { BytecodeParameter } from '../compiler/bytecode.ts';
import { checkValue, type ParameterProblem } from '../compiler/check-value.ts';
import { showValue } from '../diagnostics/show-value.ts';

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

function showName(name: string): string {
  return showValue(name).slice(1, -1);
}
