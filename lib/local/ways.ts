import type { ChoiceRule, Flow, State, StateMachineDefinition } from './asl/definition.ts';
import { itemProcessorOf } from './asl/definition.ts';

export type WayKind = 'state' | 'branch' | 'retry' | 'catch';

/** A state, or a way out of one: each rule of a Choice and its Default, each Retry entry, each Catch entry. */
export interface Way {
  readonly kind: WayKind;
  readonly state: string;
  /** Which rule, Retry or Catch entry; absent for a state and a Default. */
  readonly index?: number;
  /** As a person reads it: `guard → Default: guard failed`. */
  readonly name: string;
}

/** All states of a definition by name, with those in branches of a Parallel and in items of a Map. */
export function statesOf(definition: StateMachineDefinition): ReadonlyMap<string, State> {
  const found = new Map<string, State>();
  const visit = ({ States: states }: Flow): void => {
    for (const [name, state] of Object.entries(states)) {
      found.set(name, state);
      for (const branch of state.Branches ?? []) visit(branch);
      const processor = itemProcessorOf(state);
      if (processor !== undefined) visit(processor);
    }
  };
  visit(definition);
  return found;
}

/** Everything of a definition that a run can come through, in the definition's order. */
export function waysOf(definition: StateMachineDefinition): readonly Way[] {
  return [...statesOf(definition)].flatMap(([name, state]) => [
    { kind: 'state', state: name, name } as const,
    ...branchesOf(name, state),
    ...(state.Retry ?? []).map(
      ({ ErrorEquals: errors }, index): Way => ({
        kind: 'retry',
        state: name,
        index,
        name: `${name} again after ${errorsText(errors)}`,
      }),
    ),
    ...(state.Catch ?? []).map(
      ({ ErrorEquals: errors, Next: next }, index): Way => ({
        kind: 'catch',
        state: name,
        index,
        name: `${name}: ${errorsText(errors)} → ${next ?? ''}`,
      }),
    ),
  ]);
}

function branchesOf(name: string, state: State): readonly Way[] {
  const rules = state.Choices ?? [];
  const isTwin = ({ Next: next }: ChoiceRule): boolean => rules.filter((other) => other.Next === next).length > 1;
  const ways = rules.map((rule, index): Way => {
    const which = isTwin(rule) ? ` (${ruleText(rule)})` : '';
    return { kind: 'branch', state: name, index, name: `${name} → ${rule.Next ?? ''}${which}` };
  });
  if (state.Default === undefined) return ways;
  return [...ways, { kind: 'branch', state: name, name: `${name} → Default: ${state.Default}` }];
}

/** What tells rules with the same target apart: what the rule says, or when it holds. */
function ruleText(rule: ChoiceRule): string {
  const { problem } = (rule.Assign ?? {}) as { readonly problem?: unknown };
  const text = typeof problem === 'string' ? problem : String(rule.Condition ?? rule.Variable ?? '');
  const plain = text.replace(/^\{%\s*|\s*%\}$/g, '');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

function errorsText([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
