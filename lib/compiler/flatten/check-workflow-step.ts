import type { Path, WorkflowStepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';

/** What a step can say of one call, but not of several: there is nothing it could mean exactly. */
const OF_ONE_CALL = {
  for_each: 'the steps of another workflow run once',
  max_concurrency: 'the steps of another workflow run once',
  retry: 'its steps say themselves what is tried again',
  timeout: 'its steps have times of their own',
  output: 'it returns the outputs of the other workflow',
} as const satisfies Partial<Record<keyof WorkflowStepSource, string>>;

/** A `workflow` step says nothing that its steps cannot be held to. */
export function checkWorkflowStep(step: WorkflowStepSource, path: Path, report: Report): void {
  for (const [field, why] of Object.entries(OF_ONE_CALL)) {
    if (step[field as keyof typeof OF_ONE_CALL] === undefined) continue;
    const message = `a workflow step cannot have ${field}: ${why}`;
    report({ code: 'WF3016', path: [...path, field], atKey: true, message, hint: 'leave it out' });
  }
  if (step.on_error !== 'continue') return;
  const message = 'a workflow step cannot have on_error: continue: some of its steps would be done and some not';
  const hint = 'leave it out, or write on_error: continue at the steps of the other workflow that may fail';
  report({ code: 'WF3016', path: [...path, 'on_error'], atKey: true, message, hint });
}
