/** Deployed executions and the MCP function's permissions are found by this name: it never changes. */
export const STATE_MACHINE_PREFIX = 'wf-';

/** What the state machine of a workflow is called in the account. */
export function stateMachineName(workflowId: string): string {
  return `${STATE_MACHINE_PREFIX}${workflowId}`;
}
