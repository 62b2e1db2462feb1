import type { ExpressionNode, PathPart, Template, TemplateExpression } from '../../language/expression.ts';
import { parseTemplate } from '../../language/parse-template.ts';
import { printExpression, type ReferenceNode } from '../../language/print-expression.ts';
import { readJsonTemplate } from '../analyse/safety/json-template.ts';
import { followPath } from './follow-path.ts';
import { printTemplate } from './print-template.ts';

/** What stands for `params.<name>` or `steps.<name>.<output>` from now on. */
export interface Replacement {
  /** As a template: text, expressions, or both. Nothing at all where a parameter is not given. */
  readonly template: Template | undefined;
  /** As its author wrote it, where it can be put in place of a whole value. */
  readonly plain?: unknown;
  /** How many parts of the path the replacement takes the place of. */
  readonly takes: number;
  /** Steps whose result is a list, as they have for_each. */
  readonly lists: ReadonlySet<string>;
}

/** Gives what stands for a reference; `undefined` where it stays. */
export type Replace = (node: ReferenceNode) => Replacement | ReferenceNode | undefined;

/** A path that cannot be followed into what was put in its place. */
export class PathIntoValue extends Error {
  readonly reference: string;

  constructor(reference: string) {
    super(reference);
    this.reference = reference;
  }
}

const AT = { from: 0, to: 0 } as const;
/** JSONata for nothing at all: a condition that fails and has no other side. */
const NOTHING = condition({ kind: 'literal', value: false, ...AT }, { kind: 'literal', value: null, ...AT }, undefined);

/** `test ? then : otherwise` */
export function condition(
  test: ExpressionNode,
  then: ExpressionNode,
  otherwise: ExpressionNode | undefined,
): ExpressionNode {
  return { kind: 'condition', test, then, otherwise, ...AT };
}

/** A template as one expression that gives the same. */
export function toNode(template: Template | undefined): ExpressionNode {
  if (template === undefined) return NOTHING;
  const nodes = template.map(
    (part): ExpressionNode => (part.kind === 'text' ? { kind: 'literal', value: part.text, ...AT } : part.node),
  );
  const [first, ...rest] = nodes;
  if (first === undefined) return { kind: 'literal', value: '', ...AT };
  return rest.reduce((left, right) => ({ kind: 'binary', operator: '&', left, right, ...AT }), first);
}

/** An expression as a part of a template. */
export function toPart(node: ExpressionNode): TemplateExpression {
  return { kind: 'expression', source: printExpression(node), node, ...AT };
}

/** The whole replacement, where a text is one expression and that is what is replaced. */
export function soleReplacement(text: string, replace: Replace): Replacement | undefined {
  const [only, ...others] = parseTemplate(text).template;
  if (only?.kind !== 'expression' || others.length > 0 || only.node.kind !== 'reference') return undefined;
  const found = replace(only.node);
  return found !== undefined && 'takes' in found && only.node.path.length === found.takes ? found : undefined;
}

/**
 * A text with its references replaced, as text again. What is text stays text, so that a literal that is given for a
 * parameter is one afterwards; inside JSON it stays an expression, which is escaped there.
 * @throws {PathIntoValue} where a path goes on into a value that is no path
 */
export function substituteText(text: string, replace: Replace): string {
  const { template, problems } = parseTemplate(text);
  if (problems.length > 0 || !changes(template, replace)) return text;
  const whole = soleReplacement(text, replace);
  if (whole?.template !== undefined) return printTemplate(whole.template);
  const splice = template.length > 1 && readJsonTemplate(template) === undefined;
  return printTemplate(
    template.flatMap((part): Template => {
      if (part.kind === 'text') return [part];
      const { node } = part;
      const found = node.kind === 'reference' ? replace(node) : undefined;
      const spliced = splice && found !== undefined && 'takes' in found && found.takes === refLength(node);
      return spliced && found.template !== undefined ? found.template : [toPart(substituteNode(node, replace))];
    }),
  );
}

function refLength(node: ExpressionNode): number {
  return node.kind === 'reference' ? node.path.length : 0;
}

function changes(template: Template, replace: Replace): boolean {
  let changed = false;
  const look: Replace = (node) => {
    if (replace(node) !== undefined) changed = true;
    return undefined;
  };
  for (const part of template) if (part.kind === 'expression') substituteNode(part.node, look);
  return changed;
}

/**
 * An expression with its references replaced.
 * @throws {PathIntoValue} as {@link substituteText} does
 */
export function substituteNode(node: ExpressionNode, replace: Replace): ExpressionNode {
  const inner = (one: ExpressionNode): ExpressionNode => substituteNode(one, replace);
  switch (node.kind) {
    case 'literal':
      return node;
    case 'reference':
      return substituteReference(node, replace);
    case 'unary':
      return { ...node, operand: inner(node.operand) };
    case 'binary':
      return { ...node, left: inner(node.left), right: inner(node.right) };
    case 'condition': {
      const otherwise = node.otherwise === undefined ? undefined : inner(node.otherwise);
      return condition(inner(node.test), inner(node.then), otherwise);
    }
    case 'call':
      return { ...node, args: node.args.map(inner) };
    case 'selection':
      return { ...node, of: inner(node.of) };
    case 'array':
      return { ...node, items: node.items.map(inner) };
    case 'object':
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key: inner(key), value: inner(value) })) };
  }
}

function substituteReference(node: ReferenceNode, replace: Replace): ExpressionNode {
  const found = replace(node);
  const parts = (path: readonly PathPart[]): readonly PathPart[] =>
    path.map((part) => (part.kind === 'filter' ? { ...part, test: substituteNode(part.test, replace) } : part));
  if (found === undefined) return { ...node, path: parts(node.path) };
  if (!('takes' in found)) return { ...found, path: parts(found.path) };
  const rest = parts(node.path.slice(found.takes));
  const base = toNode(found.template);
  if (rest.length === 0 || found.template === undefined) return base;
  const followed = followPath(base, rest, found.lists);
  if (followed === undefined) throw new PathIntoValue(printExpression(node));
  return followed;
}
