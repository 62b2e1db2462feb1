import type { ParameterSource } from '../../language/source.ts';
import type { ContextKey } from '../resolve/resolution.ts';
import { soleExpression, type Value } from './value.ts';

/** What is known of a context value before the call is: its type, and its value where it is a literal. */
export function contextKey(key: string, value: Value, parameters: readonly ParameterSource[]): ContextKey {
  if (value.kind === 'literal') {
    return { key, type: typeOfLiteral(value.value), literal: value.value };
  }
  if (value.kind === 'list') {
    const strings = value.items.every((item) => item.kind === 'template' || typeof literalOf(item) === 'string');
    return { key, type: strings ? 'string_list' : undefined };
  }
  if (value.kind === 'structure') return { key, type: undefined };
  const expression = soleExpression(value.template);
  if (expression === undefined) return { key, type: 'string' };
  return { key, type: typeOfExpression(expression.node, parameters) };
}

function typeOfExpression(
  node: { readonly kind: string; readonly root?: string; readonly path?: readonly unknown[] },
  parameters: readonly ParameterSource[],
): ContextKey['type'] {
  if (node.kind !== 'reference') return undefined;
  if (node.root === 'params') {
    const [field] = (node.path ?? []) as readonly { readonly kind: string; readonly name?: string }[];
    return parameters.find((parameter) => parameter.name === field?.name)?.type;
  }
  return node.root === 'steps' || node.root === 'item' ? undefined : 'string';
}

function literalOf(value: Value): unknown {
  return value.kind === 'literal' ? value.value : undefined;
}

function typeOfLiteral(value: string | number | boolean | null): ContextKey['type'] {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return undefined;
}
