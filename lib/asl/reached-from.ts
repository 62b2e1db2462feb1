import type { State } from './state-machine.ts';

/** The names of the states that can be come to from one, itself included. */
export function reachedFrom(start: string, states: ReadonlyMap<string, State>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...nextStates(states.get(name) ?? {}));
  }
  return reached;
}

function nextStates({ Next, Default, Choices, Catch }: State): readonly string[] {
  const listed = [...((Choices ?? []) as readonly State[]), ...((Catch ?? []) as readonly State[])];
  return [Next, Default, ...listed.map((one) => one.Next)].filter((name) => typeof name === 'string');
}
