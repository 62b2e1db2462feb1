import { showValue } from '../diagnostics/show-value.ts';
import { checkPattern } from './check-pattern.ts';
import type { ReportPath } from './problem.ts';
import type { ParameterSource } from './source.ts';

type ParameterType = ParameterSource['type'];

/** Which rules a parameter of which type can have. A list obeys `enum` and `pattern` with each entry. */
const RULES = {
  enum: ['string', 'integer', 'number', 'string_list'],
  pattern: ['string', 'string_list'],
  min: ['integer', 'number'],
  max: ['integer', 'number'],
  min_length: ['string', 'string_list'],
  max_length: ['string', 'string_list'],
} as const satisfies Partial<Record<keyof ParameterSource, readonly ParameterType[]>>;

const TYPE_WORDS: Readonly<Record<ParameterType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string_list: 'a list of texts',
};

/** Rules fit the type, do not contradict one another, and the default obeys them. */
export function checkParameters(parameters: readonly ParameterSource[], report: ReportPath): void {
  for (const [index, parameter] of parameters.entries()) {
    const reportAt: ReportAt = (field, problem, atKey = false) =>
      report({ ...problem, path: ['parameters', index, ...[field].flat()], atKey });
    const fits = checkRules(parameter, reportAt);
    checkRange(parameter, 'min', 'max', reportAt);
    checkRange(parameter, 'min_length', 'max_length', reportAt);
    const patternIsGood = parameter.pattern === undefined || checkPattern(parameter.pattern, reportAt);
    if (parameter.default !== undefined && fits && patternIsGood) checkDefault(parameter, parameter.default, reportAt);
  }
}

export type ReportAt = (
  field: string | readonly (string | number)[],
  problem: { code: 'WF1004' | 'WF1006' | 'WF1007' | 'WF3012'; message: string; hint?: string; severity?: 'warning' },
  atKey?: boolean,
) => void;

function checkRules(parameter: ParameterSource, report: ReportAt): boolean {
  let good = true;
  for (const [rule, types] of Object.entries(RULES)) {
    if (parameter[rule as keyof typeof RULES] === undefined) continue;
    if ((types as readonly ParameterType[]).includes(parameter.type)) continue;
    good = false;
    const message = `"${rule}" is not a rule for the type ${parameter.type}; parameter ${showValue(parameter.name)} has it`;
    report(rule, { code: 'WF1004', message, hint: `it is for the types ${types.join(', ')}` }, true);
  }
  const seen = new Set<string | number>();
  for (const [index, value] of (good ? (parameter.enum ?? []) : []).entries()) {
    const type = parameter.type === 'string_list' ? 'string' : parameter.type;
    if (!hasType(value, type)) {
      good = false;
      const message = `an allowed value must be ${TYPE_WORDS[type]}, as the parameter is, but is ${showValue(value)}`;
      const quoted = type === 'string' ? { hint: `put it in quotes: "${value}"` } : {};
      report(['enum', index], { code: 'WF1004', message, ...quoted });
    } else if (seen.has(value)) {
      report(['enum', index], {
        code: 'WF1007',
        message: `${showValue(value)} is allowed twice`,
        hint: 'remove one of them',
      });
    }
    seen.add(value);
  }
  return good;
}

function checkRange(
  parameter: ParameterSource,
  low: 'min' | 'min_length',
  high: 'max' | 'max_length',
  report: ReportAt,
): void {
  const [least, most] = [parameter[low], parameter[high]];
  if (least === undefined || most === undefined || least <= most) return;
  const message = `"${low}" is ${least} but "${high}" is ${most}, so no value is allowed`;
  report(low, { code: 'WF1004', message, hint: 'exchange them' });
}

function checkDefault(parameter: ParameterSource, value: unknown, report: ReportAt): void {
  const broken = brokenRule(parameter, value);
  const texts = Array.isArray(value) ? value : [value];
  if (broken !== undefined) {
    const message = `the default of parameter ${showValue(parameter.name)} must be ${broken}, but is ${showValue(value)}`;
    report('default', { code: 'WF3012', message });
  } else if (texts.some((text) => typeof text === 'string' && text.includes('${'))) {
    const message = 'a default is a fixed value: expressions are not evaluated in it';
    report('default', { code: 'WF1006', message, hint: 'write the value, or use the expression in the step' });
  } else if (parameter.required === true) {
    const message = `parameter ${showValue(parameter.name)} is required, so its default is never used`;
    report(
      'default',
      { code: 'WF3012', message, hint: 'remove "default", or write required: false', severity: 'warning' },
      true,
    );
  }
}

/** What the value would have to be; `undefined` where it obeys every rule of the parameter. */
function brokenRule(parameter: ParameterSource, value: unknown): string | undefined {
  if (!hasType(value, parameter.type)) return TYPE_WORDS[parameter.type];
  if (typeof value === 'number') {
    if (parameter.min !== undefined && value < parameter.min) return `at least ${parameter.min}`;
    if (parameter.max !== undefined && value > parameter.max) return `at most ${parameter.max}`;
  }
  const isList = Array.isArray(value);
  const length = isList ? value.length : [...`${value}`].length;
  const unit = isList ? 'entries' : 'characters';
  const { min_length, max_length } = parameter;
  if (min_length !== undefined && length < min_length) return `${min_length} ${unit} or more`;
  if (max_length !== undefined && length > max_length) return `${max_length} ${unit} at most`;
  return (isList ? (value as readonly unknown[]) : [value])
    .map((entry) => brokenByEntry(parameter, entry, isList ? 'a list of values that are each ' : ''))
    .find((broken) => broken !== undefined);
}

/** What a value, or each entry of a list, would have to be. */
function brokenByEntry({ enum: allowed, pattern }: ParameterSource, entry: unknown, each: string): string | undefined {
  if (allowed !== undefined && !(allowed as readonly unknown[]).includes(entry)) {
    return `${each}one of ${allowed.map(showValue).join(', ')}`;
  }
  if (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(`${entry}`)) return undefined;
  return `${each}matched as a whole by ${showValue(pattern)}`;
}

function hasType(value: unknown, type: ParameterType): boolean {
  switch (type) {
    case 'string_list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}
