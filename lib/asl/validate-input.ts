import type { BytecodeParameter } from '../compiler/bytecode.ts';
import { parameterChecks } from '../compiler/parameter-checks.ts';

/** One rule of the first state: when `Condition` holds, the run fails with `problem` and the value at fault. */
export interface InputRule {
  readonly Comment: string;
  readonly Condition: string;
  readonly Assign: { readonly problem: string; readonly value: string | null };
}

/**
 * The message of a failed rule: the value is cut to 80 characters, and none is left that a terminal or a reader
 * could be misled by.
 */
export const PROBLEM_CAUSE =
  '{% $problem & ($value = null ? "" : "; it is " & ' +
  '$replace($substring($type($value) = "string" ? "\\"" & $value & "\\"" : $string($value), 0, 80), /[^ -~]/, "?")) %}';

/**
 * What the first state checks, in order. A state machine can be started past the endpoint, from the console or
 * by anyone with states:StartExecution, so the rules on parameters have to hold here as well.
 */
export function inputRules(parameters: readonly BytecodeParameter[]): readonly InputRule[] {
  const names = parameters.map(({ name }) => name);
  const unknown = `$keys($states.input)[$not($ in ${JSON.stringify(names)})]`;
  return [
    rule('The input is an object', '$type($states.input) != "object"', 'The input must be an object', '$states.input'),
    rule(
      'Every name is a parameter',
      `$count(${unknown}) > 0`,
      `The input may only have the parameters of this workflow (${names.join(', ') || 'it has none'})`,
      `${unknown}[0]`,
    ),
    ...parameters.flatMap(rulesOf),
  ];
}

function rulesOf(parameter: BytecodeParameter): readonly InputRule[] {
  const { name, required, sensitive } = parameter;
  const value = `$states.input.${name}`;
  const checks = parameterChecks(parameter, value).map(({ holds, words }) => {
    const broken = required ? `$not(${holds})` : `$exists(${value}) and $not(${holds})`;
    return rule(`${name} is ${words}`, broken, `Parameter ${name} must be ${words}`, sensitive ? null : value);
  });
  if (!required) return checks;
  return [rule(`${name} is given`, `$not($exists(${value}))`, `Parameter ${name} is required`, null), ...checks];
}

function rule(comment: string, condition: string, problem: string, value: string | null): InputRule {
  return {
    Comment: comment,
    Condition: `{% ${condition} %}`,
    Assign: { problem, value: value === null ? null : `{% ${value} %}` },
  };
}
