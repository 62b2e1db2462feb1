import { Sha256 } from '@aws-crypto/sha256-js';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SignatureV4 } from '@smithy/signature-v4';
import { APPROVAL_TOPIC } from '../../../lib/compiler/approval-topic.ts';
import { awsCall } from './aws-call.ts';
import { endpoint } from './deployment.ts';

const QUEUE = 'asked-for-approval';

/** Says yes to what has been asked since the last time, as somebody who subscribes to the topic would. */
export type ApproveAll = () => Promise<void>;

/** Subscribes to the topic on which workflows ask for approval, with a queue of its own. */
export async function subscribeToApprovals(region: string, account: string): Promise<ApproveAll> {
  const questions = await subscribeToQuestions(region, account, QUEUE);
  const sfn = new SFNClient({});
  return async () => {
    for (const { token: taskToken } of await questions()) {
      await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ answered_by: 'e2e' }) }));
    }
  };
}

/** What a message on the topic says, as far as it is looked at here. */
export interface Question {
  readonly workflow: string;
  readonly message: string;
  readonly token: string;
  readonly url?: string;
}

/** Subscribes a queue to the topic; each call gives what was asked since the last one. */
export async function subscribeToQuestions(
  region: string,
  account: string,
  queue: string,
): Promise<() => Promise<readonly Question[]>> {
  const TopicArn = `arn:aws:sns:${region}:${account}:${APPROVAL_TOPIC}`;
  const queueArn = `arn:aws:sqs:${region}:${account}:${queue}`;
  const mayDeliver = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [mayDeliver] });
  const { QueueUrl } = await sqs(region, 'CreateQueue', { QueueName: queue, Attributes: { Policy } });
  await awsCall('sns:subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn });
  return async () => {
    const { Messages = [] } = await sqs(region, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const questions: Question[] = [];
    for (const { Body, ReceiptHandle } of Messages as readonly { Body: string; ReceiptHandle: string }[]) {
      const { Message } = JSON.parse(Body) as { Message: string };
      questions.push(JSON.parse(Message) as Question);
      await sqs(region, 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
    return questions;
  };
}

/** Past Step Functions: from there, the emulator leaves out the attributes of a queue, and its messages. */
async function sqs(region: string, action: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service: 'sqs',
    sha256: Sha256,
  });
  const url = new URL(endpoint());
  const { headers, body } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body: JSON.stringify(input),
  });
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`sqs:${action}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
