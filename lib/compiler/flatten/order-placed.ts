import type { Path, StepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import { needsOf } from './step-references.ts';

/** A step as its author wrote it, and where it stands. */
export interface Placed {
  readonly step: StepSource;
  readonly path: Path;
}

/**
 * Steps after those that they need, so that what a workflow step returns is known before it is read. A circle through
 * one is told here; any other is left to the rule that tells of circles.
 */
export function orderPlaced(placed: readonly Placed[], report: Report): readonly Placed[] {
  const byId = new Map(placed.map((one) => [one.step.id, one]));
  const ordered = new Set<Placed>();
  const visit = (one: Placed, way: readonly Placed[]): void => {
    if (ordered.has(one)) return;
    const from = way.indexOf(one);
    if (from >= 0) {
      tellCircle(way.slice(from), report);
      return;
    }
    for (const id of needsOf(one.step)) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed, [...way, one]);
    }
    ordered.add(one);
  };
  for (const one of placed) visit(one, []);
  return [...ordered];
}

function tellCircle(circle: readonly Placed[], report: Report): void {
  const [first] = circle;
  if (first === undefined || !circle.some(({ step }) => step.type === 'workflow')) return;
  const names = [...circle, first].map(({ step }) => step.id).join(' → ');
  const message = `steps depend on each other in a circle: ${names}`;
  report({ code: 'WF2004', path: [...first.path, 'id'], message, hint: 'take one of the dependencies away' });
}
