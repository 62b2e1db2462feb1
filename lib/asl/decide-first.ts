import type { State } from './state-machine.ts';
import { evaluated } from './to-payload.ts';

/**
 * The first state with the conditions of the steps that it leads to, where they read nothing but parameters. The
 * variable `params` is only set on the ways out of the state, so each condition binds it for itself.
 */
export function decideFirst<T extends State & { readonly Assign: State }>(
  first: T,
  states: Readonly<Record<string, unknown>>,
): T {
  const next = String(first.Default);
  const { Type, Output, Choices, Default, Assign, Comment } = (states[next] ?? {}) as State;
  const rules = (Choices ?? []) as readonly State[];
  const isFitting = Type === 'Choice' && /^\S+\?$/.test(next) && Output === undefined;
  if (!isFitting || !rules.every(({ Condition }) => readsOnlyParameters(String(Condition)))) return first;
  const comment = Comment === undefined ? {} : { Comment };
  const params = textOf(first.Assign.params);
  const decided = rules.map((rule) => ({
    ...comment,
    ...rule,
    Condition: evaluated(`($params := ${params}; ${textOf(rule.Condition)})`),
    Assign: { ...first.Assign, ...(rule.Assign as State | undefined) },
  }));
  return {
    ...first,
    Choices: [...(first.Choices as readonly State[]), ...decided],
    Default,
    Assign: { ...first.Assign, ...(Assign as State | undefined) },
  };
}

/** A name after `$` is a variable unless it is called. */
function readsOnlyParameters(condition: string): boolean {
  return [...condition.matchAll(/\$(\w+)(?![\w(])/g)].every(([, name]) => name === 'params');
}

/** The expression between `{%` and `%}`. */
function textOf(expression: unknown): string {
  return String(expression).slice(2, -2).trim();
}
