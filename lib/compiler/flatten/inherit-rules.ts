import type { ParameterSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import type { BytecodeParameter } from '../bytecode.ts';
import { checkValue } from '../check-value.ts';
import type { Expansion } from './expand-step.ts';

interface Inherited {
  readonly parameters: readonly ParameterSource[];
  /** By parameter: patterns besides its own. */
  readonly patterns: ReadonlyMap<string, readonly string[]>;
}

/** Each parameter with the rules of the parameters of other workflows that it is given to: a run checks them first. */
export function inheritRules(
  parameters: readonly ParameterSource[],
  expansions: ReadonlyMap<string, Expansion>,
  report: Report,
): Inherited {
  const patterns = new Map<string, readonly string[]>();
  const changed = parameters.map((own, index) => {
    let parameter = own;
    for (const { given, workflow } of expansions.values()) {
      for (const [name, { parameter: from }] of given) {
        const other = workflow.flat.parsed.workflow.parameters?.find((one) => one.name === name);
        const compiled = workflow.bytecode.parameters.find((one) => one.name === name);
        if (from !== own.name || other === undefined || compiled === undefined) continue;
        checkOwnValues(own, index, compiled, workflow.bytecode.metadata.name, report);
        parameter = withRulesOf(parameter, other);
        const more = [other.pattern, ...(workflow.flat.patterns.get(name) ?? [])].filter((text) => text !== undefined);
        for (const pattern of more) {
          // Where there is none, it is as good as its own: permissions are narrowed by it.
          if (parameter.pattern === undefined) parameter = { ...parameter, pattern };
          else if (parameter.pattern !== pattern) {
            patterns.set(own.name, [...new Set([...(patterns.get(own.name) ?? []), pattern])]);
          }
        }
      }
    }
    if (parameter.enum !== undefined && parameter.enum.length === 0) {
      const message = `no value is allowed by all the workflows that parameter "${own.name}" is given to`;
      report({ code: 'WF3017', path: ['parameters', index, 'name'], message, hint: 'give them different parameters' });
    }
    return parameter;
  });
  return { parameters: changed, patterns };
}

/** What the caller itself allows, or falls back to, has to be something that the other workflow takes. */
function checkOwnValues(
  own: ParameterSource,
  index: number,
  parameter: BytecodeParameter,
  workflow: string,
  report: Report,
): void {
  const { min_length: _, max_length: __, ...ofEntries } = parameter;
  const check = (value: unknown, path: readonly (string | number)[], rules: BytecodeParameter): void => {
    const broken = checkValue(rules, value);
    if (broken === undefined) return;
    const message = `${broken.message.replace(/^Parameter /, 'parameter ')}, of workflow "${workflow}", which it is given to`;
    const at = ['parameters', index, ...path];
    report({ code: 'WF3017', path: at, message, hint: 'leave out the value, or give the other workflow another' });
  };
  if (own.default !== undefined) check(own.default, ['default'], parameter);
  for (const [at, value] of (own.enum ?? []).entries()) {
    // An entry of a list, which says nothing of the list's length.
    if (own.type === 'string_list') check([value], ['enum', at], ofEntries);
    else check(value, ['enum', at], parameter);
  }
}

function withRulesOf(own: ParameterSource, other: ParameterSource): ParameterSource {
  const allowed = own.enum === undefined ? other.enum : own.enum.filter((value) => other.enum?.includes(value) ?? true);
  return {
    ...own,
    ...(allowed === undefined ? {} : { enum: allowed }),
    ...tightest('min', Math.max, own, other),
    ...tightest('max', Math.min, own, other),
    ...tightest('min_length', Math.max, own, other),
    ...tightest('max_length', Math.min, own, other),
  };
}

function tightest(
  rule: 'min' | 'max' | 'min_length' | 'max_length',
  choose: (...values: number[]) => number,
  ...parameters: readonly ParameterSource[]
): Partial<ParameterSource> {
  const values = parameters.map((one) => one[rule]).filter((value) => value !== undefined);
  return values.length === 0 ? {} : { [rule]: choose(...values) };
}
