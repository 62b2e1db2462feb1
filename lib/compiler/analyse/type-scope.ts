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
  // An inverse runs later, so its result is what the step left.
  const result = step.undoOf === undefined ? rawOutputOf(step) : keptOf(analysis, step.undoOf);
  return { ...outer, result, item: itemOf(step, outer) };
}

/** What a step's call gives back; unknown where there is none. */
function rawOutputOf({ call }: AnalysedStep): ExpressionType {
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
