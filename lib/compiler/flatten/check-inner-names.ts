import { LIMITS } from '../../language/limits.ts';
import type { Path } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import type { FlatStep } from './flat-workflow.ts';
import type { Placed } from './order-placed.ts';

/** Names of steps are names of states and variables: each is there once, and is short enough. */
export function checkInnerNames(steps: readonly FlatStep[], placed: readonly Placed[], report: Report): void {
  const own = new Set(placed.flatMap(({ step }) => (step.type === 'workflow' ? [] : [step.id])));
  const seen = new Set<string>();
  for (const { source, origin, place } of steps) {
    if (origin === undefined) continue;
    const { id } = source;
    const at: Path = [...place.slice(0, 2), 'id'];
    if (own.has(id) || seen.has(id)) {
      const message = `a step of workflow "${origin.workflow}" is called "${id}" here, as another step is`;
      report({ code: 'WF2013', path: at, message, hint: 'give one of them another id' });
    } else if (id.length > MAX_ID) {
      const message = `a step of workflow "${origin.workflow}" is called "${id}" here, which has ${id.length} characters; ${MAX_ID} are allowed`;
      report({ code: 'WF2013', path: at, message, hint: 'give this step a shorter id' });
    }
    seen.add(id);
  }
  if (steps.length <= LIMITS.steps) return;
  const message = `there are ${steps.length} steps with those of other workflows, ${LIMITS.steps} are allowed`;
  report({ code: 'WF5003', path: ['steps'], atKey: true, message, hint: 'split the workflow in two' });
}

/** As an id of one's own; `Undo <id>?` is a state name of at most 80 characters then. */
const MAX_ID = 64;
