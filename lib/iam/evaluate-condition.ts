import {
  arnMatches,
  contextValues,
  patternMatches,
  type RequestContext,
  type Substitution,
} from './match-wildcards.ts';

type ConditionValue = string | number | boolean;

/** Operator → key → values. */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>
>;

/**
 * Whether every operator and every key of a Condition element holds. Throws for an operator that is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsHold(block: ConditionBlock, context: RequestContext, substitute: Substitution): boolean {
  return Object.entries(block).every(([name, keys]) => {
    const operator = parseOperator(name);
    return Object.entries(keys).every(([key, value]) => {
      const wanted = (Array.isArray(value) ? value : [value]).map(String);
      return holds(operator, wanted, contextValues(context, key), substitute);
    });
  });
}

/** Whether one value of the request fits one value of the policy. */
type Test = (wanted: string, given: string, substitute: Substitution) => boolean;

interface Operator {
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  readonly negated: boolean;
  /** Undefined for `Null`, which asks whether there is a key at all. */
  readonly test: Test | undefined;
}

/**
 * - A missing key fails an operator, unless that is negated, ends in IfExists, or begins with ForAllValues;
 *   with ForAnyValue it always fails.
 * - Of several values in the policy one must fit; with a negated operator, none may.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holds(
  { quantifier, ifExists, negated, test }: Operator,
  wanted: readonly string[],
  given: readonly string[] | undefined,
  substitute: Substitution,
): boolean {
  const missing = given === undefined || given.length === 0;
  if (test === undefined) return wanted.some((value) => value.toLowerCase() === String(missing));
  const fits = (value: string): boolean => wanted.some((candidate) => test(candidate, value, substitute)) !== negated;
  if (quantifier === 'ForAllValues') return missing || given.every(fits);
  if (quantifier === 'ForAnyValue') return !missing && given.some(fits);
  if (missing) return ifExists || negated;
  return negated ? given.every(fits) : given.some(fits);
}

function parseOperator(name: string): Operator {
  const [, quantifier, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(name) ?? [];
  const lower = base.toLowerCase();
  const known = OPERATORS[lower];
  if (lower !== 'null' && known === undefined) throw new Error(`Unknown condition operator: ${name}`);
  const { test, negated } = known ?? { test: undefined, negated: false };
  return {
    quantifier: QUANTIFIERS[quantifier?.toLowerCase() ?? ''],
    ifExists: ifExists !== undefined,
    negated,
    test,
  };
}

const QUANTIFIERS: Readonly<Record<string, Operator['quantifier']>> = {
  forallvalues: 'ForAllValues',
  foranyvalue: 'ForAnyValue',
};

const equal: Test = (wanted, given, substitute) => patternMatches(literalPattern(wanted), given, substitute);
const equalIgnoringCase: Test = (wanted, given, substitute) =>
  patternMatches(literalPattern(wanted.toLowerCase()), given.toLowerCase(), (name) => substitute(name)?.toLowerCase());
const like: Test = patternMatches;
const arn: Test = (wanted, given, substitute) => arnMatches(wanted, given, substitute);
const truth: Test = (wanted, given) => wanted.toLowerCase() === given.toLowerCase();

const compared =
  (toNumber: (text: string) => number, compare: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) => {
    const [left, right] = [toNumber(given), toNumber(wanted)];
    return !Number.isNaN(left) && !Number.isNaN(right) && compare(left, right);
  };
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
/** ISO 8601, or seconds since the epoch. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const OPERATORS: Readonly<Record<string, { readonly test: Test; readonly negated: boolean }>> = {
  stringequals: { test: equal, negated: false },
  stringnotequals: { test: equal, negated: true },
  stringequalsignorecase: { test: equalIgnoringCase, negated: false },
  stringnotequalsignorecase: { test: equalIgnoringCase, negated: true },
  stringlike: { test: like, negated: false },
  stringnotlike: { test: like, negated: true },
  // AWS: ArnEquals and ArnLike behave identically.
  arnequals: { test: arn, negated: false },
  arnlike: { test: arn, negated: false },
  arnnotequals: { test: arn, negated: true },
  arnnotlike: { test: arn, negated: true },
  bool: { test: truth, negated: false },
  ...comparisons('numeric', numberOf),
  ...comparisons('date', timeOf),
};

function comparisons(
  prefix: string,
  toNumber: (text: string) => number,
): Readonly<Record<string, { readonly test: Test; readonly negated: boolean }>> {
  return {
    [`${prefix}equals`]: { test: compared(toNumber, (given, wanted) => given === wanted), negated: false },
    [`${prefix}notequals`]: { test: compared(toNumber, (given, wanted) => given === wanted), negated: true },
    [`${prefix}lessthan`]: { test: compared(toNumber, (given, wanted) => given < wanted), negated: false },
    [`${prefix}lessthanequals`]: { test: compared(toNumber, (given, wanted) => given <= wanted), negated: false },
    [`${prefix}greaterthan`]: { test: compared(toNumber, (given, wanted) => given > wanted), negated: false },
    [`${prefix}greaterthanequals`]: { test: compared(toNumber, (given, wanted) => given >= wanted), negated: false },
  };
}

/** Wildcards mean nothing to the operators of equality, policy variables do. */
function literalPattern(text: string): string {
  return text.replace(/(\$\{[^}]*\})|[*?]/g, (match, variable?: string) => variable ?? `\${${match}}`);
}
