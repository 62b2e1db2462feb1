import type { ExpressionNode } from '../../../language/expression.ts';
import type { ReferenceNode } from '../value.ts';

/** Functions whose result says of their argument how much of it there is, or that there is some, and no more. */
const SAYING_LITTLE: ReadonlySet<string> = new Set(['exists', 'not', 'boolean', 'count', 'length', 'type', 'contains']);
/** What is compared gives true or false. */
const COMPARING: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or']);

/** The references whose values an expression's own value can show, whole or in part. */
export function shownReferences(node: ExpressionNode): readonly ReferenceNode[] {
  switch (node.kind) {
    case 'reference':
      return [node];
    case 'literal':
      return [];
    case 'unary':
      return shownReferences(node.operand);
    case 'binary':
      return COMPARING.has(node.operator) ? [] : [...shownReferences(node.left), ...shownReferences(node.right)];
    case 'condition':
      return [node.then, node.otherwise].flatMap((part) => (part === undefined ? [] : shownReferences(part)));
    case 'call':
      return SAYING_LITTLE.has(node.name) ? [] : node.args.flatMap(shownReferences);
    case 'selection':
      return shownReferences(node.of);
    case 'array':
      return node.items.flatMap(shownReferences);
    case 'object':
      return node.entries.flatMap(({ key, value }) => [...shownReferences(key), ...shownReferences(value)]);
  }
}
