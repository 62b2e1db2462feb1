import { WORKFLOW_PREFIX } from '../compiler/own-machinery.ts';

/** Deployed executions and the MCP function's permissions are found by this name: it never changes. */
export const STATE_MACHINE_PREFIX = WORKFLOW_PREFIX;

/** What the state machine of a workflow is called in the account. */
export function stateMachineName(workflowId: string): string {
  return `${STATE_MACHINE_PREFIX}${workflowId}`;
}

/**
 * What the state machine that makes the plan of a workflow is called. A name may have 80 characters and an id 64; no id
 * has a hyphen, so that no workflow is called so.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 */
export function planMachineName(workflowId: string): string {
  return `${stateMachineName(workflowId)}-plan`;
}
