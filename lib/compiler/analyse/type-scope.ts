import type { AnalysedStep, Analysis } from './analysis.ts';
import { type ExpressionType, type TypeScope, typeOfExpression } from './expression-type.ts';
import { soleExpression } from './value.ts';

const UNKNOWN: ExpressionType = { kind: 'unknown' };

/** The types that the expressions of a step can read; without a step, those of the workflow's outputs. */
export function typeScope(analysis: Pick<Analysis, 'parsed' | 'steps'>, step?: AnalysedStep): TypeScope {
  const outer: TypeScope = {
    parameters: analysis.parsed.workflow.parameters ?? [],
    outputOf: (stepId) => keptOf(analysis, stepId),
    result: UNKNOWN,
    item: UNKNOWN,
  };
  if (step === undefined) return outer;
  const undone = analysis.steps.find(({ id }) => id === step.undoOf);
  if (undone === undefined) return { ...outer, result: rawOutputOf(step), item: itemOf(step, outer) };
  // An inverse runs later, so its result is what the step left: of a list, what it left for the entry.
  const left = keptOf(analysis, undone.id);
  const result = undone.source.for_each !== undefined && left.kind === 'list' ? left.item : left;
  return { ...outer, result, item: itemOf(undone, outer) };
}

/** What the answer to an approval holds. */
const ANSWER: ExpressionType = {
  kind: 'record',
  name: 'the answer to an approval',
  fields: new Map([['answered_by', { kind: 'scalar', type: 'string' }]]),
};

/** What a step's call or a person's answer gives; unknown where there is neither. */
function rawOutputOf({ call, source }: AnalysedStep): ExpressionType {
  if (source.type === 'approval') return ANSWER;
  return call === undefined ? UNKNOWN : { kind: 'structure', name: call.operation.output.name, service: call.service };
}

/** What a step leaves for others: its result, what it keeps of it, or one of these for each element. */
function keptOf(analysis: Pick<Analysis, 'parsed' | 'steps'>, stepId: string): ExpressionType {
  const step = analysis.steps.find(({ id }) => id === stepId);
  if (step === undefined) return UNKNOWN;
  const kept = [...step.fields.keys()].some((field) => field.startsWith('output.'))
    ? keptFields(analysis, step)
    : rawOutputOf(step);
  return step.source.for_each === undefined ? kept : { kind: 'list', item: kept };
}

function keptFields(analysis: Pick<Analysis, 'parsed' | 'steps'>, step: AnalysedStep): ExpressionType {
  const scope = typeScope(analysis, step);
  const fields = new Map<string, ExpressionType>();
  for (const [field, value] of step.fields) {
    if (!field.startsWith('output.')) continue;
    const expression = value.kind === 'template' ? soleExpression(value.template) : undefined;
    const type: ExpressionType =
      expression === undefined
        ? { kind: 'scalar', type: 'string' }
        : typeOfExpression(expression.node, scope, () => {});
    fields.set(field.slice('output.'.length), type);
  }
  return { kind: 'record', name: `the output of ${step.id}`, fields };
}

function itemOf(step: AnalysedStep, scope: TypeScope): ExpressionType {
  const list = step.fields.get('for_each');
  const expression = list?.kind === 'template' ? soleExpression(list.template) : undefined;
  if (expression === undefined) return UNKNOWN;
  const type = typeOfExpression(expression.node, scope, () => {});
  return type.kind === 'list' || type.kind === 'sequence' ? type.item : UNKNOWN;
}
