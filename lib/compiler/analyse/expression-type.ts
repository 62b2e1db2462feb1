import type { CatalogService, ScalarType, Shape } from '../../catalog/catalog.ts';
import type { ExpressionNode, PathPart } from '../../language/expression.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { ReferenceNode } from './value.ts';

/**
 * What is known of an expression's value. `sequence` is what JSONata gives for a path through a list:
 * nothing, one value, or a list of them.
 */
export type ExpressionType =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'scalar'; readonly type: ScalarType; readonly enum?: readonly string[] }
  | { readonly kind: 'list'; readonly item: ExpressionType }
  | { readonly kind: 'sequence'; readonly item: ExpressionType }
  | { readonly kind: 'map'; readonly value: ExpressionType }
  | { readonly kind: 'structure'; readonly name: string; readonly service: CatalogService }
  /** What a step keeps of its result, by name. */
  | { readonly kind: 'record'; readonly name: string; readonly fields: ReadonlyMap<string, ExpressionType> };

export interface TypeScope {
  readonly parameters: readonly ParameterSource[];
  /** What a step leaves for others. */
  outputOf(stepId: string): ExpressionType;
  /** What `result` is here. */
  readonly result: ExpressionType;
  /** What `item` is here. */
  readonly item: ExpressionType;
}

export interface FieldProblem {
  readonly field: string;
  readonly structure: string;
  readonly fields: readonly string[];
  readonly from: number;
  readonly to: number;
}

const UNKNOWN: ExpressionType = { kind: 'unknown' };
const scalar = (type: ScalarType): ExpressionType => ({ kind: 'scalar', type });

/** Result types of the functions whose result does not depend on their arguments. */
const FUNCTION_TYPES: Readonly<Record<string, ExpressionType>> = {
  ...Object.fromEntries(
    [
      'string',
      'substring',
      'substringBefore',
      'substringAfter',
      'uppercase',
      'lowercase',
      'trim',
      'pad',
      'join',
      'replace',
      'formatNumber',
      'formatBase',
      'formatInteger',
      'base64encode',
      'base64decode',
      'encodeUrlComponent',
      'encodeUrl',
      'decodeUrlComponent',
      'decodeUrl',
      'type',
      'fromMillis',
    ].map((name) => [name, scalar('string')]),
  ),
  ...Object.fromEntries(['length', 'count', 'floor', 'ceil', 'toMillis'].map((name) => [name, scalar('integer')])),
  ...Object.fromEntries(
    ['number', 'abs', 'round', 'power', 'sqrt', 'sum', 'max', 'min', 'average'].map((name) => [name, scalar('number')]),
  ),
  ...Object.fromEntries(['contains', 'boolean', 'not', 'exists'].map((name) => [name, scalar('boolean')])),
  split: { kind: 'list', item: scalar('string') },
};

/** The type of an expression, and the fields it reads that do not exist. */
export function typeOfExpression(
  node: ExpressionNode,
  scope: TypeScope,
  problem: (found: FieldProblem) => void,
): ExpressionType {
  switch (node.kind) {
    case 'literal':
      return typeOfLiteral(node.value);
    case 'unary':
      return scalar('number');
    case 'binary':
      return typeOfBinary(node.operator);
    case 'condition': {
      const then = typeOfExpression(node.then, scope, problem);
      const otherwise = node.otherwise && typeOfExpression(node.otherwise, scope, problem);
      return otherwise === undefined || sameType(then, otherwise) ? then : UNKNOWN;
    }
    case 'call':
      return FUNCTION_TYPES[node.name.replace(/^\$/, '')] ?? UNKNOWN;
    case 'selection': {
      const of = typeOfExpression(node.of, scope, problem);
      return of.kind === 'list' || of.kind === 'sequence' ? of.item : of;
    }
    case 'array': {
      const [first, ...others] = node.items.map((item) => typeOfExpression(item, scope, problem));
      const alike = first !== undefined && others.every((other) => sameType(first, other));
      return { kind: 'list', item: alike ? first : UNKNOWN };
    }
    case 'object':
      return UNKNOWN;
    case 'reference':
      return typeOfReference(node, scope, problem);
  }
}

