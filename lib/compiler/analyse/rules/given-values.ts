import type { ScalarType } from '../../../catalog/catalog.ts';
import type { ParameterType } from '../../bytecode.ts';
import type { Rule } from '../analysis.ts';
import { type ExpressionType, typeOfExpression } from '../expression-type.ts';
import { typeScope } from '../type-scope.ts';
import { soleExpression } from '../value.ts';

const WORDS: Readonly<Record<ParameterType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string_list: 'a list of texts',
};

/** What another workflow is given is of the type of its parameter; that it obeys the rules is checked in a run. */
export const givenValues: Rule = (analysis, report) => {
  for (const step of analysis.steps) {
    const { holds, from } = step;
    const that = step.fields.get('that');
    const expression = that?.kind === 'template' ? soleExpression(that.template) : undefined;
    if (holds === undefined || from === undefined || expression === undefined) continue;
    const type = typeOfExpression(expression.node, typeScope(analysis, step), () => {});
    if (mayBe(type, holds.type)) continue;
    report({
      code: 'WF3017',
      path: step.path,
      message: `"${holds.name}" of workflow "${from.workflow}" takes ${WORDS[holds.type]}, this is ${describe(type)}`,
      hint: `give it ${WORDS[holds.type]}`,
    });
  }
};

function mayBe(type: ExpressionType, wanted: ParameterType): boolean {
  if (type.kind === 'unknown') return true;
  if (type.kind === 'list' || type.kind === 'sequence') {
    return wanted === 'string_list' && (type.item.kind === 'unknown' || isText(type.item));
  }
  if (type.kind !== 'scalar') return false;
  if (wanted === 'string_list') return type.type === 'string';
  if (wanted === 'string') return isText(type);
  if (type.type === 'document') return true;
  // A sum of whole numbers is one, but what is known of it is only that it is a number.
  return wanted === 'integer' ? ['integer', 'number'].includes(type.type) : NUMERIC[wanted].includes(type.type);
}

const NUMERIC: Readonly<Record<'number' | 'boolean', readonly ScalarType[]>> = {
  number: ['integer', 'number'],
  boolean: ['boolean'],
};

function isText(type: ExpressionType): boolean {
  return type.kind === 'scalar' && ['string', 'timestamp', 'blob', 'document'].includes(type.type);
}

function describe(type: ExpressionType): string {
  if (type.kind === 'scalar') return type.type === 'integer' ? 'an integer' : `a ${type.type}`;
  if (type.kind === 'sequence') return 'none, one or several values';
  return type.kind === 'list' ? 'a list' : 'a structure';
}
