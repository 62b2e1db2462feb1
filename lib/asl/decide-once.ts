import { type Edge, edgesOf, withEdges } from './state-edges.ts';
import type { State } from './state-machine.ts';

/** States, by their names, with the name of the one that begins. */
export interface StateGraph {
  readonly start: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A Choice about whether a step runs, and nothing else: `x?`. Where it does not run, constants may stand for its result. */
export interface Decision {
  readonly condition: string;
  readonly runs: string;
  readonly otherwise: string;
  /** What is set where the step does not run. */
  readonly absent: State;
}

/** Reads a state as the decision whether a step runs; nothing where it is another state, such as `Undo x?`. */
export function decisionOf(name: string, { states }: StateGraph): Decision | undefined {
  const { Type, Assign = {}, Output, Choices, Default } = states.get(name) ?? {};
  const [rule, ...others] = (Choices ?? []) as readonly State[];
  if (Type !== 'Choice' || !/^\S+\?$/.test(name) || rule === undefined || others.length > 0) return undefined;
  if (Output !== undefined || rule.Assign !== undefined || JSON.stringify(Assign).includes('{%')) return undefined;
  const [condition, runs, otherwise] = [rule.Condition, rule.Next, Default].map(String) as [string, string, string];
  return { condition, runs, otherwise, absent: Assign as State };
}

/** Conditions of steps, and whether they hold. */
type Known = ReadonlyMap<string, boolean>;

/**
 * Leads past the conditions that were decided on the way: steps with the very same `when` are decided once. A
 * condition reads variables that were set before the first step it is asked for, so that its answer stays.
 */
export function decideOnce(graph: StateGraph): StateGraph {
  const known = knownAt(graph);
  let changed = false;
  const states = [...graph.states].map(([name, state]) => {
    const here = known.get(name) ?? new Map<string, boolean>();
    const led = withEdges(state, (edge) => {
      const decision = decisionOf(edge.target, graph);
      const holds = decision && afterEdge(here, decisionOf(name, graph), edge).get(decision.condition);
      if (decision === undefined || holds === undefined) return edge;
      changed = true;
      if (holds) return { ...edge, target: decision.runs };
      return { target: decision.otherwise, assigns: { ...edge.assigns, ...decision.absent } };
    });
    return [name, led] as const;
  });
  return changed ? decideOnce({ start: graph.start, states: new Map(states) }) : graph;
}

/** What is known when a state is entered, by whichever way. */
function knownAt(graph: StateGraph): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>([[graph.start, new Map()]]);
  const waiting = [graph.start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const decision = decisionOf(name, graph);
    for (const edge of edgesOf(graph.states.get(name) ?? {})) {
      const there = afterEdge(known.get(name) ?? new Map(), decision, edge);
      const before = known.get(edge.target);
      const both =
        before === undefined ? there : new Map([...before].filter(([key, value]) => there.get(key) === value));
      if (before !== undefined && both.size === before.size) continue;
      known.set(edge.target, both);
      waiting.push(edge.target);
    }
  }
  return known;
}

function afterEdge(known: Known, decision: Decision | undefined, { kind }: Edge): Known {
  return decision === undefined ? known : new Map([...known, [decision.condition, kind === 'rule']]);
}
