import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { TaskAnswer } from '../../lib/engine/task-answer.ts';
import { SECURITY_HEADERS } from './approval-page.ts';

/** A token has at most 2,048 characters, and the rest of an answer less than a hundred. */
const MAX_BODY_BYTES = 4_096;
/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
const TOKEN = /^[\x21-\x7E]{1,2048}$/;
/** All that is known of who has the link. */
const BY = 'someone with the link of the message';

export type AnswerTask = (token: string, answer: TaskAnswer) => Promise<boolean>;

/**
 * Passes on the decision that the page sends: `{"token": …, "decision": "approve" | "refuse"}`. Says `approved`,
 * `refused`, `not-waiting` (410) or `invalid` (4xx). A token that never was, one that is spent and one whose time is up
 * cannot be told apart. `log` gets what went wrong by its name alone: messages of AWS can hold the token.
 */
export async function answerRequest(
  event: APIGatewayProxyEventV2,
  answerTask: AnswerTask,
  log: (failure: string) => void,
): Promise<APIGatewayProxyStructuredResultV2> {
  // No page of another origin can send this type without asking first, and nobody says yes to it.
  if (!/^application\/json\s*(;|$)/i.test(event.headers['content-type'] ?? '')) return said(415, 'invalid');
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.byteLength > MAX_BODY_BYTES) return said(413, 'invalid');
  const { token, decision } = membersOf(body.toString('utf8'));
  if (typeof token !== 'string' || !TOKEN.test(token)) return said(400, 'invalid');
  if (decision !== 'approve' && decision !== 'refuse') return said(400, 'invalid');
  const approved = decision === 'approve';
  try {
    const arrived = await answerTask(token, { approved, by: BY });
    if (!arrived) return said(410, 'not-waiting');
    return said(200, approved ? 'approved' : 'refused');
  } catch (error) {
    log(error instanceof Error ? error.name : typeof error);
    return said(502, 'failed');
  }
}

function said(statusCode: number, outcome: string): APIGatewayProxyStructuredResultV2 {
  const headers = { ...SECURITY_HEADERS, 'content-type': 'application/json' };
  return { statusCode, headers, body: JSON.stringify({ outcome }) };
}

function membersOf(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
