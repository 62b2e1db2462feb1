import type { ToolError } from './tool.ts';

/** The same words for an id that never was, was changed, or is someone else's. */
export function unknownExecution(): ToolError {
  return {
    code: 'UNKNOWN_EXECUTION',
    message: 'There is no such execution',
    hint: 'Use the execution_id that execute_workflow gave you; ids work only for the caller who started the run',
  };
}
