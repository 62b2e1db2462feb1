import { didYouMean, listNames } from '../../../diagnostics/suggest.ts';
import type { Analysis, Report, Rule } from '../analysis.ts';
import type { ExpressionType } from '../expression-type.ts';
import { typeOfReference } from '../expression-type.ts';
import { type PlacedReference, referencesIn } from '../value.ts';

const ROOTS = ['params', 'steps', 'execution', 'timestamp', 'region', 'account', 'partition'] as const;
const EXECUTION_FIELDS = ['id', 'name', 'start_time'] as const;

/** Every `${…}` reads something that exists: a root, a parameter, a step, and a field that the API's output has. */
export const knownReferences: Rule = (analysis, report) => {
  for (const step of analysis.steps) {
    for (const reference of step.values.flatMap(referencesIn)) checkReference(reference, analysis, report);
  }
};

function checkReference(reference: PlacedReference, analysis: Analysis, report: Report): void {
  const { node, path, from, to } = reference;
  const at = { path, within: { from, to } };
  const [field] = node.path;
  const name = field?.kind === 'field' ? field.name : undefined;

  if (!ROOTS.some((root) => root === node.root)) {
    const guess = didYouMean(node.root, ROOTS);
    const hint =
      guess === undefined ? `an expression starts with one of: ${listNames(ROOTS, 10)}` : `did you mean "${guess}"?`;
    report({ code: 'WF2003', ...at, message: `an expression cannot start with "${node.root}"`, hint });
    return;
  }
  if (node.root === 'params') {
    checkName(reference, name, 'parameter', analysis.parsed.workflow.parameters?.map((one) => one.name) ?? [], report);
  } else if (node.root === 'steps') {
    const found = checkName(
      reference,
      name,
      'step',
      analysis.steps.map((step) => step.id),
      report,
    );
    if (found) checkFields(reference, analysis, report);
  } else if (node.root === 'execution' && !EXECUTION_FIELDS.some((known) => known === name)) {
    const hint = `an execution has: ${listNames(EXECUTION_FIELDS, 5)}`;
    report({ code: 'WF2003', ...at, message: `an execution has no "${name ?? ''}"`, hint });
  } else if (node.path.length > (node.root === 'execution' ? 1 : 0)) {
    const whole = node.root === 'execution' ? `execution.${name}` : node.root;
    report({ code: 'WF2005', ...at, message: `"${whole}" is a text and has no fields`, hint: `write \${${whole}}` });
  }
}

function checkName(
  { path, node, from, to }: PlacedReference,
  name: string | undefined,
  what: 'parameter' | 'step',
  names: readonly string[],
  report: Report,
): boolean {
  if (name !== undefined && names.includes(name)) return true;
  const code = what === 'step' ? 'WF2001' : 'WF2002';
  const within = { from, to };
  const here = names.length === 0 ? `this workflow has no ${what}s` : `${what}s here: ${listNames(names, 12)}`;
  if (name === undefined) {
    report({ code, path, within, message: `"${node.root}" stands for all ${what}s; name one of them`, hint: here });
    return false;
  }
  const guess = didYouMean(name, names);
  const hint = guess === undefined ? here : `did you mean "${guess}"?`;
  report({ code, path, within, message: `no ${what} named "${name}"`, hint });
  return false;
}

function checkFields(reference: PlacedReference, analysis: Analysis, report: Report): void {
  const outputOf = (stepId: string) => outputOfStep(analysis, stepId);
  const offset = reference.from - reference.node.from;
  typeOfReference(reference.node, { parameters: [], outputOf }, ({ field, structure, fields, from, to }) => {
    const guess = didYouMean(field, fields);
    report({
      code: 'WF2005',
      path: reference.path,
      within: { from: offset + from, to: offset + to },
      message: `${structure} has no field "${field}"`,
      hint: guess === undefined ? `fields here: ${listNames(fields, 12)}` : `did you mean "${guess}"?`,
    });
  });
}

/** What a step's call gives back, as a type; unknown where the step could not be resolved. */
export function outputOfStep(analysis: Pick<Analysis, 'steps'>, stepId: string): ExpressionType {
  const call = analysis.steps.find((step) => step.id === stepId)?.call;
  if (call === undefined) return { kind: 'unknown' };
  return { kind: 'structure', name: call.operation.output.name, service: call.service };
}
