import type { Bytecode } from '../compiler/bytecode.ts';

/** Knows what callers may do in AWS by themselves. */
export interface CallerPermissions {
  /**
   * The IAM actions that a workflow needs and the caller does not have on all that it needs them for, sorted; empty
   * where nothing is missing. `undefined` where it cannot be told: what asks must treat that as a refusal.
   */
  missingPermissions(principal: string, bytecode: Bytecode): Promise<readonly string[] | undefined>;
}
