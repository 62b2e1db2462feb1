import { APPROVAL_REFUSED } from '../compiler/approval-topic.ts';

/** What somebody said to an approval. `by` is who, as the history of the run keeps it. */
export type TaskAnswer =
  | { readonly approved: true; readonly by: string }
  | { readonly approved: false; readonly by: string; readonly reason?: string };

/** How a task ends by an answer: with an output, or with an error and its cause. */
export type TaskEnd =
  | { readonly kind: 'succeeded'; readonly output: { readonly answered_by: string } }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string };

/** `cause` of SendTaskFailure: https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
const MAX_CAUSE = 32_768;

/** The end that an answer gives to its task, the same wherever the workflow runs. */
export function taskEnd(answer: TaskAnswer): TaskEnd {
  if (answer.approved) return { kind: 'succeeded', output: { answered_by: answer.by } };
  const reason = answer.reason === undefined || answer.reason === '' ? '' : `: ${answer.reason}`;
  return { kind: 'failed', error: APPROVAL_REFUSED, cause: `refused by ${answer.by}${reason}`.slice(0, MAX_CAUSE) };
}
