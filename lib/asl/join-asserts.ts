import type { StateGraph } from './decide-once.ts';
import { edgesOf, withEdges } from './state-edges.ts';
import type { State } from './state-machine.ts';
import { evaluated } from './to-payload.ts';

/** Stands between the names of asserts that one state decides together; the id of a step has no space in it. */
export const AND = ' and ';

/** The name of a state is at most this long: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_STATE_NAME = 80;

/** Joins each assert with the one that follows it. Their names are joined too, so that the history tells of both. */
export function joinAsserts(graph: StateGraph): StateGraph {
  for (const name of graph.states.keys()) {
    const first = turnedRound(name, graph);
    const next = String(first?.Default);
    const second = turnedRound(next, graph);
    const joined = `${name}${AND}${next}`;
    if (first === undefined || second === undefined || joined.length > MAX_STATE_NAME) continue;
    if (!isOnlyWayTo(next, name, graph)) continue;
    const rules = [...(first.Choices as readonly State[]), ...(second.Choices as readonly State[])];
    return joinAsserts(replaced(graph, [name, next], joined, { ...second, Choices: rules }));
  }
  return graph;
}

/**
 * An assert with rules that lead to its failures, in order, and all that holds as `Default`; nothing for another
 * state.
 */
export function turnedRound(name: string, { states }: StateGraph): State | undefined {
  const { Type, Assign, Comment, Choices, Default } = states.get(name) ?? {};
  const rules = (Choices ?? []) as readonly State[];
  const failures = name.split(AND).map((id) => `${id} failed`);
  if (Type !== 'Choice' || Assign !== undefined || !failures.every((failure) => states.has(failure))) return undefined;
  if (failures.every((failure, index) => rules[index]?.Next === failure)) return states.get(name);
  const [rule] = rules;
  if (rules.length !== 1 || rule === undefined || Default !== failures[0]) return undefined;
  const Condition = evaluated(negated(String(rule.Condition).slice(2, -2).trim()));
  const comment = Comment === undefined ? {} : { Comment };
  return { Type: 'Choice', Choices: [{ ...comment, Condition, Next: Default }], Default: rule.Next };
}

/** What is neither true nor false stays what it is, and so an error of the Choice. */
function negated(condition: string): string {
  return `($held := ${condition}; $type($held) = "boolean" ? $not($held) : $held)`;
}

function isOnlyWayTo(name: string, from: string, { start, states }: StateGraph): boolean {
  const leads = (state: State): boolean => edgesOf(state).some(({ target }) => target === name);
  return start !== name && ![...states].some(([other, state]) => other !== from && leads(state));
}

function replaced(
  { start, states }: StateGraph,
  [old, gone]: [string, string],
  name: string,
  state: State,
): StateGraph {
  const renamed = [...states].flatMap(([key, other]): (readonly [string, State])[] => {
    if (key === gone) return [];
    if (key === old) return [[name, state]];
    return [[key, withEdges(other, (edge) => (edge.target === old ? { ...edge, target: name } : edge))]];
  });
  return { start: start === old ? name : start, states: new Map(renamed) };
}
