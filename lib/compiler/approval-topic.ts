/** The SNS topic, one in each account and Region that has workflows, on which runs ask for approval. */
export const APPROVAL_TOPIC = 'wf-approvals';

/** The error of a run that was refused, or that nobody answered in time. */
export const APPROVAL_REFUSED = 'Workflow.ApprovalRefused';

/** How long a person has for the answer where the author does not say: a day. */
export const APPROVAL_TIMEOUT_SECONDS = 86_400;

/** What is said of an approval that nobody answered. */
export function noAnswer(step: string, timeoutSeconds: number): string {
  return `${step}: no answer within ${timeoutSeconds} seconds`;
}
