import type { CallerPermissions } from '../engine/caller-permissions.ts';
import { type AccountPlace, neededPermissions } from '../engine/needed-permissions.ts';
import { allowsAll } from '../iam/allows-all.ts';
import type { IdentityPolicy } from '../iam/evaluate-policy.ts';

/** Callers who all have this one policy, and may do in AWS what it is certain to allow. */
export function createPolicyPermissions(policy: IdentityPolicy, place: AccountPlace): CallerPermissions {
  return {
    async missingPermissions(_principal, bytecode) {
      const missing = neededPermissions(bytecode, place).filter((needed) => !allowsAll(policy, needed));
      return [...new Set(missing.map(({ action }) => action))].sort();
    },
  };
}
