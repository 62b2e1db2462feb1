import type { State } from './state-machine.ts';

/** One way out of a state. */
export interface Edge {
  /** `else` is the way of a state itself: its `Next`, or the `Default` of a Choice. */
  readonly kind: 'rule' | 'catch' | 'else';
  readonly target: string;
  /** The variables that are set on this way. */
  readonly assigns: State;
}

/** The ways out of a state: the rules of a Choice, catchers, then the state's own. */
export function edgesOf({ Choices, Catch, Next, Default, Assign }: State): readonly Edge[] {
  const listed = (parts: unknown, kind: Edge['kind']): readonly Edge[] =>
    ((parts ?? []) as readonly State[]).map((part) => edge(kind, part.Next, part.Assign));
  const own = Next ?? Default;
  return [
    ...listed(Choices, 'rule'),
    ...listed(Catch, 'catch'),
    ...(own === undefined ? [] : [edge('else', own, Assign)]),
  ];
}

/** The state with other ways out: `change` gives where one leads now, and what is set on it. */
export function withEdges(state: State, change: (edge: Edge) => Pick<Edge, 'target' | 'assigns'>): State {
  const changed = (part: State, kind: Edge['kind'], field: 'Next' | 'Default'): State => {
    if (part[field] === undefined) return part;
    const { target, assigns } = change(edge(kind, part[field], part.Assign));
    return { ...part, ...(Object.keys(assigns).length === 0 ? {} : { Assign: assigns }), [field]: target };
  };
  const listed = (field: 'Choices' | 'Catch', kind: Edge['kind']): State =>
    state[field] === undefined
      ? {}
      : { [field]: (state[field] as readonly State[]).map((part) => changed(part, kind, 'Next')) };
  const own = changed(state, 'else', state.Next === undefined ? 'Default' : 'Next');
  return { ...own, ...listed('Choices', 'rule'), ...listed('Catch', 'catch') };
}

function edge(kind: Edge['kind'], target: unknown, assigns: unknown): Edge {
  return { kind, target: String(target), assigns: (assigns ?? {}) as State };
}
