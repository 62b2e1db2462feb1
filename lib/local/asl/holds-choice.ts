import type { ChoiceRule } from './definition.ts';
import { isTimestamp } from './is-timestamp.ts';
import { PathError } from './json-path/json-path.ts';
import { type Roots, readReference } from './read-reference.ts';
import { inState, StateFailure } from './state-failure.ts';

type Compare = (value: unknown, other: unknown) => boolean;

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isTime = (value: unknown): value is string => isString(value) && isTimestamp(value);

/** Values of another type than the operator's do not compare: the answer is no. */
function ordering<T>(is: (value: unknown) => value is T, rank: (value: T) => string | number): Record<string, Compare> {
  const when =
    (test: (order: number) => boolean): Compare =>
    (value, other) => {
      if (!is(value) || !is(other)) return false;
      const [left, right] = [rank(value), rank(other)];
      return test(left < right ? -1 : left > right ? 1 : 0);
    };
  return {
    Equals: when((order) => order === 0),
    LessThan: when((order) => order < 0),
    GreaterThan: when((order) => order > 0),
    LessThanEquals: when((order) => order <= 0),
    GreaterThanEquals: when((order) => order >= 0),
  };
}

const COMPARISONS: ReadonlyMap<string, Compare> = new Map([
  ...prefixed(
    'String',
    ordering(isString, (text) => text),
  ),
  ...prefixed(
    'Numeric',
    ordering(isNumber, (number) => number),
  ),
  ...prefixed(
    'Timestamp',
    ordering(isTime, (text) => Date.parse(text)),
  ),
  ['BooleanEquals', ordering(isBoolean, Number).Equals ?? (() => false)] as const,
  ['StringMatches', (value, pattern) => isString(value) && isString(pattern) && matches(value, pattern)] as const,
]);

const TYPE_TESTS: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['IsNull', (value) => value === null],
  ['IsString', isString],
  ['IsNumeric', isNumber],
  ['IsBoolean', isBoolean],
  ['IsTimestamp', isTime],
]);

function prefixed(
  prefix: string,
  compares: Readonly<Record<string, Compare>>,
): readonly (readonly [string, Compare])[] {
  return Object.entries(compares).map(([name, compare]) => [`${prefix}${name}`, compare] as const);
}

/** The comparison operator of a rule, if it has one that the language knows. */
export function operatorOf(rule: object): string | undefined {
  return Object.keys(rule).find(
    (key) =>
      key === 'IsPresent' ||
      TYPE_TESTS.has(key) ||
      COMPARISONS.has(key) ||
      (key !== 'StringMatchesPath' && key.endsWith('Path') && COMPARISONS.has(key.slice(0, -4))),
  );
}

/**
 * Whether a choice rule of a JSONPath state holds. Throws a `StateFailure` where its variable, or the path it is
 * compared with, leads nowhere.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function holdsChoice(rule: ChoiceRule, roots: Roots): boolean {
  if (rule.And !== undefined) return rule.And.every((part) => holdsChoice(part, roots));
  if (rule.Or !== undefined) return rule.Or.some((part) => holdsChoice(part, roots));
  if (rule.Not !== undefined) return !holdsChoice(rule.Not, roots);
  const operator = operatorOf(rule) ?? '';
  const operand = (rule as Readonly<Record<string, unknown>>)[operator];
  const variable = rule.Variable ?? '$';
  if (operator === 'IsPresent') return (tryRead(variable, roots) !== undefined) === operand;
  const value = read(variable, roots);
  const test = TYPE_TESTS.get(operator);
  if (test !== undefined) return test(value) === operand;
  const compare = COMPARISONS.get(operator);
  if (compare !== undefined) return compare(value, operand);
  return COMPARISONS.get(operator.slice(0, -4))?.(value, read(String(operand), roots)) ?? false;
}

function tryRead(reference: string, roots: Roots): { readonly value: unknown } | undefined {
  try {
    return { value: readReference(reference, roots) };
  } catch (cause) {
    if (cause instanceof PathError) return undefined;
    throw cause;
  }
}

function read(reference: string, roots: Roots): unknown {
  const found = tryRead(reference, roots);
  if (found !== undefined) return found.value;
  const said = `Invalid path '${reference}': The choice state's condition path references an invalid value.`;
  throw new StateFailure('States.Runtime', inState(roots.scope.state, said));
}

/** `*` stands for any text; `\*` and `\\` for a star and a backslash. */
function matches(value: string, pattern: string): boolean {
  const source = pattern.replace(/\\([*\\])|\*|[^*\\]+|\\/g, (part, escaped: string | undefined) =>
    part === '*' ? '.*' : (escaped ?? part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`, 's').test(value);
}
