import type { AnalysedStep, Rule } from '../analysis.ts';
import { referencesIn } from '../value.ts';

/**
 * `max_duration` is longer than the pauses that every run makes, one after the other. Only what is certain is refused:
 * a wait may be over at its first look, an answer may come at once, a step with `when` may not run; how long those can
 * take at most is told by a plan (`may_be_cut`), and a tier's ceiling may leave no room for all of it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html (TimeoutSeconds)
 */
export const timeToPause: Rule = ({ parsed, steps }, report) => {
  const { max_duration: maxDuration } = parsed.workflow.security;
  const byId = new Map(steps.filter(({ undoOf }) => undoOf === undefined).map((step) => [step.id, step]));
  const known = new Map<string, number>();
  const longest = Math.max(0, ...[...byId.keys()].map((id) => pausesUpTo(id, byId, known)));
  if (longest < maxDuration) return;
  report({
    code: 'WF5008',
    path: ['security', 'max_duration'],
    message: `every run pauses for ${longest} seconds, and is stopped after ${maxDuration}`,
    hint: 'raise max_duration to the pauses and the time that the other steps need, or pause for less',
  });
};

/** The seconds that pass in pauses from the start until a step has ended, at least. */
function pausesUpTo(id: string, byId: ReadonlyMap<string, AnalysedStep>, known: Map<string, number>): number {
  const step = byId.get(id);
  if (step === undefined) return 0;
  const found = known.get(id);
  if (found !== undefined) return found;
  // In a circle, which is an error of its own, a step counts once.
  known.set(id, 0);
  const before = Math.max(0, ...needsOf(step).map((need) => pausesUpTo(need, byId, known)));
  known.set(id, before + pauseOf(step));
  return before + pauseOf(step);
}

function needsOf({ source, values }: AnalysedStep): readonly string[] {
  const read = values.flatMap(referencesIn).flatMap(({ node: { root, path } }) => {
    const [field] = path;
    return root === 'steps' && field?.kind === 'field' ? [field.name] : [];
  });
  return [...(source.depends_on ?? []), ...read];
}

function pauseOf({ source, fields }: AnalysedStep): number {
  if (source.type !== 'sleep' || source.when !== undefined) return 0;
  const seconds = fields.get('seconds');
  return seconds?.kind === 'literal' && typeof seconds.value === 'number' ? seconds.value : 0;
}
