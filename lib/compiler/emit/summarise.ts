import type { Effect, PlanEntry } from '../bytecode.ts';
import { actionOf } from '../plan-calls.ts';

const WORDS: Readonly<Record<Effect, string>> = {
  read: 'Reads only',
  write: 'Changes AWS',
  destructive: 'Destroys or interrupts something in AWS',
};

/** What a workflow does, in one sentence made from its plan; no word of the author's is in it. */
export function summarise(plan: readonly PlanEntry[], effect: Effect): string {
  const calls = plan.flatMap((entry) => {
    if (entry.type === 'approval') return ['a person approves'];
    return entry.call === undefined ? [] : [actionOf(entry)];
  });
  return `${WORDS[effect]}: ${calls.join(', then ')}.`;
}
