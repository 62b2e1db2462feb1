import { compileExpression } from './asl/compile-expression.ts';
import type { ChoiceRule, State } from './asl/definition.ts';
import { isJsonata, jsonataText } from './asl/jsonata-language.ts';

/** A Choice that a run has left, as its history shows it. */
export interface ChoiceLeft {
  readonly state: State;
  readonly input: unknown;
  /** The variables of the run when it was entered. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Those that were assigned on the way out. */
  readonly assigned: Readonly<Record<string, unknown>>;
}

/** The rule that led from a Choice to a state; `[undefined]` for its Default, several where nothing tells them apart. */
export async function branchTaken(
  { state, input, variables, assigned }: ChoiceLeft,
  next: string,
): Promise<readonly (number | undefined)[]> {
  const rules = (state.Choices ?? []).map((rule, index) => ({ rule, index }));
  const led = rules.filter(({ rule }) => rule.Next === next && assigns(rule, assigned));
  const candidates = state.Default === next ? [...led, undefined] : led;
  if (candidates.length <= 1) return candidates.map((one) => one?.index);
  for (const { rule, index } of led) {
    const holds = await holdsFor(rule, { ...variables, states: { input } });
    if (holds === undefined) return candidates.map((one) => one?.index);
    if (holds) return [index];
  }
  return state.Default === next ? [undefined] : led.map(({ index }) => index);
}

/** Whether the variables that were assigned can be those of the rule: it fits where it says them outright. */
function assigns(rule: ChoiceRule, assigned: ChoiceLeft['assigned']): boolean {
  return Object.entries(rule.Assign ?? {}).every(
    ([name, value]) => isJsonata(value) || typeof value === 'object' || assigned[name] === value,
  );
}

/** What a history does not hold: the context object, the clock and chance. */
const UNKNOWN = /\$(states\.context|now|millis|random|uuid)\b/;

/** Whether the condition holds with these variables; undefined where it asks for more than that. */
async function holdsFor(
  { Condition: condition }: ChoiceRule,
  variables: Readonly<Record<string, unknown>>,
): Promise<boolean | undefined> {
  if (!isJsonata(condition)) return undefined;
  const text = jsonataText(condition);
  if (UNKNOWN.test(text)) return undefined;
  try {
    const value: unknown = await compileExpression(text).evaluate(undefined, variables);
    return typeof value === 'boolean' ? value : undefined;
  } catch {
    return undefined;
  }
}
