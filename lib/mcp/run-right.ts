import * as z from 'zod';
import type { RunBarrier } from '../engine/may-run.ts';

/** Whether the caller may run a workflow, as tools tell it. */
export const runRight = {
  runnable: z
    .boolean()
    .describe('False where execute_workflow refuses it to you: you may not run its tier, or lack permissions'),
  missing_permissions: z.array(z.string()).describe('IAM actions that it needs and you do not have, as far as known'),
  why_not: z.string().optional().describe('Why you may not run it'),
};

/** What stands in the way of a caller, as {@link runRight} has it. */
export function rightOf(barrier: RunBarrier | undefined): z.infer<z.ZodObject<typeof runRight>> {
  if (barrier === undefined) return { runnable: true, missing_permissions: [] };
  const { code, message, missingPermissions } = barrier;
  return { runnable: false, missing_permissions: [...missingPermissions], why_not: `${code}: ${message}` };
}
