import type { AwsCall, Effect, PlanEntry } from './bytecode.ts';

/** The calls that an entry of the plan can make: its own, and its inverse. */
export function callsOf({ call, undo }: PlanEntry): readonly AwsCall[] {
  return [call, undo].filter((one) => one !== undefined);
}

/** What an entry does, as a person reads it: the call it makes, or what it is. */
export function actionOf({ call, type }: PlanEntry): string {
  return call === undefined ? type : `${call.service}:${call.operation}`;
}

/** The effect of several calls together. */
export function worstEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('destructive')) return 'destructive';
  return effects.includes('write') ? 'write' : 'read';
}
