import { waitingApprovals } from '../../lib/engine/approvals.ts';
import type { HistoryEvent } from '../../lib/engine/execution.ts';
import { APPROVAL_TIMEOUT, approvalBytecode } from '../support/approval-bytecode.ts';

const bytecode = approvalBytecode();
const TASK = { resourceType: 'sns', resource: 'publish.waitForTaskToken' };
const SEEN = {
  stepId: 'ask',
  message: 'Take the snapshot?',
  since: '2026-01-01T00:00:01.000Z',
  expiresAt: '2026-01-01T01:00:01.000Z',
  token: 'secret-1',
};

type Line = readonly [type: string, previous: number, details?: object];

/** Events numbered from 1, a second apart. */
function history(...lines: readonly Line[]): readonly HistoryEvent[] {
  return lines.map(([type, previousEventId, details = {}], index) => ({
    id: index + 1,
    previousEventId,
    timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
    type,
    ...details,
  }));
}

function scheduled(previous: number, message: object = {}, task: object = TASK): Line {
  const Message = JSON.stringify({
    step: 'ask',
    message: 'Take the snapshot?',
    token: 'secret-1',
    checksum: bytecode.checksum,
    ...message,
  });
  const parameters = JSON.stringify({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:wf-approvals', Message });
  return ['TaskScheduled', previous, { taskScheduledEventDetails: { ...task, parameters } }];
}

const ENTERED: Line = ['TaskStateEntered', 0, { stateEnteredEventDetails: { name: 'ask' } }];
const ASKED: readonly Line[] = [ENTERED, scheduled(1), ['TaskStarted', 2], ['TaskSubmitted', 3]];

const waiting = (...lines: readonly Line[]) => waitingApprovals(bytecode, history(...lines));

it('is waiting from the moment that the message is sent, for as long as the plan says', () => {
  expect(APPROVAL_TIMEOUT).toBe(3_600);
  expect(waiting(...ASKED)).toEqual([SEEN]);
  expect(waiting(...ASKED.slice(0, 3))).toEqual([]);
});

it('takes the time that Step Functions counts, where it says so', () => {
  const [type, previous, details] = scheduled(1);
  const { taskScheduledEventDetails: task } = details as { taskScheduledEventDetails: object };
  const shorter: Line = [type, previous, { taskScheduledEventDetails: { ...task, timeoutInSeconds: 60 } }];
  expect(waiting(ENTERED, shorter, ['TaskStarted', 2], ['TaskSubmitted', 3])).toMatchObject([
    { expiresAt: '2026-01-01T00:01:01.000Z' },
  ]);
});

it.each(['TaskSucceeded', 'TaskFailed', 'TaskTimedOut', 'TaskStateAborted'])('is over with %s', (type) => {
  expect(waiting(...ASKED, [type, 4])).toEqual([]);
});

it.each(['ExecutionAborted', 'ExecutionTimedOut', 'ExecutionFailed'])('is over with %s', (type) => {
  expect(waiting(...ASKED, [type, 0])).toEqual([]);
});

it('is over where the message was not sent', () => {
  expect(waiting(...ASKED.slice(0, 3), ['TaskSubmitFailed', 3])).toEqual([]);
});

it('goes on while other branches of the run do, and has the token of the last question', () => {
  expect(waiting(...ASKED, ['TaskStateEntered', 1], ['TaskScheduled', 5], ['TaskFailed', 6])).toEqual([SEEN]);
  const again = waiting(
    ...ASKED,
    ['TaskTimedOut', 4],
    scheduled(5, { token: 'secret-2' }),
    ['TaskStarted', 6],
    ['TaskSubmitted', 7],
  );
  expect(again.map(({ token }) => token)).toEqual(['secret-2']);
});

it('knows two questions apart, the oldest first', () => {
  const second: readonly Line[] = [
    scheduled(0, { token: 'secret-2', message: 'Sure?' }),
    ['TaskStarted', 5],
    ['TaskSubmitted', 6],
  ];
  const both = waiting(...ASKED, ...second);
  expect(both.map(({ token, message }) => [token, message])).toEqual([
    ['secret-1', 'Take the snapshot?'],
    ['secret-2', 'Sure?'],
  ]);
  expect(waiting(...ASKED, ...second, ['TaskSucceeded', 4]).map(({ token }) => token)).toEqual(['secret-2']);
});

it.each<[string, object, object]>([
  ['was asked by another version', { checksum: `sha256:${'1'.repeat(64)}` }, TASK],
  ['names no approval of the plan', { step: 'create_snapshot' }, TASK],
  ['names no step of the plan', { step: 'other' }, TASK],
  ['has no token', { token: '' }, TASK],
  ['has a message that is no text', { message: { a: 1 } }, TASK],
  ['waits for something other than SNS', {}, { resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken' }],
  ['waits for no answer', {}, { resourceType: 'sns', resource: 'publish' }],
])('leaves out what %s', (_name, message, task) => {
  expect(waiting(ENTERED, scheduled(1, message, task), ['TaskStarted', 2], ['TaskSubmitted', 3])).toEqual([]);
});

it.each([undefined, '', '{', 'null', '[]', '{"Message":"not JSON"}', '{"Message":{}}'])(
  'is not troubled by arguments such as %j',
  (parameters) => {
    const task: Line = ['TaskScheduled', 1, { taskScheduledEventDetails: { ...TASK, parameters } }];
    expect(waiting(ENTERED, task, ['TaskStarted', 2], ['TaskSubmitted', 3])).toEqual([]);
  },
);
