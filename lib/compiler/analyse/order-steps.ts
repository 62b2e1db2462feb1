import type { AnalysedStep } from './analysis.ts';
import { referencesIn } from './value.ts';

/** The steps a step needs: those it names in `depends_on`, and those whose results it reads. Sorted, each once. */
export function dependenciesOf(step: AnalysedStep): readonly string[] {
  const read = step.values.flatMap(referencesIn).flatMap(({ node }) => {
    const [field] = node.path;
    return node.root === 'steps' && field?.kind === 'field' ? [field.name] : [];
  });
  return [...new Set([...(step.source.depends_on ?? []), ...read])].sort();
}

/**
 * Steps in the order they run: each after all it depends on, otherwise as written. Steps of a circle, and
 * those behind one, are left out; unknown dependencies are taken as met. Both are reported by rules.
 */
export function orderSteps(all: readonly AnalysedStep[]): readonly AnalysedStep[] {
  const steps = all.filter(({ undoOf }) => undoOf === undefined);
  const ids = new Set(steps.map((step) => step.id));
  const done = new Set<string>();
  const ordered: AnalysedStep[] = [];
  let waiting = [...steps];
  for (;;) {
    const next = waiting.find((step) => dependenciesOf(step).every((id) => done.has(id) || !ids.has(id)));
    if (next === undefined) return ordered;
    ordered.push(next);
    done.add(next.id);
    waiting = waiting.filter((step) => step !== next);
  }
}
