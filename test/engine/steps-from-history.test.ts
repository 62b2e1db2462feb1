import type { HistoryEvent } from '../../lib/engine/execution.ts';
import { stepsFromHistory } from '../../lib/engine/steps-from-history.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';

const bytecode = checkedBytecode();

/** Events in the order of their ids; `[type, previous, details]`. */
function history(events: readonly (readonly [string, number, object?])[]): readonly HistoryEvent[] {
  return events.map(([type, previousEventId, details], index) => ({
    id: index + 1,
    previousEventId,
    timestamp: `2026-01-01T00:00:0${index}.000Z`,
    type,
    ...details,
  }));
}

const entered = (name: string) => ({ stateEnteredEventDetails: { name } });
const exited = (name: string) => ({ stateExitedEventDetails: { name } });
const failed = (error: string) => ({ taskFailedEventDetails: { resourceType: 'aws-sdk:rds', error, cause: 'why' } });

const statuses = (...args: Parameters<typeof stepsFromHistory>) =>
  stepsFromHistory(...args).map(({ status, error }) => (error ? `${status} ${error}` : status));

describe('stepsFromHistory', () => {
  it('has every step pending before anything happened', () => {
    expect(stepsFromHistory(bytecode, [], 'RUNNING')).toEqual([
      { id: 'validate_instance', action: 'rds:DescribeDBInstances', status: 'PENDING' },
      { id: 'create_snapshot', action: 'rds:CreateDBSnapshot', status: 'PENDING' },
    ]);
  });

  it('tells what ran when', () => {
    const events = history([
      ['ExecutionStarted', 0],
      ['TaskStateEntered', 1, entered('validate_instance')],
      ['TaskScheduled', 2],
      ['TaskSucceeded', 3],
      ['TaskStateExited', 4, exited('validate_instance')],
      ['TaskStateEntered', 5, entered('create_snapshot')],
    ]);
    expect(stepsFromHistory(bytecode, events, 'RUNNING')).toEqual([
      {
        id: 'validate_instance',
        action: 'rds:DescribeDBInstances',
        status: 'SUCCEEDED',
        startedAt: '2026-01-01T00:00:01.000Z',
        endedAt: '2026-01-01T00:00:04.000Z',
      },
      {
        id: 'create_snapshot',
        action: 'rds:CreateDBSnapshot',
        status: 'RUNNING',
        startedAt: '2026-01-01T00:00:05.000Z',
      },
    ]);
  });

  it('has a failed step with its error, and the rest skipped', () => {
    const events = history([
      ['ExecutionStarted', 0],
      ['TaskStateEntered', 1, entered('validate_instance')],
      ['TaskScheduled', 2],
      ['TaskFailed', 3, failed('Rds.DbInstanceNotFoundException')],
      ['ExecutionFailed', 4, { executionFailedEventDetails: { error: 'Rds.DbInstanceNotFoundException' } }],
    ]);
    const [first, second] = stepsFromHistory(bytecode, events, 'FAILED');
    expect(first).toMatchObject({ status: 'FAILED', error: 'Rds.DbInstanceNotFoundException', cause: 'why' });
    expect(first?.endedAt).toBe('2026-01-01T00:00:04.000Z');
    expect(second).toMatchObject({ status: 'SKIPPED' });
  });

  it('forgets a failure that a retry mended, and keeps one that was caught', () => {
    const begin = [
      ['ExecutionStarted', 0],
      ['TaskStateEntered', 1, entered('validate_instance')],
      ['TaskScheduled', 2],
      ['TaskFailed', 3, failed('Rds.Throttled')],
    ] as const;
    const retried = [
      ['TaskScheduled', 4],
      ['TaskSucceeded', 5],
      ['TaskStateExited', 6, exited('validate_instance')],
    ] as const;
    expect(statuses(bytecode, history([...begin, ...retried]), 'RUNNING')[0]).toBe('SUCCEEDED');
    const caught = [['TaskStateExited', 4, exited('validate_instance')]] as const;
    expect(statuses(bytecode, history([...begin, ...caught]), 'RUNNING')[0]).toBe('FAILED Rds.Throttled');
  });

  it('keeps parallel branches apart by the chain of events', () => {
    const events = history([
      ['ExecutionStarted', 0],
      ['ParallelStateEntered', 1, entered('branches')],
      ['ParallelStateStarted', 2],
      ['TaskStateEntered', 3, entered('validate_instance')],
      ['TaskStateEntered', 3, entered('create_snapshot')],
      ['TaskScheduled', 4],
      ['TaskScheduled', 5],
      ['TaskFailed', 6, failed('States.Boom')],
      ['TaskSucceeded', 7],
    ]);
    expect(statuses(bytecode, [...events], 'RUNNING')).toEqual(['RUNNING', 'RUNNING']);
    const left = history([
      ['TaskStateEntered', 0, entered('validate_instance')],
      ['TaskStateEntered', 0, entered('create_snapshot')],
      ['TaskScheduled', 1],
      ['TaskFailed', 3, failed('States.Boom')],
      ['TaskStateExited', 2, exited('create_snapshot')],
      ['ParallelStateFailed', 4],
      ['ExecutionFailed', 6],
    ]);
    expect(statuses(bytecode, left, 'FAILED')).toEqual(['FAILED States.Boom', 'SUCCEEDED']);
  });

  it('does not reopen a step when the state around it succeeds', () => {
    const events = history([
      ['TaskStateEntered', 0, entered('create_snapshot')],
      ['TaskStateExited', 1, exited('create_snapshot')],
      ['ParallelStateSucceeded', 2],
      ['TaskStateEntered', 3, entered('validate_instance')],
    ]);
    expect(statuses(bytecode, events, 'RUNNING')).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('attributes an evaluation that failed to the state it names', () => {
    const details = { error: 'States.QueryEvaluationError', state: 'create_snapshot', location: 'Arguments' };
    const events = history([
      ['TaskStateEntered', 0, entered('create_snapshot')],
      ['EvaluationFailed', 1, { evaluationFailedEventDetails: details }],
      ['ExecutionFailed', 2],
    ]);
    expect(statuses(bytecode, events, 'FAILED')).toEqual(['SKIPPED', 'FAILED States.QueryEvaluationError']);
  });

  it('gives a step that never ended the reason of the end', () => {
    const begin = [
      ['TaskStateEntered', 0, entered('validate_instance')],
      ['TaskScheduled', 1],
    ] as const;
    const stopped = { executionAbortedEventDetails: { error: 'Cancelled', cause: 'changed my mind' } };
    expect(
      stepsFromHistory(bytecode, history([...begin, ['ExecutionAborted', 2, stopped]]), 'ABORTED')[0],
    ).toMatchObject({
      status: 'FAILED',
      error: 'Cancelled',
      cause: 'changed my mind',
    });
    expect(statuses(bytecode, history([...begin, ['ExecutionTimedOut', 2]]), 'TIMED_OUT')[0]).toBe(
      'FAILED States.Timeout',
    );
  });

  it('has every step skipped where the input was refused', () => {
    const events = history([
      ['FailStateEntered', 0, entered('refuse_input')],
      ['ExecutionFailed', 1],
    ]);
    expect(statuses(bytecode, events, 'FAILED')).toEqual(['SKIPPED', 'SKIPPED']);
  });
});

describe('an approval', () => {
  const [first, second] = bytecode.execution_plan;
  if (first === undefined || second === undefined) throw new Error('The sample has two steps');
  const { call: _, resolution: __, ...rest } = first;
  const asking = {
    ...bytecode,
    execution_plan: [
      { ...rest, step_id: 'ask', type: 'approval' as const, timeout_seconds: 90 },
      { ...second, depends_on: ['ask'] },
    ],
  };
  const asked = [
    ['ExecutionStarted', 0],
    ['TaskStateEntered', 1, entered('ask')],
    ['TaskScheduled', 2],
    ['TaskStarted', 3],
    ['TaskSubmitted', 4],
  ] as const;
  const silence = { taskTimedOutEventDetails: { resourceType: 'sns', error: 'States.Timeout' } };
  const statusesOf = (events: Parameters<typeof history>[0], status: Parameters<typeof statuses>[2]) =>
    statuses(asking, history(events), status);

  it('runs while nobody has answered', () => {
    expect(statusesOf(asked, 'RUNNING')).toEqual(['RUNNING', 'PENDING']);
  });

  it('has succeeded with a yes and failed with a no', () => {
    const yes = [...asked, ['TaskSucceeded', 5], ['TaskStateExited', 6, exited('ask')]] as const;
    expect(statusesOf(yes, 'RUNNING')).toEqual(['SUCCEEDED', 'PENDING']);
    const no = [...asked, ['TaskFailed', 5, failed('Workflow.ApprovalRefused')], ['ExecutionFailed', 6]] as const;
    expect(statusesOf(no, 'FAILED')).toEqual(['FAILED Workflow.ApprovalRefused', 'SKIPPED']);
  });

  it('is refused where nobody answered in time', () => {
    const late = [...asked, ['TaskTimedOut', 5, silence], ['TaskStateExited', 6, exited('ask')]] as const;
    const [report] = stepsFromHistory(asking, history(late), 'RUNNING');
    expect(report).toMatchObject({
      status: 'FAILED',
      error: 'Workflow.ApprovalRefused',
      cause: 'ask: no answer within 90 seconds',
    });
  });

  it('is not refused where the whole run was out of time', () => {
    const over = { executionTimedOutEventDetails: { error: 'States.Timeout' } };
    expect(statusesOf([...asked, ['ExecutionTimedOut', 0, over]], 'TIMED_OUT')).toEqual([
      'FAILED States.Timeout',
      'SKIPPED',
    ]);
  });
});
