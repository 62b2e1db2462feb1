import type { CatalogService, Shape } from '../../catalog/catalog.ts';
import { toStateMachineMember } from '../../catalog/step-functions-names.ts';
import { type ExpressionType, type TypeScope, typeOfExpression } from '../analyse/expression-type.ts';
import { soleExpression, type Value } from '../analyse/value.ts';
import type { Argument } from '../bytecode.ts';
import { toJsonata } from './to-jsonata.ts';

/** A value as an argument of a call. `member` spells the members of structures; keys of maps stay as they are. */
export function toArgument(
  value: Value,
  shape: Shape,
  service: CatalogService,
  scope: TypeScope,
  member: (name: string) => string,
): Argument {
  switch (value.kind) {
    case 'literal':
      return { kind: 'literal', value: value.value };
    case 'list': {
      const item = shape.kind === 'list' ? shape.item : shape;
      return { kind: 'list', items: value.items.map((one) => toArgument(one, item, service, scope, member)) };
    }
    case 'structure':
      return structureArgument(value, shape, service, scope, member);
    case 'template':
      return templateArgument(value, shape, scope);
  }
}

/** AWS's own spelling, for the AWS CLI and for people. */
export const asWritten = (name: string): string => name;
/** The spelling that Step Functions takes. */
export const forStateMachine = toStateMachineMember;

function structureArgument(
  value: Extract<Value, { kind: 'structure' }>,
  shape: Shape,
  service: CatalogService,
  scope: TypeScope,
  member: (name: string) => string,
): Argument {
  const members: Record<string, Argument> = {};
  const structure = shape.kind === 'structure' ? service.structure(shape.name) : undefined;
  for (const [key, entry] of value.entries) {
    const inner = structure?.members.find((one) => one.name === key)?.shape;
    const entryShape = inner ?? (shape.kind === 'map' ? shape.value : shape);
    members[structure === undefined ? key : member(key)] = toArgument(entry, entryShape, service, scope, member);
  }
  return { kind: 'structure', members };
}

function templateArgument(value: Extract<Value, { kind: 'template' }>, shape: Shape, scope: TypeScope): Argument {
  const expression = soleExpression(value.template);
  const outputOf = (stepId: string): ExpressionType => scope.outputOf(stepId);
  if (expression !== undefined) {
    const jsonata = toJsonata(expression.node, outputOf);
    const type = typeOfExpression(expression.node, scope, () => {});
    // JSONata gives one value instead of a list of one; a member that is a list has to get a list.
    const wrap = shape.kind === 'list' && (type.kind === 'sequence' || type.kind === 'unknown');
    return { kind: 'expression', source: `\${${expression.source}}`, jsonata: wrap ? `[${jsonata}]` : jsonata };
  }
  const parts = value.template.map((part) => {
    if (part.kind === 'text') return JSON.stringify(part.text);
    const jsonata = toJsonata(part.node, outputOf);
    return part.node.kind === 'reference' || part.node.kind === 'call' ? jsonata : `(${jsonata})`;
  });
  const source = value.template
    .map((part) => (part.kind === 'text' ? part.text.replaceAll('${', '$${') : `\${${part.source}}`))
    .join('');
  return { kind: 'expression', source, jsonata: parts.join(' & ') };
}
