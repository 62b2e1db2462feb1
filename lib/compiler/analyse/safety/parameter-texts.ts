import type { ParameterSource } from '../../../language/source.ts';
import type { Analysis } from '../analysis.ts';
import { constraintsOn } from './constraints-on.ts';
import { alternative, exactly, intersection, type Texts, textOf } from './texts.ts';
import { textsOfPattern } from './texts-of-pattern.ts';

const DIGITS = '0123456789';

/** The texts of a number: JSONata writes `-1`, `0.5`, `1e+21`. */
export const NUMBER_TEXTS: Texts = {
  ...textOf(`${DIGITS}-+.e`, 25),
  first: new Set(`${DIGITS}-`),
};

export const TRUTH_TEXTS: Texts = textOf('truefals', 5);

/**
 * What a parameter's value is held to before a run makes its first call: by its `enum`, its own `pattern`, and the
 * documented rules of the members it goes into. `undefined` where nothing certain is known of its characters.
 */
export function textsOfParameter(parameter: ParameterSource, analysis: Analysis): Texts | undefined {
  switch (parameter.type) {
    case 'string':
      return parameter.enum === undefined ? textsOfRules(parameter, analysis) : textsOfEnum(parameter.enum);
    case 'integer':
    case 'number':
      return parameter.min !== undefined && parameter.min >= 0
        ? { ...NUMBER_TEXTS, first: new Set(DIGITS) }
        : NUMBER_TEXTS;
    case 'boolean':
      return TRUTH_TEXTS;
    case 'string_list':
      return undefined;
  }
}

function textsOfEnum(values: readonly (string | number)[]): Texts | undefined {
  const texts = values.map((value) => exactly(String(value)));
  return texts.some((one) => one === undefined)
    ? undefined
    : texts.filter((one) => one !== undefined).reduce(alternative);
}

/** Every rule holds, so that what one of them excludes is excluded. */
function textsOfRules(parameter: ParameterSource, analysis: Analysis): Texts | undefined {
  const constraints = constraintsOn(parameter.name, analysis);
  const patterns = constraints.flatMap(({ pattern }) => pattern ?? []);
  const own = parameter.pattern === undefined ? [] : [parameter.pattern];
  for (const pattern of [...own, ...(analysis.patterns.get(parameter.name) ?? [])]) patterns.push(`^(?:${pattern})$`);
  const known = patterns.map(textsOfPattern).filter((texts) => texts !== undefined);
  if (known.length === 0) return undefined;
  const texts = known.reduce(intersection);
  const lengths = [parameter.max_length, ...constraints.map(({ maxLength }) => maxLength)];
  return { ...texts, maxLength: Math.min(texts.maxLength, ...lengths.filter((length) => length !== undefined)) };
}
