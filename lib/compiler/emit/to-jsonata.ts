import { toStateMachineMember } from '../../catalog/step-functions-names.ts';
import type { ExpressionNode, PathPart } from '../../language/expression.ts';
import { type CallNode, printExpression, printField } from '../../language/print-expression.ts';
import { type ExpressionType, type TypeScope, typeOfShape } from '../analyse/expression-type.ts';
import type { ReferenceNode } from '../analyse/value.ts';
import { resultVariable } from './result-variable.ts';

/** Where a run's own facts stand in the context object and the execution's ARN (arn:aws:states:region:account:…). */
const RUN_FACTS: Readonly<Record<string, string>> = {
  timestamp: '$timestamp',
  'execution.id': '$states.context.Execution.Id',
  'execution.name': '$states.context.Execution.Name',
  'execution.start_time': '$states.context.Execution.StartTime',
  partition: '$split($states.context.Execution.Id, ":")[1]',
  region: '$split($states.context.Execution.Id, ":")[3]',
  account: '$split($states.context.Execution.Id, ":")[4]',
};

/** The types an expression reads, and what `result` and `item` are called where it stands. */
export interface EmitScope extends TypeScope {
  readonly resultName: string;
  readonly itemName: string;
}

/**
 * An expression as Step Functions evaluates it: roots become variables, and AWS's member names become the ones
 * that Step Functions' results have.
 */
export function toJsonata(node: ExpressionNode, scope: EmitScope): string {
  return printExpression(node, {
    reference: (reference, print) => printReference(reference, print, scope, undefined),
    call: existsStep,
  });
}

/** A step that was passed over left null (see withoutResult of the state machine), which exists to JSONata. */
function existsStep({ name, args }: CallNode, print: Print): string | undefined {
  const [subject] = args;
  const isStep = subject?.kind === 'reference' && subject.root === 'steps' && subject.path.length === 1;
  return name === 'exists' && isStep ? `(${print(subject)} != null)` : undefined;
}

type Print = (node: ExpressionNode) => string;

function printReference(node: ReferenceNode, print: Print, scope: EmitScope, item: ExpressionType | undefined): string {
  const [first, ...rest] = node.path;
  const name = first?.kind === 'field' ? first.name : '';
  if (node.root === '') return printPath(node.path[0]?.kind === 'field' ? '' : '$', node.path, print, item, scope);
  if (node.root === 'params') return printPath(`$params.${name}`, rest, print, undefined, scope);
  if (node.root === 'steps') return printPath(`$${resultVariable(name)}`, rest, print, scope.outputOf(name), scope);
  if (node.root === 'item') return printPath(scope.itemName, node.path, print, scope.item, scope);
  if (node.root === 'result') return printPath(scope.resultName, node.path, print, scope.result, scope);
  const fact = RUN_FACTS[node.root === 'execution' ? `execution.${name}` : node.root];
  if (fact === undefined) throw new Error(`Reference to ${node.root}.${name} passed the analysis`);
  return fact;
}

function printPath(
  start: string,
  path: readonly PathPart[],
  print: Print,
  startType: ExpressionType | undefined,
  scope: EmitScope,
): string {
  let text = start;
  let type = startType;
  for (const part of path) {
    if (part.kind === 'index') {
      text += `[${part.index}]`;
      type = itemOf(type);
    } else if (part.kind === 'filter') {
      const inner = itemOf(type);
      const reference = (node: ReferenceNode): string => printReference(node, print, scope, inner);
      text += `[${printExpression(part.test, { reference, call: existsStep })}]`;
    } else {
      const field = fieldName(part.name, type);
      text += text === '' ? field.text : `.${field.text}`;
      type = field.type;
    }
  }
  return text;
}

/** A member of a structure gets Step Functions' spelling; a key of a map, or a field of unknown data, stays. */
function fieldName(name: string, type: ExpressionType | undefined): { text: string; type: ExpressionType | undefined } {
  const owner = itemOf(type);
  if (owner?.kind === 'map') return { text: printField(name), type: owner.value };
  if (owner?.kind === 'record') return { text: printField(name), type: owner.fields.get(name) };
  if (owner?.kind !== 'structure') return { text: printField(name), type: undefined };
  const shape = owner.service.structure(owner.name)?.members.find((member) => member.name === name)?.shape;
  const text = printField(toStateMachineMember(name));
  return { text, type: shape === undefined ? undefined : typeOfShape(shape, owner.service) };
}

function itemOf(type: ExpressionType | undefined): ExpressionType | undefined {
  return type?.kind === 'list' || type?.kind === 'sequence' ? itemOf(type.item) : type;
}
