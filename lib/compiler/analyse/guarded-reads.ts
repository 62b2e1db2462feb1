import type { ExpressionNode } from '../../language/expression.ts';
import { type PlacedReference, type ReferenceNode, soleExpression, type Value } from './value.ts';

/** Steps and parameters that are known to be there, as `steps.<id>` and `params.<name>`. */
export type Facts = ReadonlySet<string>;

export const NO_FACTS: Facts = new Set();

/** `steps.find` of `steps.find.DBInstances[0]`; `undefined` for what is always there. */
export function subjectOf({ root, path }: ReferenceNode): string | undefined {
  const [field] = path;
  return (root === 'steps' || root === 'params') && field?.kind === 'field' ? `${root}.${field.name}` : undefined;
}

/** What is there where a condition holds; nothing for a value that is no single expression. */
export function factsWhen(condition: Value | undefined): Facts {
  const expression = condition?.kind === 'template' ? soleExpression(condition.template) : undefined;
  return expression === undefined ? NO_FACTS : factsOf(expression.node, true);
}

/**
 * The reads of a value that nothing guards, in the order they are written. `$exists` guards what it asks for, and
 * with it the branch of a condition that its answer leads to, and what stands behind it in `and` and `or`.
 * @param given what is there before the value is evaluated
 */
export function unguardedReads(value: Value, given: Facts): readonly PlacedReference[] {
  if (value.kind === 'list') return value.items.flatMap((item) => unguardedReads(item, given));
  if (value.kind === 'structure') return value.entries.flatMap(([, entry]) => unguardedReads(entry, given));
  if (value.kind === 'literal') return [];
  return value.template.flatMap((part) => {
    if (part.kind === 'text') return [];
    return readsIn(part.node, given).map((node) => ({
      node,
      path: value.path,
      from: part.from + node.from,
      to: part.from + node.to,
    }));
  });
}

/** What is there where an expression is true, or where it is false. */
function factsOf(node: ExpressionNode, truth: boolean): Facts {
  if (node.kind === 'call') {
    const [argument] = node.args;
    if (argument === undefined) return NO_FACTS;
    if (node.name === 'not') return factsOf(argument, !truth);
    if (node.name === 'boolean') return factsOf(argument, truth);
    const subject = node.name === 'exists' && truth && argument.kind === 'reference' ? subjectOf(argument) : undefined;
    return subject === undefined ? NO_FACTS : new Set([subject]);
  }
  if (node.kind !== 'binary' || (node.operator !== 'and' && node.operator !== 'or')) return NO_FACTS;
  const [left, right] = [factsOf(node.left, truth), factsOf(node.right, truth)];
  // A true `and` has two true sides, a false `or` two false ones; of the others one side is as said.
  return (node.operator === 'and') === truth ? union(left, right) : new Set([...left].filter((one) => right.has(one)));
}

function readsIn(node: ExpressionNode, given: Facts): readonly ReferenceNode[] {
  const all = (nodes: readonly (ExpressionNode | undefined)[]): readonly ReferenceNode[] =>
    nodes.flatMap((one) => (one === undefined ? [] : readsIn(one, given)));
  switch (node.kind) {
    case 'reference': {
      const subject = subjectOf(node);
      const own = subject === undefined || given.has(subject) ? [] : [node];
      return [...own, ...inFilters(node, given)];
    }
    case 'literal':
      return [];
    case 'unary':
      return readsIn(node.operand, given);
    case 'binary': {
      const logical = node.operator === 'and' || node.operator === 'or';
      const then = logical ? union(given, factsOf(node.left, node.operator === 'and')) : given;
      return [...readsIn(node.left, given), ...readsIn(node.right, then)];
    }
    case 'condition': {
      const then = readsIn(node.then, union(given, factsOf(node.test, true)));
      const otherwise = node.otherwise && readsIn(node.otherwise, union(given, factsOf(node.test, false)));
      return [...readsIn(node.test, given), ...then, ...(otherwise ?? [])];
    }
    case 'call': {
      const [argument] = node.args;
      return node.name === 'exists' && argument?.kind === 'reference' ? inFilters(argument, given) : all(node.args);
    }
    case 'selection':
      return readsIn(node.of, given);
    case 'array':
      return all(node.items);
    case 'object':
      return all(node.entries.flatMap(({ key, value }) => [key, value]));
  }
}

function inFilters({ path }: Pick<ReferenceNode, 'path'>, given: Facts): readonly ReferenceNode[] {
  return path.flatMap((part) => (part.kind === 'filter' ? readsIn(part.test, given) : []));
}

function union(left: Facts, right: Facts): Facts {
  return new Set([...left, ...right]);
}
