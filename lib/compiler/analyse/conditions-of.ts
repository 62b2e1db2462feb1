import type { ExpressionNode } from '../../language/expression.ts';
import { parseTemplate } from '../../language/parse-template.ts';
import { printExpression } from '../../language/print-expression.ts';
import { soleExpression } from './value.ts';

/**
 * True where a step with the condition `when` runs only if one with the condition `other` does. With `before`, an
 * offset into `when`, that is asked where this part of it is looked at: what stands behind has not been looked at yet.
 */
export function impliesWhen(
  when: string | undefined,
  other: string | undefined,
  before = Number.POSITIVE_INFINITY,
): boolean {
  if (other === undefined) return true;
  if (when === undefined) return false;
  if (when === other && before === Number.POSITIVE_INFINITY) return true;
  const given = new Set(conditionsOf(when, before));
  return conditionsOf(other).every((condition) => given.has(condition));
}

/** The conditions that all have to hold: `a and b`, and `a ? b : false`, are two. */
function conditionsOf(when: string, before = Number.POSITIVE_INFINITY): readonly string[] {
  const expression = soleExpression(parseTemplate(when).template);
  if (expression === undefined) return [when];
  return partsOf(expression.node)
    .filter(({ to }) => expression.from + to <= before)
    .map((node) => printExpression(node));
}

function partsOf(node: ExpressionNode): readonly ExpressionNode[] {
  if (node.kind === 'binary' && node.operator === 'and') return [...partsOf(node.left), ...partsOf(node.right)];
  const { otherwise } = node.kind === 'condition' ? node : { otherwise: undefined };
  if (node.kind !== 'condition' || otherwise?.kind !== 'literal' || otherwise.value !== false) return [node];
  return [...partsOf(node.test), ...partsOf(node.then)];
}
