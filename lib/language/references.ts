import type { ExpressionNode } from './expression.ts';
import type { ReferenceNode } from './print-expression.ts';

/**
 * Every reference in an expression in the order they are written, those in filters, arguments and entries included.
 * References with the root `''` are fields of the item that a filter looks at.
 */
export function referencesOf(node: ExpressionNode): readonly ReferenceNode[] {
  switch (node.kind) {
    case 'reference':
      return [node, ...node.path.flatMap((part) => (part.kind === 'filter' ? referencesOf(part.test) : []))];
    case 'literal':
      return [];
    case 'unary':
      return referencesOf(node.operand);
    case 'binary':
      return [...referencesOf(node.left), ...referencesOf(node.right)];
    case 'condition':
      return [node.test, node.then, node.otherwise].flatMap((part) => (part === undefined ? [] : referencesOf(part)));
    case 'call':
      return node.args.flatMap(referencesOf);
    case 'selection':
      return referencesOf(node.of);
    case 'array':
      return node.items.flatMap(referencesOf);
    case 'object':
      return node.entries.flatMap(({ key, value }) => [...referencesOf(key), ...referencesOf(value)]);
  }
}
