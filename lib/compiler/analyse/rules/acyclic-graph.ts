import type { AnalysedStep, Rule } from '../analysis.ts';
import { dependenciesOf } from '../order-steps.ts';

/** No step depends on itself, directly or through others. Each circle is told once, at its first step. */
export const acyclicGraph: Rule = ({ steps: all }, report) => {
  const steps = all.filter(({ undoOf }) => undoOf === undefined);
  const graph = new Map(steps.map((step) => [step.id, dependenciesOf(step)]));
  const told = new Set<string>();
  for (const step of steps) {
    if (told.has(step.id)) continue;
    const circle = circleThrough(step.id, graph);
    if (circle === undefined) continue;
    for (const id of circle) told.add(id);
    const last = circle.at(-1) ?? step.id;
    const message =
      circle.length === 1
        ? `step "${step.id}" depends on itself`
        : `steps depend on each other in a circle: ${[...circle, step.id].join(' → ')}`;
    const hint =
      circle.length === 1
        ? `take "${step.id}" out of its depends_on and expressions`
        : `let "${last}" no longer depend on "${step.id}", or turn one of the others round`;
    report({ code: 'WF2004', path: placeOf(step), message, hint });
  }
};

function placeOf(step: AnalysedStep): readonly (string | number)[] {
  return [...step.path, step.source.depends_on === undefined ? 'id' : 'depends_on'];
}

/** The shortest way from a step back to itself along dependencies, the step first; `undefined` if there is none. */
function circleThrough(start: string, graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const current = queue[head] as string;
    for (const next of graph.get(current) ?? []) {
      if (next === start) return wayTo(current, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, current);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
