import type { ParsedWorkflow, Path, WorkflowSource } from '../../language/source.ts';
import type { FlatStep } from './flat-workflow.ts';

/** The way from parts of a flattened workflow to the text that there is: for what stands elsewhere, to its step. */
export function locateIn(
  parsed: ParsedWorkflow,
  steps: readonly FlatStep[],
  flat: WorkflowSource,
): Pick<ParsedWorkflow, 'locate' | 'locateKey'> {
  const placeOf = (path: Path): { readonly path: Path; readonly exact: boolean; readonly whole: boolean } => {
    const [part, index, ...rest] = path;
    if (part === 'outputs') {
      const exact = flat.outputs?.[String(index)] === parsed.workflow.outputs?.[String(index)];
      return { path, exact, whole: false };
    }
    const step = part === 'steps' && typeof index === 'number' ? steps[index] : undefined;
    if (step === undefined) return { path, exact: true, whole: false };
    if (step.origin !== undefined) return { path: step.place, exact: false, whole: true };
    return { path: [...step.place, ...rest], exact: !step.changed, whole: false };
  };
  return {
    locate(path, within) {
      const place = placeOf(path);
      return parsed.locate(place.path, place.exact ? within : undefined);
    },
    locateKey(path) {
      const place = placeOf(path);
      return place.whole ? parsed.locate(place.path) : parsed.locateKey(place.path);
    },
  };
}

/** What to say besides, of a part that its author did not write here: `step "create" of workflow "rds_backup"`. */
export function writtenElsewhere(steps: readonly FlatStep[], path: Path): string | undefined {
  const [part, index] = path;
  const step = part === 'steps' && typeof index === 'number' ? steps[index] : undefined;
  if (step?.origin === undefined || step.innerId === undefined) return undefined;
  return `step "${step.innerId}" of workflow "${step.origin.workflow}"`;
}
