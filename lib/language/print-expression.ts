import { type ExpressionNode, type PathPart, ROOTS } from './expression.ts';
import { LEFT_POWER, WORD_OPERATORS } from './operators.ts';

export type ReferenceNode = Extract<ExpressionNode, { kind: 'reference' }>;
export type CallNode = Extract<ExpressionNode, { kind: 'call' }>;

export interface Rename {
  /**
   * The JSONata text of a whole reference: a path, a variable, or anything else that binds as tightly as a call.
   * `print` prints a nested expression, such as the test of a filter, with the same renaming.
   */
  reference(node: ReferenceNode, print: (node: ExpressionNode) => string): string;
  /** The text of a call that is written otherwise; `undefined` for one that is not. */
  call?(node: CallNode, print: (node: ExpressionNode) => string): string | undefined;
}

/** Prints references as they are written in a workflow. */
export const AS_WRITTEN: Rename = { reference: printReference };

const UNARY = 70;
const TIGHTEST = 100;

/** The expression as JSONata text, with the fewest parentheses that keep its tree. */
export function printExpression(node: ExpressionNode, rename: Rename = AS_WRITTEN): string {
  const print = (inner: ExpressionNode): string => printExpression(inner, rename);
  const within = (inner: ExpressionNode, power: number): string =>
    powerOf(inner) < power ? `(${print(inner)})` : print(inner);
  switch (node.kind) {
    case 'reference':
      return rename.reference(node, print);
    case 'literal':
      return printLiteral(node.value);
    case 'unary':
      return printNegated(node.operand, within(node.operand, UNARY + 1));
    case 'binary': {
      const power = LEFT_POWER.get(node.operator) ?? 0;
      // A condition to the left would swallow the rest; equals group to the left.
      return `${within(node.left, power)} ${node.operator} ${within(node.right, power + 1)}`;
    }
    case 'condition': {
      const then = node.otherwise === undefined ? print(node.then) : beforeColon(node.then, print);
      const otherwise = node.otherwise === undefined ? '' : ` : ${print(node.otherwise)}`;
      return `${within(node.test, (LEFT_POWER.get('?') ?? 0) + 1)} ? ${then}${otherwise}`;
    }
    case 'call':
      return rename.call?.(node, print) ?? `$${node.name}(${node.args.map(print).join(', ')})`;
    case 'selection':
      // Without brackets the index would count within the last step of a path, not within all that it gives.
      return `(${print(node.of)})[${node.index}]`;
    case 'array':
      return `[${node.items.map(print).join(', ')}]`;
    case 'object':
      return `{${node.entries.map(({ key, value }) => `${beforeColon(key, print)}: ${print(value)}`).join(', ')}}`;
  }
}

/** A field's name as it stands in a path: in back quotes unless it is a plain identifier. */
export function printField(name: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name);
  if (plain) return name;
  if (name.includes('`')) throw new Error(`JSONata cannot write the field name ${JSON.stringify(name)}`);
  return `\`${name}\``;
}

/** `.name`, `[0]` or `[test]`. */
export function printPathPart(part: PathPart, print: (node: ExpressionNode) => string): string {
  if (part.kind === 'field') return `.${printField(part.name)}`;
  return part.kind === 'index' ? `[${part.index}]` : `[${print(part.test)}]`;
}

const RESERVED: ReadonlySet<string> = new Set([...WORD_OPERATORS, 'true', 'false', 'null', 'function']);

function printReference(node: ReferenceNode, print: (node: ExpressionNode) => string): string {
  const parts = node.path.map((part) => printPathPart(part, print));
  if (node.root !== '') return printField(node.root) + parts.join('');
  const [first, ...rest] = node.path;
  if (first?.kind !== 'field') return `$${parts.join('')}`;
  // A field that is called like a root is told from it by its back quotes.
  const name = ROOTS.some((root) => root === first.name) ? `\`${first.name}\`` : printField(first.name);
  return [name, ...parts.slice(1, rest.length + 1)].join('');
}

function printLiteral(value: string | number | boolean | null): string {
  return JSON.stringify(value);
}

/** A minus before a number would become part of it. */
function printNegated(operand: ExpressionNode, printed: string): string {
  return operand.kind === 'literal' && typeof operand.value === 'number' ? `-(${printed})` : `-${printed}`;
}

function powerOf(node: ExpressionNode): number {
  if (node.kind === 'binary') return LEFT_POWER.get(node.operator) ?? 0;
  if (node.kind === 'condition') return LEFT_POWER.get('?') ?? 0;
  return node.kind === 'unary' ? UNARY : TIGHTEST;
}

/** A `:` that follows would go to a condition at the end of the node that has none yet. */
function beforeColon(node: ExpressionNode, print: (node: ExpressionNode) => string): string {
  return endsOpen(node) ? `(${print(node)})` : print(node);
}

function endsOpen(node: ExpressionNode): boolean {
  return node.kind === 'condition' && (node.otherwise === undefined || endsOpen(node.otherwise));
}
