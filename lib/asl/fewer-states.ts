import { decideOnce, decisionOf, type StateGraph } from './decide-once.ts';
import { joinAsserts, turnedRound } from './join-asserts.ts';
import type { State } from './state-machine.ts';

/**
 * The same machine with fewer states to enter, as Step Functions bills each one
 * (https://aws.amazon.com/step-functions/pricing/): what was decided is not decided again, asserts that follow each
 * other become one Choice, and the condition of a step that a Choice leads to where none of its rules holds becomes
 * a rule of that Choice. States that nothing leads to any more are left for the caller to drop.
 */
export function fewerStates(graph: StateGraph): StateGraph {
  return foldDecisions(joinAsserts(decideOnce(graph)));
}

function foldDecisions({ start, states }: StateGraph): StateGraph {
  const folded = new Map(states);
  // From the end: what a condition leads to is part of it by then.
  for (const name of [...states.keys()].reverse()) {
    const graph = { start, states: folded };
    const choice = folded.get(name)?.Type === 'Choice' ? (turnedRound(name, graph) ?? folded.get(name)) : undefined;
    const next = String(choice?.Default);
    if (choice === undefined || states.get(next) === undefined || decisionOf(next, { start, states }) === undefined)
      continue;
    const joined = withRulesOf(choice, folded.get(next) as State);
    if (joined !== undefined) folded.set(name, joined);
  }
  return { start, states: folded };
}

/** Nothing where a rule of the second would see a variable that the first sets on the way to it. */
function withRulesOf(first: State, second: State): State | undefined {
  const set = (first.Assign ?? {}) as State;
  const rules = second.Choices as readonly State[];
  const isSeen = (name: string): boolean =>
    rules.some(({ Condition }) => new RegExp(`\\$${name}\\b`).test(String(Condition)));
  if (first.Output !== undefined || JSON.stringify(set).includes('{%') || Object.keys(set).some(isSeen))
    return undefined;
  const comment = second.Comment === undefined ? {} : { Comment: second.Comment };
  const withSet = (part: State): State => {
    const all = { ...set, ...(part.Assign as State | undefined) };
    return Object.keys(all).length === 0 ? {} : { Assign: all };
  };
  return {
    ...first,
    Choices: [
      ...(first.Choices as readonly State[]),
      ...rules.map((rule) => ({ ...comment, ...rule, ...withSet(rule) })),
    ],
    ...withSet(second),
    Default: second.Default,
  };
}
