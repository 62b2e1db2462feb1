import type { Template } from '../../language/expression.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { Value } from '../analyse/value.ts';
import { wildcardOfPattern } from './wildcard-of-pattern.ts';

/** More values than this are better told by a wildcard than listed. */
const MAX_VALUES = 20;

/** What only a deployment knows, and fills into an ARN; the same names as in IAM's ARN templates. */
const DEPLOYMENT: ReadonlyMap<string, string> = new Map([
  ['partition', '${Partition}'],
  ['region', '${Region}'],
  ['account', '${Account}'],
]);

/**
 * The texts a value can have, as IAM patterns: literal text stands, a parameter with an `enum` gives one text a
 * value, one with a `pattern` the fixed text of it, and what is known only at run time is `*`.
 *
 * A literal `*`, `?` or `$` must not become a wildcard or a policy variable, so it is replaced by `?`, which matches
 * one character.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function valuePatterns(value: Value, parameters: readonly ParameterSource[]): readonly string[] {
  switch (value.kind) {
    case 'literal':
      return value.value === null || typeof value.value === 'boolean' ? ['*'] : [escapePattern(String(value.value))];
    case 'list':
      return unique(value.items.flatMap((item) => valuePatterns(item, parameters)));
    case 'structure':
      return ['*'];
    case 'template':
      return templatePatterns(value.template, parameters);
  }
}

/** Text as a pattern that matches it and hardly anything else. */
export function escapePattern(text: string): string {
  return text.replace(/[*?$]/gu, '?');
}

function templatePatterns(template: Template, parameters: readonly ParameterSource[]): readonly string[] {
  const parts = template.map((part) => partPatterns(part, parameters));
  const count = parts.reduce((product, { length }) => product * length, 1);
  const choices = count <= MAX_VALUES ? parts : parts.map((texts) => (texts.length === 1 ? texts : ['*']));
  const texts = choices.reduce<readonly string[]>(
    (starts, ends) => starts.flatMap((start) => ends.map((end) => start + end)),
    [''],
  );
  return unique(texts.map((text) => text.replace(/\*+/g, '*')));
}

function partPatterns(part: Template[number], parameters: readonly ParameterSource[]): readonly string[] {
  if (part.kind === 'text') return [escapePattern(part.text)];
  const { node } = part;
  if (node.kind !== 'reference') return ['*'];
  if (node.path.length === 0) return [DEPLOYMENT.get(node.root) ?? '*'];
  const [field, ...rest] = node.path;
  if (node.root !== 'params' || field?.kind !== 'field' || rest.length > 0) return ['*'];
  const parameter = parameters.find(({ name }) => name === field.name);
  if (parameter?.enum !== undefined && parameter.enum.length <= MAX_VALUES) {
    return parameter.enum.map((text) => escapePattern(String(text)));
  }
  return [parameter?.pattern === undefined ? '*' : wildcardOfPattern(parameter.pattern)];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
