import type { AnalysedStep, Rule } from '../analysis.ts';
import { referencesIn } from '../value.ts';

/**
 * What a step reads has run. A step with `when`, or one that may fail and be passed over, may leave no result; only a
 * step with the very same condition may read the former, none the latter.
 */
export const stepsThatRun: Rule = ({ steps, outputs }, report) => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const readers = [
    ...steps.map((step) => ({ reader: step, values: step.values })),
    { reader: undefined, values: [...outputs.values()] },
  ];
  for (const { reader, values } of readers) {
    for (const { node, path, from, to } of values.flatMap(referencesIn)) {
      const [field] = node.path;
      const read = node.root === 'steps' && field?.kind === 'field' ? byId.get(field.name) : undefined;
      const why = read === undefined ? undefined : mayNotRun(read, reader);
      if (read === undefined || why === undefined) continue;
      report({
        code: 'WF2007',
        path,
        within: { from, to },
        message: `step "${read.id}" may leave no result: ${why}`,
        hint:
          read.source.when === undefined ? 'read another step' : `give this step the same when: ${read.source.when}`,
      });
    }
  }
};

function mayNotRun({ source }: AnalysedStep, reader: AnalysedStep | undefined): string | undefined {
  if (source.on_error === 'continue') return 'it is passed over when it fails';
  if (source.when === undefined || source.when === reader?.source.when) return undefined;
  return 'it has a when that this step does not have';
}
