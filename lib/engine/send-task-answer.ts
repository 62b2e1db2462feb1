import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { type TaskAnswer, taskEnd } from './task-answer.ts';

/**
 * Answers the task that waits with this token in Step Functions. False where none does any more, or never did.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
export async function sendTaskAnswer(client: SFNClient, taskToken: string, answer: TaskAnswer): Promise<boolean> {
  const end = taskEnd(answer);
  try {
    if (end.kind === 'succeeded') {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(end.output) }));
    } else {
      await client.send(new SendTaskFailureCommand({ taskToken, error: end.error, cause: end.cause }));
    }
    return true;
  } catch (error) {
    // An execution that has ended takes its tokens with it, and so does an answer that came first.
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken) {
      return false;
    }
    throw error;
  }
}
