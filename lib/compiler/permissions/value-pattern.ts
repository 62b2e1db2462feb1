import type { Template } from '../../language/expression.ts';
import type { ParameterSource } from '../../language/source.ts';
import { soleExpression, type Value } from '../analyse/value.ts';

/** More values than this are better told by a wildcard than listed. */
const MAX_VALUES = 20;

/**
 * The texts a value can have, as IAM patterns: literal text stands, what is known only at run time is `*`,
 * a parameter with an `enum` gives one text a value.
 *
 * A literal `*` or `?` must not become a wildcard, so it is replaced by `?`, which matches one character.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function valuePatterns(value: Value, parameters: readonly ParameterSource[]): readonly string[] {
  if (value.kind === 'literal') return typeof value.value === 'string' ? [escapeWildcards(value.value)] : ['*'];
  if (value.kind === 'list') return unique(value.items.flatMap((item) => valuePatterns(item, parameters)));
  if (value.kind === 'structure') return ['*'];
  const listed = enumOf(value.template, parameters);
  if (listed !== undefined) return listed.map(escapeWildcards);
  const pattern = value.template.map((part) => (part.kind === 'text' ? escapeWildcards(part.text) : '*')).join('');
  return [pattern.replace(/\*+/g, '*')];
}

function enumOf(template: Template, parameters: readonly ParameterSource[]): readonly string[] | undefined {
  const node = soleExpression(template)?.node;
  if (node?.kind !== 'reference' || node.root !== 'params' || node.path.length !== 1) return undefined;
  const [field] = node.path;
  const parameter = parameters.find(({ name }) => field?.kind === 'field' && field.name === name);
  const values = parameter?.enum?.map(String);
  return values !== undefined && values.length <= MAX_VALUES ? values : undefined;
}

function escapeWildcards(text: string): string {
  return text.replace(/[*?]/g, '?');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
