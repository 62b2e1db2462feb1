import type { ExpressionNode, PathPart } from '../../language/expression.ts';
import type { ReferenceNode } from '../../language/print-expression.ts';

/**
 * What a path gives that goes on from a value; `undefined` where that cannot be written as a path. `lists` are the
 * steps whose result is a list.
 */
export function followPath(
  base: ExpressionNode,
  rest: readonly PathPart[],
  lists: ReadonlySet<string>,
): ExpressionNode | undefined {
  return base.kind === 'reference' ? follow(base, rest, lists) : pick(base, rest);
}

/** A path that goes on. An index counts within each entry before it, so before one there may only be one entry. */
function follow(
  base: ReferenceNode,
  rest: readonly PathPart[],
  lists: ReadonlySet<string>,
): ExpressionNode | undefined {
  const path = [...base.path];
  for (const part of rest) {
    if (part.kind === 'index' && !endsInOneList(base.root, path, lists)) return undefined;
    path.push(part);
  }
  return { ...base, path };
}

/** True where at most the last field of a path is a list: each other one that may be a list has an index behind it. */
function endsInOneList(root: string, path: readonly PathPart[], lists: ReadonlySet<string>): boolean {
  const [first] = path;
  const start = root === 'steps' && first?.kind === 'field' && !lists.has(first.name) ? 1 : 0;
  if (path.at(-1)?.kind === 'filter') return false;
  return path
    .slice(start)
    .every((part, at, all) => part.kind === 'index' || at === all.length - 1 || all[at + 1]?.kind === 'index');
}

/** One entry of a list that is written out. */
function pick(base: ExpressionNode, rest: readonly PathPart[]): ExpressionNode | undefined {
  const [part, ...others] = rest;
  if (base.kind !== 'array' || part?.kind !== 'index' || others.length > 0) return undefined;
  return base.items.at(part.index);
}
