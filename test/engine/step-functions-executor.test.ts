import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidToken,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { ExecutionNameTaken, TooManyExecutions } from '../../lib/engine/execution.ts';
import { createStepFunctionsExecutor } from '../../lib/engine/step-functions-executor.ts';
import { stepsFromHistory } from '../../lib/engine/steps-from-history.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:wf-rds_backup_simple';
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:wf-rds_backup_simple:run-1';
const NOT_FOUND = { $metadata: {}, message: 'no' };

const bytecode = checkedBytecode();
const request = { bytecode, executionName: 'run-1', input: { instance_id: 'demo-database', b: 1 } };

function bench() {
  const client = new SFNClient({ region: 'eu-west-1' });
  const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
  return { mock: mockClient(client), executor: createStepFunctionsExecutor({ client, ...place }) };
}

describe('plan', () => {
  it('waits for the Express state machine that makes the plan', async () => {
    const { mock, executor } = bench();
    mock.on(StartSyncExecutionCommand).resolves({ status: 'SUCCEEDED', output: '{"steps":[]}' });
    expect(await executor.plan(bytecode, request.input)).toEqual({ outcome: 'planned', output: { steps: [] } });
    expect(mock.commandCalls(StartSyncExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: `${MACHINE}-plan`,
      input: '{"instance_id":"demo-database","b":1}',
    });
  });

  it.each([
    [{ status: 'FAILED', error: 'Workflow.InvalidParameter', cause: 'no' } as const, 'Workflow.InvalidParameter', 'no'],
    [{ status: 'TIMED_OUT' } as const, 'TIMED_OUT', ''],
  ])('tells of a plan that could not be made: %j', async (answer, error, cause) => {
    const { mock, executor } = bench();
    mock.on(StartSyncExecutionCommand).resolves(answer);
    expect(await executor.plan(bytecode, {})).toEqual({ outcome: 'failed', error, cause });
  });
});

describe('the limit of an owner', () => {
  const limit = { namePrefix: 'ann-', maxRunning: 2 };
  const page = (names: readonly string[], nextToken?: string) => ({
    executions: names.map((name) => ({
      name,
      executionArn: name,
      stateMachineArn: MACHINE,
      status: 'RUNNING' as const,
      startDate: new Date(0),
    })),
    ...(nextToken !== undefined && { nextToken }),
  });

  it('counts over all pages, and looks no further than it must', async () => {
    const { mock, executor } = bench();
    mock.on(StartExecutionCommand).resolves({});
    mock.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(NOT_FOUND));
    mock
      .on(ListExecutionsCommand)
      .resolvesOnce(page(['bob-1', 'ann-1'], 'more'))
      .resolvesOnce(page(['anna-1', 'xann-1']));
    await executor.start({ ...request, limit });
    const query = { stateMachineArn: MACHINE, statusFilter: 'RUNNING', maxResults: 1_000 };
    expect(mock.commandCalls(ListExecutionsCommand).map(({ args }) => args[0].input)).toMatchObject([
      query,
      { ...query, nextToken: 'more' },
    ]);
    mock.on(ListExecutionsCommand).resolves(page(['ann-1', 'ann-2'], 'more'));
    await expect(executor.start({ ...request, limit })).rejects.toThrow(TooManyExecutions);
    expect(mock.commandCalls(ListExecutionsCommand)).toHaveLength(3);
    expect(mock.commandCalls(StartExecutionCommand)).toHaveLength(1);
  });

  it('starts nothing where there are too many to count', async () => {
    const { mock, executor } = bench();
    mock.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(NOT_FOUND));
    for (let token = 0; token < 12; token += 1) {
      const next = page(['bob-1'], String(token + 1));
      mock.on(ListExecutionsCommand, token === 0 ? {} : { nextToken: String(token) }).resolves(next);
    }
    await expect(executor.start({ ...request, limit })).rejects.toThrow(TooManyExecutions);
    expect(mock.commandCalls(ListExecutionsCommand)).toHaveLength(10);
  });
});

describe('start', () => {
  it('starts the state machine of the workflow', async () => {
    const { mock, executor } = bench();
    mock.on(StartExecutionCommand).resolves({});
    await executor.start(request);
    expect(mock.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: MACHINE,
      name: 'run-1',
      input: '{"instance_id":"demo-database","b":1}',
    });
  });

  it('takes a second start with the same input for the first, even when that has ended', async () => {
    const { mock, executor } = bench();
    mock.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(NOT_FOUND));
    mock
      .on(DescribeExecutionCommand, { executionArn: EXECUTION })
      .resolves({ input: '{"b":1, "instance_id":"demo-database"}' });
    await expect(executor.start(request)).resolves.toBeUndefined();
    mock.on(DescribeExecutionCommand).resolves({ input: '{"instance_id":"other"}' });
    await expect(executor.start(request)).rejects.toThrow(ExecutionNameTaken);
  });

  it('passes on what it cannot mend', async () => {
    const { mock, executor } = bench();
    mock.on(StartExecutionCommand).rejects(new StateMachineDoesNotExist(NOT_FOUND));
    await expect(executor.start(request)).rejects.toThrow(StateMachineDoesNotExist);
  });
});

