import type { Argument, BytecodeParameter, Expression, Origin } from '../bytecode.ts';
import { parameterChecks } from '../parameter-checks.ts';

/**
 * The assertion that a value fits a parameter of another workflow: the very conditions that a run of that workflow
 * checks its input with, over the value that takes the parameter's place.
 */
export function toAssertion(
  value: Expression,
  parameter: BytecodeParameter,
  { workflow }: Origin,
): { readonly that: Expression; readonly message: Argument } {
  const checks = parameterChecks(parameter, '$value');
  const words = checks.map((check) => check.words).join('; ');
  // JSONata gives one value instead of a list of one.
  const list = parameter.type === 'string_list' && !value.jsonata.startsWith('[');
  const holds = checks.map((check) => `(${check.holds})`).join(' and ');
  const all = parameter.required || parameter.default !== undefined ? holds : `$not($exists($value)) or (${holds})`;
  return {
    that: {
      source: `${value.source.replace(/^\$\{|\}$/g, '')} is ${words}`,
      jsonata: `($value := ${list ? `[${value.jsonata}]` : value.jsonata}; ${all})`,
    },
    message: {
      kind: 'literal',
      value: `Parameter ${parameter.name} of workflow ${workflow} must be: ${words}`,
    },
  };
}
