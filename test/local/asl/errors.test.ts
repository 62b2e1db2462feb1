import { InvalidDefinition } from '../../../lib/local/asl/check-definition.ts';
import { startStateMachine } from '../../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock } from '../../../lib/local/clock.ts';
import { definition, detailsOf, EXECUTION, runMachine, STATE_MACHINE, TASK, traceOf } from './run-machine.ts';

const task = (more: object = {}): Record<string, unknown> => ({
  T: { Type: 'Task', Resource: TASK, End: true, ...more },
});
const failed = (error: string): { kind: 'failed'; error: string; cause: string } => ({
  kind: 'failed',
  error,
  cause: 'c',
});
const succeeded = { kind: 'succeeded', output: 'ok' } as const;

describe('a failed evaluation', () => {
  it('hangs on the event before the state, as recorded from AWS', async () => {
    const run = await runMachine({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Pass', Output: { result: '{% $doesNotExist %}' }, End: true },
    });
    expect(run.trace.slice(3)).toEqual(['4 3 PassStateEntered', '5 3 EvaluationFailed', '6 5 ExecutionFailed']);
    const cause =
      "An error occurred while executing the state 'B' (entered at the event id #4). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).";
    expect(detailsOf(run.history, 5)).toEqual({
      error: 'States.QueryEvaluationError',
      cause,
      location: 'Output/result',
      state: 'B',
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
  });

  it.each([
    ['Assign/x', { Type: 'Pass', Assign: { x: '{% $gone %}' }, End: true }],
    ['Output[1]', { Type: 'Pass', Output: [1, '{% $gone %}'], End: true }],
    [
      'Arguments/Filters[0]/Name',
      { Type: 'Task', Resource: TASK, Arguments: { Filters: [{ Name: '{% $gone %}' }] }, End: true },
    ],
    ['Seconds', { Type: 'Wait', Seconds: '{% $gone %}', End: true }],
    ['Error', { Type: 'Fail', Error: '{% $gone %}' }],
  ])('names the field %s', async (location, state) => {
    const run = await runMachine({ A: state });
    expect(run.history.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails).toMatchObject({
      location,
      state: 'A',
    });
  });

  it('can be caught', async () => {
    const Catch = [
      { ErrorEquals: ['States.QueryEvaluationError'], Next: 'After', Output: '{% $states.errorOutput.Error %}' },
    ];
    const run = await runMachine({ ...task({ Arguments: '{% $gone %}', Catch }), After: { Type: 'Succeed' } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'States.QueryEvaluationError' });
  });

  it.each([
    ['{% $fn := function($x){$x} %}', 'returned an unsupported result type.'],
    ['{% [$sum] %}', 'returned an unsupported result type.'],
    [
      '{% "a" + 1 %}',
      'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number',
    ],
    ['{% $eval("1") %}', 'threw an error during evaluation. T1006'],
    ['{% $states.input.list[5] %}', 'returned nothing (undefined).'],
  ])('%s %s', async (Output, cause) => {
    const run = await runMachine({ A: { Type: 'Pass', Output, End: true } }, { input: { list: [1] } });
    expect(run.cause).toContain(cause);
  });
});

describe('Retry', () => {
  it('starts the task again after the delay, evaluating its arguments anew', async () => {
    const run = await runMachine(
      task({
        Arguments: { n: '{% $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }],
      }),
      {
        answers: [failed('E'), failed('E'), failed('E')],
      },
    );
    expect(run.trace.slice(1)).toEqual([
      '2 0 TaskStateEntered',
      '3 2 TaskScheduled',
      '4 3 TaskStarted',
      '5 4 TaskFailed',
      '6 5 TaskScheduled',
      '7 6 TaskStarted',
      '8 7 TaskFailed',
      '9 8 TaskScheduled',
      '10 9 TaskStarted',
      '11 10 TaskFailed',
      '12 11 ExecutionFailed',
    ]);
    expect(run.calls.map((call) => call.arguments)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(run.took).toBe(1_000 + 2_000);
  });

  it.each([
    [{ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 3 }, 3 + 6 + 12],
    [{ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 3, MaxDelaySeconds: 5 }, 3 + 5 + 5],
    [{ IntervalSeconds: 4, BackoffRate: 1, MaxAttempts: 2, JitterStrategy: 'FULL' }, 2 + 2],
    [{ MaxAttempts: 0 }, 0],
    [{}, 1 + 2 + 4],
  ])('%j waits %d s in all', async (retrier, seconds) => {
    const run = await runMachine(task({ Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }] }), {
      answers: [failed('E')],
    });
    expect(run.took).toBe(seconds * 1_000);
  });

  it('counts attempts by retrier', async () => {
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 10 },
      { ErrorEquals: ['B'], MaxAttempts: 2, IntervalSeconds: 100, BackoffRate: 1 },
    ];
    const run = await runMachine(task({ Retry }), { answers: [failed('A'), failed('B'), failed('B'), succeeded] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', took: 210_000 });
    const again = await runMachine(task({ Retry }), { answers: [failed('A'), failed('B'), failed('A')] });
    expect(again).toMatchObject({ status: 'FAILED', error: 'A' });
  });
});

describe('Catch', () => {
  const caught = async (
    names: readonly string[],
    answer: Parameters<typeof runMachine>[1] & object,
  ): Promise<string> => {
    const run = await runMachine(
      {
        ...task({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: names, Next: 'Caught' }] }),
        Caught: { Type: 'Pass', End: true },
      },
      answer,
    );
    return run.status;
  };

  it.each([
    ['Rds.RdsException', ['Rds.RdsException'], 'SUCCEEDED'],
    ['Rds.RdsException', ['Rds.Other'], 'FAILED'],
    ['Rds.RdsException', ['States.TaskFailed'], 'SUCCEEDED'],
    ['Rds.RdsException', ['States.ALL'], 'SUCCEEDED'],
    ['States.Timeout', ['States.TaskFailed'], 'FAILED'],
    ['States.Timeout', ['States.ALL'], 'SUCCEEDED'],
    ['States.Runtime', ['States.ALL'], 'FAILED'],
    ['States.Runtime', ['States.Runtime'], 'FAILED'],
    ['States.DataLimitExceeded', ['States.ALL'], 'FAILED'],
    ['States.DataLimitExceeded', ['States.TaskFailed'], 'FAILED'],
    ['States.DataLimitExceeded', ['States.DataLimitExceeded'], 'SUCCEEDED'],
  ])('%s by %j: %s', async (error, names, status) => {
    expect(await caught(names, { answers: [failed(error)] })).toBe(status);
  });

  it('goes on with the error output, its own Assign and Output', async () => {
    const Catch = [
      {
        ErrorEquals: ['E'],
        Assign: { e: '{% $states.errorOutput %}' },
        Output: { was: '{% $states.input %}' },
        Next: 'B',
      },
    ];
    const run = await runMachine(
      {
        ...task({ Catch, Assign: { e: 'not this' } }),
        B: { Type: 'Pass', Output: '{% [$states.input, $e] %}', End: true },
      },
      { input: 1, answers: [failed('E')] },
    );
    expect(run.trace.slice(4, 7)).toEqual(['5 4 TaskFailed', '6 5 TaskStateExited', '7 6 PassStateEntered']);
    expect(run.output).toEqual([{ was: 1 }, { Error: 'E', Cause: 'c' }]);
  });

  it('comes after the retries', async () => {
    const more = { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ['E'], Next: 'B' }] };
    const run = await runMachine({ ...task(more), B: { Type: 'Succeed' } }, { answers: [failed('E')] });
    expect(run.calls).toHaveLength(2);
    expect(run.status).toBe('SUCCEEDED');
  });

  it('fails the state a second time where its own Output fails', async () => {
    const branch = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'MyError', Cause: 'my cause' } } };
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'P' },
      { ErrorEquals: ['States.ALL'], Output: { v: '{% $states.input.missing %}' }, Next: 'P' },
    ];
    const run = await runMachine(
      { P: { Type: 'Parallel', Branches: [branch], Catch, End: true } },
      { input: { x: 'a' } },
    );
    expect(run.trace.slice(3)).toEqual([
      '4 3 FailStateEntered',
      '5 4 ParallelStateFailed',
      '6 4 EvaluationFailed',
      '7 6 ParallelStateFailed',
      '8 7 ExecutionFailed',
    ]);
    expect(detailsOf(run.history, 6)).toMatchObject({ location: 'Catch[1]/Output/v', state: 'P' });
  });
});

