import type { AnalysedStep, Rule } from '../analysis.ts';
import { impliesWhen } from '../conditions-of.ts';
import { type Facts, factsWhen, NO_FACTS, unguardedReads } from '../guarded-reads.ts';
import type { Value } from '../value.ts';

/**
 * What a step reads has run. A step with `when`, or one that may fail and be passed over, may leave no result; it is
 * read only behind `$exists`, and one with `when` by a step with the very same condition besides.
 */
export const stepsThatRun: Rule = ({ steps, outputs }, report) => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const readers = [
    ...steps.map((step) => ({ reader: step, values: step.values, given: guardedBy(step, byId) })),
    { reader: undefined, values: [...outputs.values()], given: () => NO_FACTS },
  ];
  for (const { reader, values, given } of readers) {
    for (const { node, path, from, to } of values.flatMap((value) => unguardedReads(value, given(value)))) {
      const [field] = node.path;
      const read = node.root === 'steps' && field?.kind === 'field' ? byId.get(field.name) : undefined;
      const why = read === undefined ? undefined : mayNotRun(read, reader, path.at(-1) === 'when' ? from : undefined);
      if (read === undefined || why === undefined) continue;
      const guard = `ask first: $exists(steps.${read.id}) ? … : …`;
      report({
        code: 'WF2007',
        path,
        within: { from, to },
        message: `step "${read.id}" may leave no result: ${why}`,
        hint:
          read.source.when === undefined
            ? `${guard}, or read another step`
            : `give this step the same when: ${read.source.when}; or ${guard}`,
      });
    }
  }
};

/** What is there where a value of the step is evaluated: what its `when` asked for, for all but the `when` itself. */
export function guardedBy(step: AnalysedStep, byId: ReadonlyMap<string, AnalysedStep>): (value: Value) => Facts {
  const main = byId.get(step.undoOf ?? step.id) ?? step;
  const when = main.fields.get('when');
  const facts = factsWhen(when);
  return (value) => (value === when ? NO_FACTS : facts);
}

/** `inWhen`: where in the reader's own condition it is read; the rest of that has not been looked at by then. */
function mayNotRun(
  { source }: AnalysedStep,
  reader: AnalysedStep | undefined,
  inWhen: number | undefined,
): string | undefined {
  if (source.on_error === 'continue') return 'it is passed over when it fails';
  if (impliesWhen(reader?.source.when, source.when, inWhen)) return undefined;
  return 'it has a when that this step does not have';
}
