import { everyKeyIsBound, valuesFit } from './check-binding.ts';
import { nothingIsMissing } from './check-completeness.ts';
import { marginIsClear } from './check-margin.ts';
import { nounsFit } from './check-nouns.ts';
import { actionIsDeclared, actionIsKnown, stepFunctionsCanCall } from './check-permission.ts';
import { verbChecks } from './check-verb.ts';
import type { Check, Question, Refusal } from './refusal.ts';

/** In the order in which an author can best act on them. Nothing is accepted that fails one. */
const CHECKS: readonly Check[] = [
  ...verbChecks,
  valuesFit,
  nounsFit,
  actionIsDeclared,
  marginIsClear,
  everyKeyIsBound,
  nothingIsMissing,
  stepFunctionsCanCall,
  actionIsKnown,
];

/** The first reason not to accept the best operation, or `undefined`. */
export function findRefusal(question: Question): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(question);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