describe('get', () => {
  it('reads every page of the history and gives times as text', async () => {
    const { mock, executor } = bench();
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
    mock.on(DescribeExecutionCommand).resolves({
      status: 'FAILED',
      startDate: at(0),
      stopDate: at(4),
      input: '{"instance_id":"x"}',
      error: 'Rds.DbInstanceNotFoundException',
      cause: 'no such instance',
    });
    const failure = {
      resource: 'describeDBInstances',
      resourceType: 'aws-sdk:rds',
      error: 'Rds.DbInstanceNotFoundException',
    };
    mock
      .on(GetExecutionHistoryCommand)
      .resolvesOnce({
        events: [
          { id: 1, previousEventId: 0, timestamp: at(0), type: 'ExecutionStarted' },
          {
            id: 2,
            previousEventId: 1,
            timestamp: at(1),
            type: 'TaskStateEntered',
            stateEnteredEventDetails: { name: 'validate_instance' },
          },
        ],
        nextToken: 'more',
      })
      .resolvesOnce({
        events: [{ id: 3, previousEventId: 2, timestamp: at(3), type: 'TaskFailed', taskFailedEventDetails: failure }],
      });
    const execution = await executor.get('rds_backup_simple', 'run-1');
    expect(execution).toMatchObject({
      status: 'FAILED',
      startedAt: '2026-01-01T00:00:00.000Z',
      stoppedAt: '2026-01-01T00:00:04.000Z',
      input: { instance_id: 'x' },
      error: 'Rds.DbInstanceNotFoundException',
    });
    expect(execution?.history.map(({ id, timestamp }) => `${id} ${timestamp}`)).toEqual([
      '1 2026-01-01T00:00:00.000Z',
      '2 2026-01-01T00:00:01.000Z',
      '3 2026-01-01T00:00:03.000Z',
    ]);
    const steps = stepsFromHistory(bytecode, execution?.history ?? [], 'FAILED');
    expect(steps[0]).toMatchObject({ status: 'FAILED', error: 'Rds.DbInstanceNotFoundException' });
    const calls = mock.commandCalls(GetExecutionHistoryCommand).map(({ args }) => args[0].input);
    expect(calls).toMatchObject([{ executionArn: EXECUTION, includeExecutionData: true }, { nextToken: 'more' }]);
  });

  it('has nothing where Step Functions has nothing, and takes an execution to be redriven for running', async () => {
    const { mock, executor } = bench();
    mock.on(GetExecutionHistoryCommand).resolves({});
    mock.on(DescribeExecutionCommand).rejectsOnce(new ExecutionDoesNotExist(NOT_FOUND));
    expect(await executor.get('rds_backup_simple', 'run-1')).toBeUndefined();
    mock
      .on(DescribeExecutionCommand)
      .resolves({ status: 'PENDING_REDRIVE', startDate: new Date(0), input: 'not JSON' });
    expect(await executor.get('rds_backup_simple', 'run-1')).toMatchObject({ status: 'RUNNING', input: 'not JSON' });
  });
});

describe('stop', () => {
  it('stops with the reason, and says where there is nothing to stop', async () => {
    const { mock, executor } = bench();
    mock.on(StopExecutionCommand).resolvesOnce({}).rejects(new ExecutionDoesNotExist(NOT_FOUND));
    expect(await executor.stop('rds_backup_simple', 'run-1', 'why')).toBe(true);
    expect(mock.commandCalls(StopExecutionCommand)[0]?.args[0].input).toEqual({
      executionArn: EXECUTION,
      error: 'Cancelled',
      cause: 'why',
    });
    expect(await executor.stop('rds_backup_simple', 'run-1', 'why')).toBe(false);
  });
});

describe('answerTask', () => {
  it('ends the task with who answered, or with the refusal', async () => {
    const { mock, executor } = bench();
    mock.on(SendTaskSuccessCommand).resolves({}).on(SendTaskFailureCommand).resolves({});
    expect(await executor.answerTask('token', { approved: true, by: 'alice' })).toBe(true);
    expect(await executor.answerTask('token', { approved: false, by: 'bob' })).toBe(true);
    expect(await executor.answerTask('token', { approved: false, by: 'bob', reason: 'too early' })).toBe(true);
    expect(mock.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input)).toEqual([
      { taskToken: 'token', output: '{"answered_by":"alice"}' },
    ]);
    const refusal = { taskToken: 'token', error: 'Workflow.ApprovalRefused' };
    expect(mock.commandCalls(SendTaskFailureCommand).map(({ args }) => args[0].input)).toEqual([
      { ...refusal, cause: 'refused by bob' },
      { ...refusal, cause: 'refused by bob: too early' },
    ]);
  });

  it.each([new TaskTimedOut(NOT_FOUND), new TaskDoesNotExist(NOT_FOUND), new InvalidToken(NOT_FOUND)])(
    'says that nobody waits on %s',
    async (error) => {
      const { mock, executor } = bench();
      mock.on(SendTaskSuccessCommand).rejects(error).on(SendTaskFailureCommand).rejects(error);
      expect(await executor.answerTask('token', { approved: true, by: 'alice' })).toBe(false);
      expect(await executor.answerTask('token', { approved: false, by: 'alice' })).toBe(false);
    },
  );

  it('passes on what it cannot mend', async () => {
    const { mock, executor } = bench();
    mock.on(SendTaskSuccessCommand).rejects(new Error('no network'));
    await expect(executor.answerTask('token', { approved: true, by: 'alice' })).rejects.toThrow('no network');
  });
});

describe('consoleUrl', () => {
  it.each([
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
  ])('is in the partition %s', (partition, region, start) => {
    const client = new SFNClient({ region });
    const url = createStepFunctionsExecutor({ client, partition, region, account: '1' }).consoleUrl('a', 'b');
    expect(url).toBe(
      `${start}states/home?region=${region}#/v2/executions/details/arn:${partition}:states:${region}:1:execution:wf-a:b`,
    );
  });
});
