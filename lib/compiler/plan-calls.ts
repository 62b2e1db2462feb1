import type { AwsCall, Bytecode, Effect, PlanEntry } from './bytecode.ts';

/** The calls that an entry of the plan can make: its own, and its inverse. */
export function callsOf({ call, undo }: PlanEntry): readonly AwsCall[] {
  return [call, undo].filter((one) => one !== undefined);
}

/** What an entry does, as a person reads it: the call it makes, or what it is. */
export function actionOf({ call, type }: PlanEntry): string {
  return call === undefined ? type : `${call.service}:${call.operation}`;
}

/** Whether a run may change anything; only such a workflow has a state machine that makes its plan. */
export function changesSomething({ execution_plan: plan }: Pick<Bytecode, 'execution_plan'>): boolean {
  return plan.flatMap(callsOf).some(({ effect }) => effect !== 'read');
}

/** The effect of several calls together. */
export function worstEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('destructive')) return 'destructive';
  return effects.includes('write') ? 'write' : 'read';
}

/** What a person is asked in an approval, with its expressions as the author wrote them. */
export function questionOf({ message }: PlanEntry): string {
  if (message?.kind === 'literal') return String(message.value);
  return message?.kind === 'expression' ? message.source : '';
}

/** The workflow that an entry was written in, as `name@version`; `undefined` where it is this one. */
export function originOf({ from }: PlanEntry): string | undefined {
  return from === undefined ? undefined : `${from.workflow}@${from.version}`;
}
