import type { CatalogService, Shape } from '../../catalog/catalog.ts';
import { toStateMachineMember } from '../../catalog/step-functions-names.ts';
import type { ExpressionNode } from '../../language/expression.ts';
import { typeOfExpression } from '../analyse/expression-type.ts';
import { isOptional } from '../analyse/optional-parameter.ts';
import { parameterNamed } from '../analyse/safety/constraints-on.ts';
import { readJsonTemplate } from '../analyse/safety/json-template.ts';
import { soleExpression, type Value } from '../analyse/value.ts';
import type { Argument } from '../bytecode.ts';
import { type EmitScope, toJsonata } from './to-jsonata.ts';

/** A value as an argument of a call. `member` spells the members of structures; keys of maps stay as they are. */
export function toArgument(
  value: Value,
  shape: Shape,
  service: CatalogService,
  scope: EmitScope,
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

/** A value that no shape bounds: a message, a condition, something that is kept. */
export function toFreeArgument(value: Value, scope: EmitScope): Argument {
  switch (value.kind) {
    case 'literal':
      return { kind: 'literal', value: value.value };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => toFreeArgument(item, scope)) };
    case 'structure':
      return {
        kind: 'structure',
        members: Object.fromEntries(value.entries.map(([name, entry]) => [name, toFreeArgument(entry, scope)])),
      };
    case 'template':
      return templateArgument(value, ANY_SHAPE, scope);
  }
}

/** What a run returns. A list stays one with a single entry or none: JSONata would give the entry itself, or nothing. */
export function toOutput(value: Value, scope: EmitScope): Argument {
  const expression = value.kind === 'template' ? soleExpression(value.template) : undefined;
  if (value.kind !== 'template' || expression === undefined) return toFreeArgument(value, scope);
  const isList = typeOfExpression(expression.node, scope, () => {}).kind === 'sequence';
  return templateArgument(value, isList ? { kind: 'list', item: ANY_SHAPE } : ANY_SHAPE, scope);
}

const ANY_SHAPE = { kind: 'scalar', type: 'document' } as const;

/** AWS's own spelling, for the AWS CLI and for people. */
export const asWritten = (name: string): string => name;
/** The spelling that Step Functions takes. */
export const forStateMachine = toStateMachineMember;

function structureArgument(
  value: Extract<Value, { kind: 'structure' }>,
  shape: Shape,
  service: CatalogService,
  scope: EmitScope,
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

function templateArgument(value: Extract<Value, { kind: 'template' }>, shape: Shape, scope: EmitScope): Argument {
  const expression = soleExpression(value.template);
  if (expression !== undefined) {
    const jsonata = toJsonata(expression.node, scope);
    const type = typeOfExpression(expression.node, scope, () => {});
    // JSONata gives one value instead of a list of one; a member that is a list has to get a list.
    const wrap = shape.kind === 'list' && (type.kind === 'sequence' || type.kind === 'unknown');
    const optional = isOptionalParameter(expression.node, scope);
    return {
      kind: 'expression',
      source: `\${${expression.source}}`,
      jsonata: wrap ? `[${jsonata}]` : jsonata,
      ...(optional ? { optional } : {}),
    };
  }
  const json = readJsonTemplate(value.template);
  const parts = value.template.map((part, index) => {
    if (part.kind === 'text') return JSON.stringify(part.text);
    const jsonata = toJsonata(part.node, scope);
    if (json?.places.get(index) === 'string') return insideJsonString(jsonata);
    return part.node.kind === 'reference' || part.node.kind === 'call' ? jsonata : `(${jsonata})`;
  });
  const source = value.template
    .map((part) => (part.kind === 'text' ? part.text.replaceAll('${', () => '$${') : `\${${part.source}}`))
    .join('');
  return { kind: 'expression', source, jsonata: parts.join(' & ') };
}

function isOptionalParameter(node: ExpressionNode, { parameters }: EmitScope): boolean {
  const name = parameterNamed(node);
  const parameter = parameters.find((one) => one.name === name);
  return parameter !== undefined && isOptional(parameter);
}

/** The text as JSON writes it between quotes, so that it cannot end the string it stands in. */
function insideJsonString(jsonata: string): string {
  return `$replace($string([(${jsonata}) & ""]), /^\\["|"\\]$/, "")`;
}
