import type { CatalogService, Member, Shape } from '../../../catalog/catalog.ts';
import { showValue } from '../../../diagnostics/show-value.ts';
import { didYouMean, listNames } from '../../../diagnostics/suggest.ts';
import type { AnalysedStep, Report, ResolvedCall, Rule } from '../analysis.ts';
import { type ExpressionType, type TypeScope, typeOfExpression } from '../expression-type.ts';
import { typeScope } from '../type-scope.ts';
import { soleExpression, type Value } from '../value.ts';

/** Every argument is a member of the call's input and fits its type; every required member has one. */
export const typedArguments: Rule = (analysis, report) => {
  for (const step of analysis.steps) {
    if (step.call !== undefined) checkCall(step, step.call, typeScope(analysis, step), report);
  }
};

function checkCall(step: AnalysedStep, call: ResolvedCall, scope: TypeScope, report: Report): void {
  const { operation, service, members } = call;
  const entries = [...members].map(([name, value]) => ({ name, value }));
  const container = [
    ...step.path,
    step.callSource?.action === undefined && step.waiter === undefined ? 'context' : 'parameters',
  ];
  checkMembers(
    { members: operation.input.members, owner: operation.name, entries, path: container },
    service,
    scope,
    report,
  );
}

interface Members {
  readonly members: readonly Member[];
  readonly owner: string;
  readonly entries: readonly { readonly name: string; readonly value: Value }[];
  readonly path: readonly (string | number)[];
}

function checkMembers(given: Members, service: CatalogService, scope: TypeScope, report: Report): void {
  const { members, owner, entries, path } = given;
  for (const { name, value } of entries) {
    const member = members.find((one) => one.name === name);
    if (member !== undefined) {
      checkValue(value, member.shape, { name, member, service, scope, report });
      continue;
    }
    const names = members.map((one) => one.name);
    const guess = didYouMean(name, names);
    const hint = guess === undefined ? `members: ${listNames(names, 12)}` : `did you mean "${guess}"?`;
    report({ code: 'WF3008', path: value.path, atKey: true, message: `${owner} has no member "${name}"`, hint });
  }
  for (const member of members) {
    if (!member.required || entries.some(({ name }) => name === member.name)) continue;
    report({
      code: 'WF3006',
      path,
      atKey: true,
      message: `${owner} needs ${member.name}`,
      hint: `add ${member.name}: ${member.documentation.split('. ')[0] ?? ''}`.trimEnd(),
    });
  }
}

interface Place {
  readonly name: string;
  readonly member?: Member;
  readonly service: CatalogService;
  readonly scope: TypeScope;
  readonly report: Report;
}

function checkValue(value: Value, shape: Shape, place: Place): void {
  if (value.kind === 'literal') checkLiteral(value.value, value, shape, place);
  else if (value.kind === 'template') checkTemplate(value, shape, place);
  else if (value.kind === 'structure') checkStructure(value, shape, place);
  else if (shape.kind !== 'list') wrongType(value, shape, 'a list', place);
  else for (const item of value.items) checkValue(item, shape.item, { ...place, name: `an item of ${place.name}` });
}

function checkStructure(value: Extract<Value, { kind: 'structure' }>, shape: Shape, place: Place): void {
  if (shape.kind === 'map') {
    for (const [key, entry] of value.entries)
      checkValue(entry, shape.value, { ...place, name: `${place.name}.${key}` });
  } else if (shape.kind === 'structure') {
    const structure = place.service.structure(shape.name);
    if (structure === undefined) throw new Error(`The catalog of ${place.service.name} lacks structure ${shape.name}`);
    const entries = value.entries.map(([name, entry]) => ({ name, value: entry }));
    const given = { members: structure.members, owner: shape.name, entries, path: value.path };
    checkMembers(given, place.service, place.scope, place.report);
  } else {
    wrongType(value, shape, 'a structure', place);
  }
}

function checkLiteral(literal: string | number | boolean | null, value: Value, shape: Shape, place: Place): void {
  if (shape.kind !== 'scalar' || !literalFits(literal, shape.type)) {
    wrongType(value, shape, showValue(literal), place);
    return;
  }
  if (typeof literal !== 'string') return;
  if (shape.enum !== undefined && !shape.enum.includes(literal)) {
    const guess = didYouMean(literal, shape.enum);
    place.report({
      code: 'WF3009',
      path: value.path,
      message: `${place.name} cannot be ${showValue(literal)}`,
      hint: guess === undefined ? `it is one of: ${listNames(shape.enum, 12)}` : `did you mean "${guess}"?`,
    });
  }
  checkConstraint(literal, value, place);
}

