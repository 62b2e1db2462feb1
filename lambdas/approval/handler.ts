import { SFNClient } from '@aws-sdk/client-sfn';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { sendTaskAnswer } from '../../lib/engine/send-task-answer.ts';
import { answerRequest } from './answer-request.ts';
import { approvalPage } from './approval-page.ts';

const client = new SFNClient({});

/** The page on which approvals are answered, and the answers that it sends. Reading the page answers nothing. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  if (event.requestContext.http.method !== 'POST') return approvalPage();
  return answerRequest(
    event,
    (token, answer) => sendTaskAnswer(client, token, answer),
    (failure) => console.error(JSON.stringify({ failure })),
  );
}
