import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { Path, WorkflowSource, WorkflowStepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import { type PlacedReference, readValue, referencesIn } from '../analyse/value.ts';
import { mapStep } from './map-step.ts';

/**
 * What a `workflow` step itself reads and names exists. It is told here, once: afterwards it stands wherever the other
 * workflow uses what it is given.
 */
export function checkOwnReferences(
  step: WorkflowStepSource,
  path: Path,
  { steps, parameters = [] }: WorkflowSource,
  report: Report,
): void {
  const names = {
    params: parameters.map(({ name }) => name),
    steps: steps.map(({ id }) => id).filter((id) => id !== step.id),
  };
  const check = (text: string, at: Path): string => {
    for (const reference of referencesIn(readValue(text, at, report))) checkReference(reference, names, report);
    return text;
  };
  // These two are refused as a whole.
  const { output: _, for_each: __, ...read } = step;
  mapStep(read, path, { text: check, value: check });
  for (const [index, id] of (step.depends_on ?? []).entries()) {
    if (names.steps.includes(id)) continue;
    const at = { path: [...path, 'depends_on', index] };
    report({ code: 'WF2001', ...at, message: `no step named "${id}"`, hint: hintFor(id, 'step', names.steps) });
  }
}

function checkReference(
  { node, path, from, to }: PlacedReference,
  names: { readonly params: readonly string[]; readonly steps: readonly string[] },
  report: Report,
): void {
  const at = { path, within: { from, to } };
  if (node.root === 'item' || node.root === 'result') {
    const message = `there is no ${node.root} in a workflow step`;
    report({ code: 'WF2008', ...at, message, hint: 'read a parameter, or an earlier step' });
    return;
  }
  if (node.root !== 'params' && node.root !== 'steps') return;
  const [field] = node.path;
  const name = field?.kind === 'field' ? field.name : '';
  const known = names[node.root];
  if (known.includes(name)) return;
  const [code, what] = node.root === 'params' ? (['WF2002', 'parameter'] as const) : (['WF2001', 'step'] as const);
  report({ code, ...at, message: `no ${what} named "${name}"`, hint: hintFor(name, what, known) });
}

function hintFor(name: string, what: string, names: readonly string[]): string {
  const guess = didYouMean(name, names);
  if (guess !== undefined) return `did you mean "${guess}"?`;
  return names.length === 0 ? `this workflow has no other ${what}` : `${what}s here: ${listNames(names, 12)}`;
}
