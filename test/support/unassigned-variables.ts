import { edgesOf } from '../../lib/asl/state-edges.ts';
import type { State } from '../../lib/asl/state-machine.ts';

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, unknown>>;
}

type Names = ReadonlySet<string>;

/**
 * The variables that a state machine may read before it has assigned them, as `state: $variable`. A state assigns what
 * stands beside the `Next`, rule or catcher that it leaves by; what Map and Parallel hold sees what they see.
 */
export function unassignedVariables(machine: Machine, given: Names = new Set()): readonly string[] {
  const states = machine.States as Readonly<Record<string, State>>;
  const known = new Map<string, Names>([[machine.StartAt, given]]);
  const waiting = [machine.StartAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const { target, assigns } of edgesOf(states[name] ?? {})) {
      const there = new Set([...(known.get(name) ?? []), ...Object.keys(assigns)]);
      const before = known.get(target);
      const both = before === undefined ? there : new Set([...before].filter((one) => there.has(one)));
      if (before !== undefined && both.size === before.size) continue;
      known.set(target, both);
      waiting.push(target);
    }
  }
  return [...known].flatMap(([name, assigned]) => {
    const { ItemProcessor, Branches, ...own } = states[name] ?? {};
    const inner = [ItemProcessor, ...((Branches ?? []) as readonly unknown[])].filter((one) => one !== undefined);
    const read = variablesIn(own).filter((variable) => !assigned.has(variable));
    return [
      ...new Set(read.map((variable) => `${name}: $${variable}`)),
      ...inner.flatMap((one) => unassignedVariables(one as Machine, assigned)),
    ];
  });
}

/** The variables that the expressions of a state read and do not bind themselves. */
function variablesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('{%') ? variablesOf(value) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(variablesIn);
}

function variablesOf(expression: string): readonly string[] {
  const code = expression.replace(/"(?:\\.|[^"\\])*"/g, '""');
  const bound = new Set([...code.matchAll(/\$(\w+)\s*:=/g)].map(([, name]) => name));
  const read = [...code.matchAll(/\$(\w+)\b(?!\s*\(|\s*:=)/g)].map(([, name = '']) => name);
  return read.filter((name) => name !== 'states' && !bound.has(name));
}
