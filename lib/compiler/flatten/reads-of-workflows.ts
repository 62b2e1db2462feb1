import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { WorkflowSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import type { PlacedReference } from '../analyse/value.ts';
import { innerName } from './expand-step.ts';
import type { LibraryWorkflow } from './library.ts';
import { referencesOfStep, referencesOfText, stepRead } from './step-references.ts';

/** Who reads a `workflow` step reads one of the other workflow's outputs; its steps are nobody else's to name. */
export function checkReads(
  workflow: WorkflowSource,
  found: ReadonlyMap<string, LibraryWorkflow>,
  report: Report,
): void {
  const own = new Set(workflow.steps.map(({ id }) => id));
  const hidden = hiddenSteps(found, own);
  const references = [
    ...workflow.steps.flatMap((step, index) => referencesOfStep(step, ['steps', index])),
    ...Object.entries(workflow.outputs ?? {}).flatMap(([name, text]) => referencesOfText(text, ['outputs', name])),
  ];
  for (const reference of references) {
    const id = stepRead(reference);
    if (id === undefined) continue;
    const other = found.get(id);
    const { path, from, to } = reference;
    if (other !== undefined) checkOutput(reference, id, other, report);
    else if (hidden.has(id)) report({ ...hiddenStep(id, hidden.get(id)), path, within: { from, to } });
  }
  for (const [at, { depends_on: names = [] }] of workflow.steps.entries()) {
    for (const [index, id] of names.entries()) {
      if (hidden.has(id)) report({ ...hiddenStep(id, hidden.get(id)), path: ['steps', at, 'depends_on', index] });
    }
  }
}

/** Names that steps of other workflows will have, with the step they belong to. */
function hiddenSteps(
  found: ReadonlyMap<string, LibraryWorkflow>,
  own: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const names = [...found].flatMap(([id, { flat }]) =>
    flat.steps.map(({ source }) => [innerName(id, source.id), id] as const),
  );
  return new Map(names.filter(([name]) => !own.has(name)));
}

function hiddenStep(id: string, step = ''): { code: 'WF2012'; message: string; hint: string } {
  const message = `"${id}" is a step inside of "${step}", which only its own workflow can name`;
  return { code: 'WF2012', message, hint: `read an output of "${step}", or name "${step}" itself` };
}

function checkOutput(
  { node, path, from, to }: PlacedReference,
  id: string,
  { bytecode }: LibraryWorkflow,
  report: Report,
): void {
  const names = Object.keys(bytecode.outputs ?? {});
  const { name } = bytecode.metadata;
  const [, output] = node.path;
  const asked = output?.kind === 'field' ? output.name : undefined;
  if (asked !== undefined && names.includes(asked)) return;
  const guess = asked === undefined ? undefined : didYouMean(asked, names);
  const known = names.length === 0 ? 'give it outputs' : `outputs: ${listNames(names, 12)}`;
  const message =
    asked === undefined
      ? `step "${id}" has no result of its own, only the outputs of workflow "${name}"`
      : `workflow "${name}" has no output "${asked}"`;
  const hint = guess === undefined ? known : `did you mean "${guess}"?`;
  report({ code: 'WF2012', path, within: { from, to }, message, hint });
}
