import { showValue } from '../diagnostics/show-value.ts';
import { ExpressionMistake, type Token, unreadable } from './tokenize.ts';

interface Place {
  readonly from: number;
  readonly to: number;
}

/** WF1006: JSONata has it, workflows do not allow it. */
export function refuse(message: string, at: Place, hint?: string): ExpressionMistake {
  const { from, to } = at;
  return new ExpressionMistake({ code: 'WF1006', message, from, to, ...(hint === undefined ? {} : { hint }) });
}

/** Operators of JSONata that workflows do not allow: what they are, and what to write instead. */
const REFUSED: Readonly<Record<string, readonly [message: string, hint?: string]>> = {
  ':=': ['variables are not allowed', 'write the value where it is used'],
  ';': ['several expressions in one are not allowed', 'write one expression'],
  '~>': ['the operator ~> is not allowed', 'write the call: $uppercase(params.x)'],
  '|': ['transforms are not allowed'],
  '@': ['variables are not allowed'],
  '#': ['variables are not allowed', 'use an index such as [0]'],
  '^': ['sorting in a path is not allowed', 'use $sort(…)'],
  '..': ['ranges are not allowed', 'write the numbers'],
  '**': ['wildcards are not allowed', 'name the field that is meant'],
};

/** Refused where a value would have to start, as there they mean something else. */
const REFUSED_AS_VALUE: Readonly<Record<string, readonly [message: string, hint?: string]>> = {
  '*': ['wildcards are not allowed', 'name the field that is meant'],
  '%': ['the parent operator % is not allowed', 'start from params or steps'],
  '!': ['JSONata has no operator "!"', 'use $not(…)'],
};

/** What other languages write → what JSONata writes. */
const FOREIGN: Readonly<Record<string, string>> = {
  '==': 'write = for "equal"',
  '===': 'write = for "equal"',
  '!==': 'write != for "not equal"',
  '&&': 'write and',
  '||': 'write or',
  '??': 'write $exists(a) ? a : b',
  '?:': 'write $boolean(a) ? a : b',
  '=>': 'functions of your own are not allowed',
};

/** The problem with an operator that can never stand between two values, or never start one. */
export function refusedOperator(operator: string, token: Token, asValue = false): ExpressionMistake | undefined {
  if (token.kind !== 'operator') return undefined;
  const foreign = Object.hasOwn(FOREIGN, operator) ? FOREIGN[operator] : undefined;
  if (foreign !== undefined) return unreadable(`there is no operator "${operator}"`, token, foreign);
  const table = asValue && Object.hasOwn(REFUSED_AS_VALUE, operator) ? REFUSED_AS_VALUE : REFUSED;
  const [message, hint] = (Object.hasOwn(table, operator) ? table[operator] : undefined) ?? [];
  return message === undefined ? undefined : refuse(message, token, hint);
}

/** Something else was expected here. */
export function explainUnexpected(token: Token, expected: string): ExpressionMistake {
  if (token.kind === 'end') return unreadable(`the expression ends where ${expected} is expected`, token);
  const found = token.kind === 'string' ? `the text ${showValue(token.value)}` : showValue(`${token.value}`);
  return unreadable(`${expected} is expected here, not ${found}`, token);
}