function checkConstraint(literal: string, value: Value, { name, member, report }: Place): void {
  const constraint = member?.constraint;
  if (constraint === undefined) return;
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, description } = constraint;
  const fits = pattern === undefined || new RegExp(pattern).test(literal);
  if (fits && literal.length >= minLength && literal.length <= maxLength) return;
  const message = `${name} cannot be ${showValue(literal)}`;
  report({ code: 'WF3012', path: value.path, message, hint: `AWS takes ${description}` });
}

function checkTemplate(value: Extract<Value, { kind: 'template' }>, shape: Shape, place: Place): void {
  const expression = soleExpression(value.template);
  for (const part of value.template) {
    // Fields that do not exist are told by the rule on references; here only the types count.
    const type = part.kind === 'text' ? undefined : typeOfExpression(part.node, place.scope, () => {});
    if (part.kind === 'text' || part === expression || type === undefined || isText(type)) continue;
    place.report({
      code: 'WF3007',
      path: value.path,
      within: { from: part.from, to: part.to },
      message: `\${${part.source}} is ${describeType(type)}, which cannot stand inside a text`,
      hint: 'take one value of it, e.g. with an index [0] or with $join',
    });
  }
  const type: ExpressionType = expression
    ? typeOfExpression(expression.node, place.scope, () => {})
    : { kind: 'scalar', type: 'string' };
  if (typeFits(type, shape)) return;
  const problem = `${place.name} takes ${describeShape(shape)}, this is ${describeType(type)}`;
  const hint =
    type.kind === 'sequence' && shape.kind === 'scalar'
      ? 'choose one of the values with an index, e.g. [0]'
      : `give it ${describeShape(shape)}`;
  place.report({ code: 'WF3007', path: value.path, message: problem, hint });
}

function isText(type: ExpressionType): boolean {
  return type.kind === 'scalar' || type.kind === 'unknown';
}

function typeFits(type: ExpressionType, shape: Shape): boolean {
  if (type.kind === 'unknown') return true;
  if (type.kind === 'sequence') return shape.kind === 'list' && typeFits(type.item, shape.item);
  if (type.kind === 'list') return shape.kind === 'list' && typeFits(type.item, shape.item);
  if (type.kind === 'map') return shape.kind === 'map' && typeFits(type.value, shape.value);
  if (type.kind === 'structure' || type.kind === 'record') return shape.kind === 'structure';
  if (shape.kind !== 'scalar') return false;
  if (type.type === shape.type || shape.type === 'document') return true;
  if (shape.type === 'number') return type.type === 'integer';
  return ['timestamp', 'blob'].includes(shape.type) && type.type === 'string'
    ? true
    : shape.type === 'string' && type.type === 'timestamp';
}

function literalFits(literal: string | number | boolean | null, type: string): boolean {
  switch (type) {
    case 'string':
    case 'timestamp':
    case 'blob':
      return typeof literal === 'string';
    case 'integer':
      return Number.isInteger(literal);
    case 'number':
      return typeof literal === 'number';
    case 'boolean':
      return typeof literal === 'boolean';
    default:
      return type === 'document';
  }
}

function wrongType(value: Value, shape: Shape, found: string, { name, report }: Place): void {
  const message = `${name} takes ${describeShape(shape)}, this is ${found}`;
  const quoted = shape.kind === 'scalar' && shape.type === 'string' && value.kind === 'literal';
  const hint = quoted ? 'put it in quotes' : `give it ${describeShape(shape)}`;
  report({ code: 'WF3007', path: value.path, message, hint });
}

function describeShape(shape: Shape): string {
  if (shape.kind === 'list') return 'a list';
  if (shape.kind === 'map') return 'a map of names to values';
  if (shape.kind === 'structure') return `a structure (${shape.name})`;
  return shape.type === 'integer' ? 'an integer' : `a ${shape.type}`;
}

function describeType(type: ExpressionType): string {
  if (type.kind === 'scalar') return type.type === 'integer' ? 'an integer' : `a ${type.type}`;
  if (type.kind === 'sequence') return 'none, one or several values';
  return type.kind === 'unknown' ? 'of unknown type' : `a ${type.kind}`;
}
