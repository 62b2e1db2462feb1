import { didYouMean, listNames } from '../../../diagnostics/suggest.ts';
import type { AnalysedStep, Analysis, Report, Rule } from '../analysis.ts';
import { typeOfReference } from '../expression-type.ts';
import { typeScope } from '../type-scope.ts';
import { type PlacedReference, referencesIn } from '../value.ts';

const ROOTS = [
  'params',
  'steps',
  'execution',
  'timestamp',
  'region',
  'account',
  'partition',
  'item',
  'result',
] as const;
const EXECUTION_FIELDS = ['id', 'name', 'start_time'] as const;

/** Every `${…}` reads something that exists: a root, a parameter, a step, and a field that the API's output has. */
export const knownReferences: Rule = (analysis, report) => {
  for (const step of analysis.steps) {
    for (const reference of step.values.flatMap(referencesIn)) checkReference(reference, analysis, step, report);
  }
  for (const reference of [...analysis.outputs.values()].flatMap(referencesIn)) {
    checkReference(reference, analysis, undefined, report);
  }
};

/** Fields of a step in which `result` is what its call gave. */
const SEES_RESULT = ['output', 'until', 'fail_when', 'undo'];

function rootExistsHere({ node, path }: PlacedReference, step: AnalysedStep | undefined): boolean {
  const field = String(path[2] ?? '');
  if (node.root === 'result') return SEES_RESULT.includes(field);
  if (node.root === 'item') return step?.source.for_each !== undefined && !['for_each', 'when'].includes(field);
  return true;
}

function checkReference(
  reference: PlacedReference,
  analysis: Analysis,
  step: AnalysedStep | undefined,
  report: Report,
): void {
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
  if (!rootExistsHere(reference, step)) {
    const message = node.root === 'item' ? 'there is no item without for_each' : 'there is no result here';
    const hint = node.root === 'item' ? 'add for_each to the step' : 'read a step with ${steps.<id>}';
    report({ code: 'WF2008', ...at, message, hint });
    return;
  }
  if (node.root === 'item' || node.root === 'result') {
    checkFields(reference, analysis, step, report);
    return;
  }
  if (node.root === 'params') {
    checkName(reference, name, 'parameter', analysis.parsed.workflow.parameters?.map((one) => one.name) ?? [], report);
  } else if (node.root === 'steps') {
    const found = checkName(
      reference,
      name,
      'step',
      analysis.steps.filter(({ undoOf }) => undoOf === undefined).map(({ id }) => id),
      report,
    );
    if (found) checkFields(reference, analysis, step, report);
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

function checkFields(
  reference: PlacedReference,
  analysis: Analysis,
  step: AnalysedStep | undefined,
  report: Report,
): void {
  const offset = reference.from - reference.node.from;
  typeOfReference(reference.node, typeScope(analysis, step), ({ field, structure, fields, from, to }) => {
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