describe('time', () => {
  it('runs out for a task', async () => {
    const run = await runMachine(task({ TimeoutSeconds: '{% 5 %}' }), {
      answers: [{ afterSeconds: 6, answer: succeeded }],
    });
    expect(run.trace.slice(2)).toEqual([
      '3 2 TaskScheduled',
      '4 3 TaskStarted',
      '5 4 TaskTimedOut',
      '6 5 ExecutionFailed',
    ]);
    expect(detailsOf(run.history, 5)).toEqual({
      resource: 'describeDBInstances',
      resourceType: 'aws-sdk:rds',
      error: 'States.Timeout',
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', took: 5_000 });
    expect(run.calls[0]?.signal.aborted).toBe(true);
  });

  it('is enough for a task that is quick', async () => {
    const run = await runMachine(task({ TimeoutSeconds: 5 }), { answers: [{ afterSeconds: 4, answer: succeeded }] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', took: 4_000 });
  });

  it('runs out for the execution, whatever it is doing', async () => {
    const run = await runMachine({ W: { Type: 'Wait', Seconds: 60, End: true } }, { timeoutSeconds: 10 });
    expect(run.trace).toEqual(['1 0 ExecutionStarted', '2 0 WaitStateEntered', '3 0 ExecutionTimedOut']);
    expect(detailsOf(run.history, 3)).toEqual({ error: 'States.Timeout' });
    expect(run).toMatchObject({ status: 'TIMED_OUT', took: 10_000 });
    expect(run).not.toHaveProperty('error');
    const backoff = { Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 60 }] };
    expect(await runMachine(task(backoff), { timeoutSeconds: 10, answers: [failed('E')] })).toMatchObject({
      status: 'TIMED_OUT',
      took: 10_000,
    });
  });
});

describe('abort', () => {
  const start = (states: Record<string, unknown>): ReturnType<typeof startStateMachine> =>
    startStateMachine(definition(states), {
      input: {},
      execution: EXECUTION,
      stateMachine: STATE_MACHINE,
      clock: createVirtualClock(undefined, { automatic: false }),
      callTask: () => new Promise(() => {}),
    });

  it('ends the execution where it stands', async () => {
    const run = start({ W: { Type: 'Wait', Seconds: 60, Next: 'P' }, P: { Type: 'Pass', End: true } });
    run.abort('Cancelled', 'by ann');
    run.abort('again');
    expect(await run.done).toMatchObject({ status: 'ABORTED', error: 'Cancelled', cause: 'by ann' });
    expect(traceOf(run.history).at(-1)).toMatch(/0 ExecutionAborted$/);
  });

  it('does not wait for a task that never answers, nor for its branches', async () => {
    const branch = { StartAt: 'T', States: task() };
    const run = start({ All: { Type: 'Parallel', Branches: [branch, branch], End: true } });
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    run.abort();
    const { status, history } = await run.done;
    expect(status).toBe('ABORTED');
    const length = history.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(history).toHaveLength(length);
  });

  it('changes nothing after the end', async () => {
    const run = start({ P: { Type: 'Pass', End: true } });
    const before = await run.done;
    run.abort();
    expect(await run.done).toBe(before);
    expect(before.history.at(-1)?.type).toBe('ExecutionSucceeded');
  });
});

describe('limits', () => {
  const large = 'é'.repeat(131_100);

  it('fails a task whose result is over 256 KiB', async () => {
    const run = await runMachine(task(), { answers: [{ kind: 'succeeded', output: large }] });
    expect(run.trace.slice(4)).toEqual(['5 4 TaskFailed', '6 5 ExecutionFailed']);
    expect(run).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'aws-sdk:rds' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  it('fails a state whose output is over 256 KiB', async () => {
    const run = await runMachine({ A: { Type: 'Pass', Output: large, End: true } });
    expect(run.error).toBe('States.DataLimitExceeded');
    expect(run.cause).toContain("'A'");
  });

  it('ends an execution that goes round in circles at 25,000 events', async () => {
    const run = await runMachine({ A: { Type: 'Pass', Next: 'A' } });
    expect(run.history).toHaveLength(25_000);
    expect(run).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
  });
});

describe('a definition', () => {
  it.each([
    ['Next', { A: { Type: 'Pass', Next: 'B' } }],
    ['toString', { A: { Type: 'Pass', Next: 'toString' } }],
    ['Neither Next nor End', { A: { Type: 'Pass' } }],
    ['Choices[0]/Next', { A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }] } }],
    [
      'Catch[0]/Next',
      { A: { Type: 'Task', Resource: TASK, End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] } },
    ],
    ['Default', { A: { Type: 'Choice', Choices: [], Default: 'B' } }],
    ['/States/A/Output/x', { A: { Type: 'Pass', Output: { x: '{% $states. %}' }, End: true } }],
    ['Unknown state type', { A: { Type: 'Activity', End: true } }],
    ['InputPath', { A: { Type: 'Pass', QueryLanguage: 'JSONPath', InputPath: '$.a[', End: true } }],
    [
      'Parameters/a.$',
      { A: { Type: 'Pass', QueryLanguage: 'JSONPath', Parameters: { 'a.$': 'States.No()' }, End: true } },
    ],
    ['ResultPath', { A: { Type: 'Pass', QueryLanguage: 'JSONPath', ResultPath: '$..a', End: true } }],
    ['no field Output', { A: { Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, End: true } }],
    [
      'comparison',
      { A: { Type: 'Choice', QueryLanguage: 'JSONPath', Choices: [{ Variable: '$.x', Like: 'y', Next: 'A' }] } },
    ],
    ['no field Parameters', { A: { Type: 'Task', Resource: TASK, Parameters: {}, End: true } }],
    ['no field Variable', { A: { Type: 'Choice', Choices: [{ Variable: '$.x', IsNull: true, Next: 'A' }] } }],
    [
      'distributed Map',
      {
        A: {
          Type: 'Map',
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
          ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } },
          End: true,
        },
      },
    ],
    ['tasks on', { A: { Type: 'Task', Resource: 'arn:aws:sqs:us-east-1:123456789012:q', End: true } }],
    [
      '/States/A/Branches[0]/States/B',
      { A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass' } } }], End: true } },
    ],
  ])('is refused before it runs: %s', async (message, states) => {
    const refused = runMachine(states);
    await expect(refused).rejects.toThrow(InvalidDefinition);
    await expect(refused).rejects.toThrow(message);
  });
});

it('lets a fault of the account out as what it is', async () => {
  const fault = new Error('our fault');
  await expect(runMachine(task(), { callTask: () => Promise.reject(fault) })).rejects.toBe(fault);
  const branch = { StartAt: 'T', States: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'T' }] }) };
  const inBranch = runMachine(
    { All: { Type: 'Parallel', Branches: [branch], End: true } },
    { callTask: () => Promise.reject(fault) },
  );
  await expect(inBranch).rejects.toBe(fault);
});
