import type { ExpressionNode } from '../../../language/expression.ts';
import type { Analysis } from '../analysis.ts';
import { parameterNamed } from './constraints-on.ts';
import { NUMBER_TEXTS, TRUTH_TEXTS, textsOfParameter } from './parameter-texts.ts';
import { alternative, concatenation, exactly, NO_TEXT, type Texts, textOf } from './texts.ts';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

/**
 * What the facts of a run can be. A run's name and id are left out: whoever starts it chooses the name, which may
 * hold quotes and brackets.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const FACTS: Readonly<Record<string, Texts>> = {
  timestamp: { ...textOf(`${DIGITS}-`, 15), first: new Set(DIGITS) },
  account: textOf(DIGITS, 12),
  region: { ...textOf(`${LOWER}${DIGITS}-`, 15), first: new Set(LOWER) },
  partition: { ...textOf(`${LOWER}-`, 10), first: new Set(LOWER) },
  'execution.start_time': { ...textOf(`${DIGITS}-:.TZ+`, 35), first: new Set(DIGITS) },
};

const NUMERIC_FUNCTIONS: ReadonlySet<string> = new Set(
  'number floor ceil round power sum max min average toMillis parseInteger'.split(' '),
);
const COUNTING_FUNCTIONS: ReadonlySet<string> = new Set(['length', 'count', 'abs', 'sqrt']);
/** What they give is a piece of what they take. */
const PIECES: ReadonlySet<string> = new Set(['substring', 'substringBefore', 'substringAfter', 'trim']);
const BASE64: Texts = textOf(`${DIGITS}${LOWER}${LOWER.toUpperCase()}+/=`, Number.POSITIVE_INFINITY);

/**
 * What is certain of the text that an expression gives; `undefined` where nothing is: above all results of steps,
 * which are data that others may have written.
 */
export function textsOfExpression(node: ExpressionNode, analysis: Analysis): Texts | undefined {
  switch (node.kind) {
    case 'literal':
      return exactly(node.value === null ? 'null' : String(node.value));
    case 'unary':
      return NUMBER_TEXTS;
    case 'binary':
      return textsOfBinary(node, analysis);
    case 'condition': {
      const then = textsOfExpression(node.then, analysis);
      const otherwise = node.otherwise === undefined ? NO_TEXT : textsOfExpression(node.otherwise, analysis);
      return then && otherwise && alternative(then, otherwise);
    }
    case 'call':
      return textsOfCall(node, analysis);
    case 'reference':
      return textsOfReference(node, analysis);
    case 'selection':
    case 'array':
    case 'object':
      return undefined;
  }
}

function textsOfBinary(node: Extract<ExpressionNode, { kind: 'binary' }>, analysis: Analysis): Texts | undefined {
  if ('+-*/%'.includes(node.operator)) return NUMBER_TEXTS;
  if (node.operator !== '&') return TRUTH_TEXTS;
  const left = textsOfExpression(node.left, analysis);
  const right = textsOfExpression(node.right, analysis);
  return left && right && concatenation(left, right);
}

function textsOfCall(node: Extract<ExpressionNode, { kind: 'call' }>, analysis: Analysis): Texts | undefined {
  if (NUMERIC_FUNCTIONS.has(node.name)) return NUMBER_TEXTS;
  if (COUNTING_FUNCTIONS.has(node.name)) return { ...NUMBER_TEXTS, first: new Set(DIGITS) };
  if (node.name === 'base64encode') return BASE64;
  const [argument] = node.args;
  const texts = argument && textsOfExpression(argument, analysis);
  if (texts === undefined) return undefined;
  if (node.name === 'string') return node.args.length === 1 ? texts : undefined;
  if (PIECES.has(node.name)) return { ...texts, first: texts.characters, empty: true };
  if (node.name !== 'uppercase' && node.name !== 'lowercase') return undefined;
  const change = (one: string): string => (node.name === 'uppercase' ? one.toUpperCase() : one.toLowerCase());
  const all = (set: ReadonlySet<string>): ReadonlySet<string> => new Set([...set].map(change));
  return { ...texts, characters: all(texts.characters), first: all(texts.first) };
}

function textsOfReference(node: Extract<ExpressionNode, { kind: 'reference' }>, analysis: Analysis): Texts | undefined {
  const name = parameterNamed(node);
  if (name !== undefined) {
    const parameter = analysis.parsed.workflow.parameters?.find((one) => one.name === name);
    return parameter && textsOfParameter(parameter, analysis);
  }
  const [field] = node.path;
  if (node.root === 'execution' && field?.kind === 'field' && node.path.length === 1) {
    return FACTS[`execution.${field.name}`];
  }
  return node.path.length === 0 && Object.hasOwn(FACTS, node.root) ? FACTS[node.root] : undefined;
}