/** The type of a reference, and the first field of it that the API's output does not have. */
export function typeOfReference(
  node: ReferenceNode,
  scope: TypeScope,
  problem: (found: FieldProblem) => void,
): ExpressionType {
  const [first, ...rest] = node.path;
  if (node.root === 'params') {
    const parameter = scope.parameters.find(({ name }) => first?.kind === 'field' && name === first.name);
    return parameter === undefined ? UNKNOWN : follow(typeOfParameter(parameter), rest, problem);
  }
  if (node.root === 'steps') {
    return first?.kind === 'field' ? follow(scope.outputOf(first.name), rest, problem) : UNKNOWN;
  }
  if (node.root === 'result') return follow(scope.result, node.path, problem);
  if (node.root === 'item') return follow(scope.item, node.path, problem);
  // Inside a filter: a field of an item whose type is not followed here.
  if (node.root === '') return UNKNOWN;
  return scalar('string');
}

function follow(
  start: ExpressionType,
  path: readonly PathPart[],
  problem: (found: FieldProblem) => void,
): ExpressionType {
  let type = start;
  for (const part of path) {
    if (part.kind === 'index') type = type.kind === 'list' || type.kind === 'sequence' ? type.item : type;
    else if (part.kind === 'filter') type = type.kind === 'list' ? { kind: 'sequence', item: type.item } : type;
    else type = fieldOf(type, part, problem);
  }
  return type;
}

function fieldOf(
  type: ExpressionType,
  part: Extract<PathPart, { kind: 'field' }>,
  problem: (found: FieldProblem) => void,
): ExpressionType {
  if (type.kind === 'list' || type.kind === 'sequence') {
    const item = fieldOf(type.item, part, problem);
    return item.kind === 'sequence' ? item : { kind: 'sequence', item: item.kind === 'list' ? item.item : item };
  }
  if (type.kind === 'map') return type.value;
  if (type.kind === 'record') {
    const kept = type.fields.get(part.name);
    if (kept === undefined)
      problem({
        field: part.name,
        structure: type.name,
        fields: [...type.fields.keys()],
        from: part.from,
        to: part.to,
      });
    return kept ?? UNKNOWN;
  }
  if (type.kind !== 'structure') return UNKNOWN;
  const structure = type.service.structure(type.name);
  const member = structure?.members.find(({ name }) => name === part.name);
  if (structure === undefined || member === undefined) {
    const fields = structure?.members.map(({ name }) => name) ?? [];
    problem({ field: part.name, structure: type.name, fields, from: part.from, to: part.to });
    return UNKNOWN;
  }
  return typeOfShape(member.shape, type.service);
}

/** What a shape of the API model is to an expression. */
export function typeOfShape(shape: Shape, service: CatalogService): ExpressionType {
  switch (shape.kind) {
    case 'scalar':
      return shape;
    case 'list':
      return { kind: 'list', item: typeOfShape(shape.item, service) };
    case 'map':
      return { kind: 'map', value: typeOfShape(shape.value, service) };
    case 'structure':
      return { kind: 'structure', name: shape.name, service };
  }
}

/** What a workflow's parameter is to an expression. */
export function typeOfParameter(parameter: ParameterSource): ExpressionType {
  if (parameter.type === 'string_list') return { kind: 'list', item: scalar('string') };
  const values = parameter.enum?.filter((value) => typeof value === 'string');
  return values !== undefined && parameter.type === 'string'
    ? { kind: 'scalar', type: 'string', enum: values }
    : scalar(parameter.type);
}

function typeOfBinary(operator: string): ExpressionType {
  if (operator === '&') return scalar('string');
  if (['+', '-', '*', '/', '%'].includes(operator)) return scalar('number');
  return scalar('boolean');
}

function typeOfLiteral(value: string | number | boolean | null): ExpressionType {
  if (typeof value === 'string') return { kind: 'scalar', type: 'string', enum: [value] };
  if (typeof value === 'number') return scalar(Number.isInteger(value) ? 'integer' : 'number');
  return typeof value === 'boolean' ? scalar('boolean') : UNKNOWN;
}

function sameType(left: ExpressionType, right: ExpressionType): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.type === right.type;
  if (left.kind === 'structure' && right.kind === 'structure') return left.name === right.name;
  if (left.kind === 'list' && right.kind === 'list') return sameType(left.item, right.item);
  return left.kind === 'unknown';
}
