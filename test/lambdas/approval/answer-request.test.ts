import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { answerRequest } from '../../../lambdas/approval/answer-request.ts';
import type { TaskAnswer } from '../../../lib/engine/task-answer.ts';

const BY = 'someone with the link of the message';

interface Posted {
  readonly body?: string;
  readonly type?: string;
  readonly base64?: boolean;
  readonly answer?: () => Promise<boolean>;
}

async function post({ body, type = 'application/json', base64 = false, answer = async () => true }: Posted) {
  const sent: [string, TaskAnswer][] = [];
  const log: string[] = [];
  const event = { headers: { 'content-type': type }, body, isBase64Encoded: base64 };
  const {
    statusCode,
    headers,
    body: said,
  } = await answerRequest(
    event as unknown as APIGatewayProxyEventV2,
    async (token, given) => {
      sent.push([token, given]);
      return answer();
    },
    (failure) => log.push(failure),
  );
  return { statusCode, headers, said: JSON.parse(said ?? ''), sent, log };
}

const decision = (value: unknown, token: unknown = 'AQC+/=') => JSON.stringify({ token, decision: value });

it('passes an approval and a refusal on', async () => {
  expect(await post({ body: decision('approve') })).toMatchObject({
    statusCode: 200,
    said: { outcome: 'approved' },
    sent: [['AQC+/=', { approved: true, by: BY }]],
  });
  expect(await post({ body: decision('refuse') })).toMatchObject({
    statusCode: 200,
    said: { outcome: 'refused' },
    sent: [['AQC+/=', { approved: false, by: BY }]],
  });
});

it('reads a body that API Gateway has encoded', async () => {
  const body = Buffer.from(decision('approve')).toString('base64');
  expect(await post({ body, base64: true, type: 'application/json; charset=utf-8' })).toMatchObject({
    said: { outcome: 'approved' },
  });
});

it('says that nothing waits, whatever the reason', async () => {
  expect(await post({ body: decision('approve'), answer: async () => false })).toMatchObject({
    statusCode: 410,
    said: { outcome: 'not-waiting' },
  });
});

it('takes the longest token there is', async () => {
  expect(await post({ body: decision('refuse', 'x'.repeat(2_048)) })).toMatchObject({ statusCode: 200 });
});

it.each<[number, Posted]>([
  [415, { body: decision('approve'), type: 'text/plain' }],
  [415, { body: decision('approve'), type: 'application/jsonp' }],
  [413, { body: decision('approve', 'x'.repeat(4_096)) }],
  [413, { body: Buffer.from('x'.repeat(4_097)).toString('base64'), base64: true }],
  [400, { body: decision('approve', 'x'.repeat(2_049)) }],
  [400, { body: decision('approve', '') }],
  [400, { body: decision('approve', 'a b') }],
  [400, { body: decision('approve', 'a\u00e9') }],
  [400, { body: decision('approve', ['a']) }],
  [400, { body: decision('yes') }],
  [400, { body: decision(true) }],
  [400, { body: '{' }],
  [400, { body: 'null' }],
  [400, {}],
])('answers %d to %j and passes nothing on', async (statusCode, posted) => {
  expect(await post(posted)).toMatchObject({ statusCode, said: { outcome: 'invalid' }, sent: [], log: [] });
});

it('never tells or logs what AWS said, which can hold the token', async () => {
  const fails = async () => {
    throw Object.assign(new Error('Value AQC+/= at taskToken is wrong'), { name: 'ValidationException' });
  };
  const failed = await post({ body: decision('approve'), answer: fails });
  expect(failed).toMatchObject({ statusCode: 502, said: { outcome: 'failed' }, log: ['ValidationException'] });
  expect(JSON.stringify([failed.headers, failed.said, failed.log])).not.toContain('AQC');
});

it('may be kept by no cache and shown as nothing but JSON', async () => {
  const { headers } = await post({ body: decision('approve') });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(Object.keys(headers ?? {}).some((name) => name.startsWith('access-control'))).toBe(false);
});
