import type { AnalysedStep, Rule } from '../analysis.ts';

/**
 * A run that comes to more events ends there, and nothing is undone:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (Maximum execution history size)
 */
const MAX_EVENTS = 25_000;

/** A look is a task of five events and a Choice of two; a pause of two follows each look but the last. */
const EVENTS_OF_LOOK = 7;
const EVENTS_OF_PAUSE = 2;

/**
 * The waits of a workflow fit into one history, even where each looks as often as it may. Without retries, and within
 * `max_duration`: what is refused is certain. A wait in a list counts once, as the length of a list is not known.
 */
export const historyEvents: Rule = ({ parsed, steps }, report) => {
  const waits = steps.flatMap((step) => wait(step) ?? []);
  // Those that pause the least have the most looks in the time there is.
  let seconds = parsed.workflow.security.max_duration;
  let events = 0;
  for (const { step, interval, looks: asked } of [...waits].sort((a, b) => a.interval - b.interval)) {
    const looks = Math.min(asked, 1 + Math.floor(seconds / interval));
    seconds -= (looks - 1) * interval;
    events += looks * EVENTS_OF_LOOK + (looks - 1) * EVENTS_OF_PAUSE;
    if (events <= MAX_EVENTS) continue;
    report({
      code: 'WF5007',
      path: [...step.path, 'id'],
      message: `the waits may look so often that a run comes to ${events} events, and Step Functions ends it at ${MAX_EVENTS}`,
      hint: `look less often: raise the interval of step "${step.id}", and lower its max_attempts`,
    });
    return;
  }
};

/** How often a wait looks, as the plan has it: see lib/compiler/emit/emit-plan.ts. */
function wait(step: AnalysedStep): { step: AnalysedStep; interval: number; looks: number } | undefined {
  const { source, waiter } = step;
  if (source.type !== 'wait_for') return undefined;
  return {
    step,
    interval: source.interval ?? waiter?.delaySeconds ?? 15,
    looks: source.max_attempts ?? waiter?.maxAttempts ?? 40,
  };
}
