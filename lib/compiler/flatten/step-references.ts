import type { Path, StepSource } from '../../language/source.ts';
import { type PlacedReference, readValue, referencesIn } from '../analyse/value.ts';
import { mapStep } from './map-step.ts';

/** Every reference that a step's author has written, in the order of its fields. What cannot be read has none. */
export function referencesOfStep(step: StepSource, path: Path): readonly PlacedReference[] {
  const found: PlacedReference[] = [];
  const look = (text: string, at: Path): string => {
    found.push(...referencesOfText(text, at));
    return text;
  };
  mapStep(step, path, { text: look, value: look });
  return found;
}

/** The references of one text; what cannot be read is told where the workflow is analysed. */
export function referencesOfText(text: string, path: Path): readonly PlacedReference[] {
  return referencesIn(readValue(text, path, () => {}));
}

/** The step that a reference reads; `undefined` where it reads something else. */
export function stepRead({ node }: Pick<PlacedReference, 'node'>): string | undefined {
  const [field] = node.path;
  return node.root === 'steps' && field?.kind === 'field' ? field.name : undefined;
}

/** The steps that a step needs: those it names, and those it reads. */
export function needsOf(step: StepSource): ReadonlySet<string> {
  const read = referencesOfStep(step, []).flatMap((reference) => stepRead(reference) ?? []);
  return new Set([...(step.depends_on ?? []), ...read]);
}
