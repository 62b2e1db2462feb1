import { didYouMean, listNames } from '../../../diagnostics/suggest.ts';
import type { Rule } from '../analysis.ts';

/** Every name in `depends_on` is another step of this workflow. */
export const knownDependencies: Rule = ({ steps: all }, report) => {
  const steps = all.filter(({ undoOf }) => undoOf === undefined);
  const ids = steps.map((step) => step.id);
  for (const step of steps) {
    for (const [index, name] of (step.source.depends_on ?? []).entries()) {
      if (ids.includes(name)) continue;
      const others = ids.filter((id) => id !== step.id);
      const guess = didYouMean(name, others);
      report({
        code: 'WF2001',
        path: [...step.path, 'depends_on', index],
        message: `no step named "${name}"`,
        hint: guess === undefined ? `steps here: ${listNames(ids, 12)}` : `did you mean "${guess}"?`,
      });
    }
  }
};
