import { detailsOf, EXECUTION, runMachine, STATE_MACHINE, TASK } from './run-machine.ts';

const UNTRUNCATED = { truncated: false };

describe('Pass', () => {
  it('writes the history that Step Functions writes', async () => {
    const run = await runMachine(
      {
        A: { Type: 'Pass', Assign: { x: 42 }, Next: 'B' },
        B: { Type: 'Pass', Output: { y: '{% $x + 1 %}' }, End: true },
      },
      { input: { a: 1 } },
    );
    expect(run.trace).toEqual([
      '1 0 ExecutionStarted',
      '2 0 PassStateEntered',
      '3 2 PassStateExited',
      '4 3 PassStateEntered',
      '5 4 PassStateExited',
      '6 5 ExecutionSucceeded',
    ]);
    expect(detailsOf(run.history, 1)).toEqual({
      input: '{"a":1}',
      inputDetails: UNTRUNCATED,
      roleArn: EXECUTION.roleArn,
    });
    expect(detailsOf(run.history, 3)).toEqual({
      name: 'A',
      output: '{"a":1}',
      outputDetails: UNTRUNCATED,
      assignedVariables: { x: '42' },
      assignedVariablesDetails: UNTRUNCATED,
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { y: 43 } });
  });

  it('evaluates Assign and Output with the variables as they were on entry', async () => {
    const { output } = await runMachine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
      C: { Type: 'Pass', Output: '{% [$states.input, $x, $y] %}', End: true },
    });
    expect(output).toEqual([1, 2, 1]);
  });

  it('gives expressions the context object in the form of AWS', async () => {
    const { output } = await runMachine(
      { A: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
      { input: { a: 1 } },
    );
    expect(output).toEqual({
      Execution: {
        Id: EXECUTION.id,
        Input: { a: 1 },
        StartTime: '2026-01-01T00:00:00.000Z',
        Name: 'e',
        RoleArn: EXECUTION.roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: STATE_MACHINE.id, Name: 'm' },
      State: { Name: 'A', EnteredTime: '2026-01-01T00:00:00.000Z' },
    });
  });
});

describe('Succeed and Fail', () => {
  it('ends at a Succeed with its output', async () => {
    const run = await runMachine({ A: { Type: 'Succeed', Output: 'done' } });
    expect(run.trace.slice(1)).toEqual(['2 0 SucceedStateEntered', '3 2 SucceedStateExited', '4 3 ExecutionSucceeded']);
    expect(run.output).toBe('done');
  });

  it('evaluates Error and Cause of a Fail and leaves out what is not given', async () => {
    const run = await runMachine(
      { A: { Type: 'Fail', Error: '{% $states.input.error %}' } },
      { input: { error: 'Exception' } },
    );
    expect(run.trace.slice(1)).toEqual(['2 0 FailStateEntered', '3 2 ExecutionFailed']);
    expect(detailsOf(run.history, 3)).toEqual({ error: 'Exception' });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Exception' });
    expect(run).not.toHaveProperty('cause');
  });
});

describe('Choice', () => {
  const choice = (more: object = {}): Record<string, unknown> => ({
    Check: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Assign: { size: 'big' } },
        { Condition: '{% $states.input.n > 1 %}', Next: 'Big', Output: 'some', Assign: { size: 'some' } },
      ],
      ...more,
    },
    Big: { Type: 'Pass', Output: '{% [$states.input, $size] %}', End: true },
    Small: { Type: 'Pass', Output: '{% [$states.input, $size] %}', End: true },
  });

  it('takes the first rule that holds, with its Assign and Output', async () => {
    const run = await runMachine(choice(), { input: { n: 5 } });
    expect(run.trace.slice(1, 3)).toEqual(['2 0 ChoiceStateEntered', '3 2 ChoiceStateExited']);
    expect(run.output).toEqual(['some', 'some']);
  });

  it('takes Default with the Assign and Output of the state', async () => {
    const { output } = await runMachine(choice({ Default: 'Small', Output: 'none', Assign: { size: 'small' } }), {
      input: { n: 0 },
    });
    expect(output).toEqual(['none', 'small']);
  });

  it('fails as AWS does where nothing holds and there is no Default', async () => {
    const run = await runMachine(choice(), { input: { n: 0 } });
    expect(run.trace.slice(1)).toEqual(['2 0 ChoiceStateEntered', '3 2 ExecutionFailed']);
    expect(run).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Check' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
  });

  it('does not take a condition that is not a boolean', async () => {
    const run = await runMachine({
      Check: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'End' }], Default: 'End' },
      End: { Type: 'Succeed' },
    });
    expect(run.error).toBe('States.QueryEvaluationError');
    expect(run.cause).toContain(
      "The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});

describe('Wait', () => {
  it('waits an hour in no time', async () => {
    const run = await runMachine(
      { A: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } },
      { input: { s: 3600 } },
    );
    expect(run.trace.slice(1)).toEqual(['2 0 WaitStateEntered', '3 2 WaitStateExited', '4 3 ExecutionSucceeded']);
    expect(run.took).toBe(3_600_000);
  });

  it('waits until a timestamp, and not at all for one that is past', async () => {
    const until = (Timestamp: string): Record<string, unknown> => ({ A: { Type: 'Wait', Timestamp, End: true } });
    expect((await runMachine(until('2026-01-01T00:00:05Z'))).took).toBe(5_000);
    expect((await runMachine(until('2025-01-01T00:00:05+02:00'))).took).toBe(0);
    expect(await runMachine(until('tomorrow'))).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('refuses waits that AWS refuses', async () => {
    expect((await runMachine({ A: { Type: 'Wait', Seconds: 100_000_000, End: true } })).cause).toContain(
      'Wait state delay is too long.',
    );
    expect((await runMachine({ A: { Type: 'Wait', Seconds: '{% -1 %}', End: true } })).error).toBe('States.Runtime');
  });
});

describe('Task', () => {
  const task = (more: object = {}): Record<string, unknown> => ({
    T: { Type: 'Task', Resource: TASK, End: true, ...more },
  });

  it('writes what was scheduled and what came back', async () => {
    const run = await runMachine(
      task({
        Arguments: { DbInstanceIdentifier: '{% $states.input.id %}' },
        TimeoutSeconds: 60,
        Assign: { found: '{% $states.result.n %}' },
      }),
      { input: { id: 'demo' }, answers: [{ kind: 'succeeded', output: { n: 1 } }] },
    );
    expect(run.trace).toEqual([
      '1 0 ExecutionStarted',
      '2 0 TaskStateEntered',
      '3 2 TaskScheduled',
      '4 3 TaskStarted',
      '5 4 TaskSucceeded',
      '6 5 TaskStateExited',
      '7 6 ExecutionSucceeded',
    ]);
    const task1 = { resource: 'describeDBInstances', resourceType: 'aws-sdk:rds' };
    expect(detailsOf(run.history, 3)).toEqual({
      ...task1,
      parameters: '{"DbInstanceIdentifier":"demo"}',
      region: 'us-east-1',
      timeoutInSeconds: 60,
    });
    expect(detailsOf(run.history, 4)).toEqual(task1);
    expect(detailsOf(run.history, 5)).toEqual({ ...task1, output: '{"n":1}', outputDetails: UNTRUNCATED });
    expect(detailsOf(run.history, 6)).toMatchObject({
      name: 'T',
      output: '{"n":1}',
      assignedVariables: { found: '1' },
    });
    expect(run.calls[0]).toMatchObject({ resource: TASK, arguments: { DbInstanceIdentifier: 'demo' } });
  });

  it('gives a task without Arguments the whole input', async () => {
    expect((await runMachine(task(), { input: { id: 'demo' } })).calls[0]?.arguments).toEqual({ id: 'demo' });
  });

  it('has the result in Output', async () => {
    const { output } = await runMachine(task({ Output: '{% $states.result.n + $states.input.n %}' }), {
      input: { n: 2 },
      answers: [{ kind: 'succeeded', output: { n: 1 } }],
    });
    expect(output).toBe(3);
  });

  it('fails the execution with the error of the task', async () => {
    const run = await runMachine(task(), {
      answers: [{ kind: 'failed', error: 'Rds.DbInstanceNotFoundException', cause: 'no' }],
    });
    expect(run.trace.slice(4)).toEqual(['5 4 TaskFailed', '6 5 ExecutionFailed']);
    expect(detailsOf(run.history, 5)).toEqual({
      resource: 'describeDBInstances',
      resourceType: 'aws-sdk:rds',
      error: 'Rds.DbInstanceNotFoundException',
      cause: 'no',
    });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Rds.DbInstanceNotFoundException', cause: 'no' });
  });

  it('is not even scheduled with arguments that Step Functions does not know', async () => {
    const run = await runMachine(
      task({ Arguments: { DBInstanceIdentifier: 'x' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'T' }] }),
      {
        checkTask: () => ['The field "DBInstanceIdentifier" is not supported by Step Functions'],
      },
    );
    expect(run.trace.slice(1)).toEqual(['2 0 TaskStateEntered', '3 2 ExecutionFailed']);
    expect(run).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'T' (entered at the event id #2). The Arguments '{"DBInstanceIdentifier":"x"}' could not be used to start the Task: [The field "DBInstanceIdentifier" is not supported by Step Functions]`,
    });
  });

  it('calls a Lambda function by its ARN with events of their own', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    const run = await runMachine(task({ Resource, Arguments: {} }));
    expect(run.trace.slice(2, 5)).toEqual([
      '3 2 LambdaFunctionScheduled',
      '4 3 LambdaFunctionStarted',
      '5 4 LambdaFunctionSucceeded',
    ]);
    expect(detailsOf(run.history, 3)).toEqual({ resource: Resource, input: '{}', inputDetails: UNTRUNCATED });
    expect(detailsOf(run.history, 4)).toBeUndefined();
  });
});

describe('Parallel', () => {
  const pass = (output: unknown): object => ({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Output: output, End: true } },
  });

  it('joins the outputs in order and hangs its exit on the last event of a branch', async () => {
    const run = await runMachine({
      All: { Type: 'Parallel', Branches: [pass('{% $states.input.a %}'), pass(2)], Arguments: { a: 1 }, End: true },
    });
    expect(run.trace).toEqual([
      '1 0 ExecutionStarted',
      '2 0 ParallelStateEntered',
      '3 2 ParallelStateStarted',
      '4 3 PassStateEntered',
      '5 4 PassStateExited',
      '6 3 PassStateEntered',
      '7 6 PassStateExited',
      '8 7 ParallelStateSucceeded',
      '9 7 ParallelStateExited',
      '10 9 ExecutionSucceeded',
    ]);
    expect(run.output).toEqual([1, 2]);
  });

  it('reads the variables around it and keeps its own to itself', async () => {
    const branch = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Assign: { inner: '{% $x %}' }, Output: '{% $x %}', End: true } },
    };
    const run = await runMachine({
      A: { Type: 'Pass', Assign: { x: 42 }, Next: 'All' },
      All: { Type: 'Parallel', Branches: [branch], Next: 'After' },
      After: { Type: 'Pass', Output: '{% [$states.input, $exists($inner)] %}', End: true },
    });
    expect(run.output).toEqual([42, false]);
  });

  it('aborts what a failing branch leaves behind, then fails', async () => {
    const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 20, End: true } } };
    const boom = {
      StartAt: 'S',
      States: { S: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: { Type: 'Fail', Error: 'Boom', Cause: 'c' } },
    };
    const run = await runMachine({ All: { Type: 'Parallel', Branches: [wait, boom], End: true } });
    expect(run.trace.slice(3)).toEqual([
      '4 3 WaitStateEntered',
      '5 3 WaitStateEntered',
      '6 5 WaitStateExited',
      '7 6 FailStateEntered',
      '8 7 WaitStateAborted',
      '9 7 ParallelStateFailed',
      '10 9 ExecutionFailed',
    ]);
    expect(run).toMatchObject({ status: 'FAILED', error: 'Boom', cause: 'c' });
    expect(run.took).toBe(1_000);
  });

  it('catches the failure of a branch', async () => {
    const fail = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'FailureType', Cause: 'Cause description' } } };
    const run = await runMachine({
      All: { Type: 'Parallel', Branches: [fail], Catch: [{ ErrorEquals: ['FailureType'], Next: 'Caught' }], End: true },
      Caught: { Type: 'Pass', End: true },
    });
    expect(run.trace.slice(3)).toEqual([
      '4 3 FailStateEntered',
      '5 4 ParallelStateFailed',
      '6 5 ParallelStateExited',
      '7 6 PassStateEntered',
      '8 7 PassStateExited',
      '9 8 ExecutionSucceeded',
    ]);
    expect(run.output).toEqual({ Error: 'FailureType', Cause: 'Cause description' });
  });

  it('ends the execution at once for a States.Runtime error in a branch', async () => {
    const runtime = { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [] } } };
    const run = await runMachine({
      All: { Type: 'Parallel', Branches: [runtime], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'All' }], End: true },
    });
    expect(run.trace.slice(3)).toEqual(['4 3 ChoiceStateEntered', '5 4 ExecutionFailed']);
    expect(run.error).toBe('States.Runtime');
  });
});

describe('Map', () => {
  const map = (processor: Record<string, unknown>, more: object = {}): Record<string, unknown> => ({
    M: { Type: 'Map', ItemProcessor: { StartAt: Object.keys(processor)[0], States: processor }, End: true, ...more },
  });
  const passItem = { P: { Type: 'Pass', End: true } };

  it('runs one iteration after the other, each hanging on the states of the one before', async () => {
    const run = await runMachine(map(passItem, { Items: '{% [1, "two"] %}', MaxConcurrency: 1 }));
    expect(run.trace).toEqual([
      '1 0 ExecutionStarted',
      '2 0 MapStateEntered',
      '3 2 MapStateStarted',
      '4 3 MapIterationStarted',
      '5 4 PassStateEntered',
      '6 5 PassStateExited',
      '7 6 MapIterationSucceeded',
      '8 6 MapIterationStarted',
      '9 8 PassStateEntered',
      '10 9 PassStateExited',
      '11 10 MapIterationSucceeded',
      '12 11 MapStateSucceeded',
      '13 11 MapStateExited',
      '14 13 ExecutionSucceeded',
    ]);
    expect(detailsOf(run.history, 3)).toEqual({ length: 2 });
    expect(detailsOf(run.history, 8)).toEqual({ name: 'M', index: 1 });
    expect(run.output).toEqual([1, 'two']);
  });

  it('starts iterations together where it may', async () => {
    const run = await runMachine(map({ T: { Type: 'Task', Resource: TASK, End: true } }), { input: [1, 2] });
    expect(run.trace.slice(3, 13)).toEqual([
      '4 3 MapIterationStarted',
      '5 3 MapIterationStarted',
      '6 4 TaskStateEntered',
      '7 6 TaskScheduled',
      '8 5 TaskStateEntered',
      '9 8 TaskScheduled',
      '10 7 TaskStarted',
      '11 9 TaskStarted',
      '12 10 TaskSucceeded',
      '13 12 TaskStateExited',
    ]);
    expect(run.status).toBe('SUCCEEDED');
  });

  it('exits from its start where there are no items', async () => {
    const run = await runMachine(map(passItem), { input: [] });
    expect(run.trace.slice(1)).toEqual([
      '2 0 MapStateEntered',
      '3 2 MapStateStarted',
      '4 3 MapStateSucceeded',
      '5 3 MapStateExited',
      '6 5 ExecutionSucceeded',
    ]);
  });

  it('makes the input of an iteration from ItemSelector', async () => {
    const ItemSelector = {
      value: '{% $states.context.Map.Item.Value %}',
      index: '{% $states.context.Map.Item.Index %}',
      all: '{% $count($states.input) %}',
    };
    const processor = {
      P: {
        Type: 'Pass',
        Output: '{% $merge([$states.input, {"again": $states.context.Map.Item.Index}]) %}',
        End: true,
      },
    };
    const { output } = await runMachine(map(processor, { ItemSelector }), { input: ['a'] });
    expect(output).toEqual([{ value: 'a', index: 0, all: 1, again: 0 }]);
  });

  it('does not take items that are no array', async () => {
    const run = await runMachine(map(passItem, { Items: '{% 1 %}' }));
    expect(run.trace.slice(1)).toEqual([
      '2 0 MapStateEntered',
      '3 0 EvaluationFailed',
      '4 3 MapStateFailed',
      '5 4 ExecutionFailed',
    ]);
    expect(run.cause).toBe(
      "An error occurred while executing the state 'M' (entered at the event id #2). The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
    );
    expect((await runMachine(map(passItem), { input: { foo: 'bar' } })).cause).toContain(
      'Map state input must be an array but was: {"foo":"bar"}',
    );
  });

  it('retries as a whole, and fails with the events of its last attempt', async () => {
    const fail = { F: { Type: 'Fail', Error: 'HandleItemFailError', Cause: 'HandleItemFailCause' } };
    const Retry = [{ ErrorEquals: ['HandleItemFailError'], MaxAttempts: 1 }];
    const run = await runMachine(map(fail, { Retry, MaxConcurrency: 1 }), { input: [1] });
    expect(run.trace.slice(2)).toEqual([
      '3 2 MapStateStarted',
      '4 3 MapIterationStarted',
      '5 4 FailStateEntered',
      '6 5 MapIterationFailed',
      '7 5 MapStateStarted',
      '8 7 MapIterationStarted',
      '9 8 FailStateEntered',
      '10 9 MapIterationFailed',
      '11 9 MapStateFailed',
      '12 11 ExecutionFailed',
    ]);
  });

  it('cuts off the other iterations when one fails', async () => {
    const run = await runMachine(map({ T: { Type: 'Task', Resource: TASK, TimeoutSeconds: 5, End: true } }), {
      input: [1, 2],
      answers: ['never'],
    });
    expect(run.trace.slice(11)).toEqual([
      '12 10 TaskTimedOut',
      // As recorded: both time out before the first failure has its effect.
      '13 11 TaskTimedOut',
      '14 12 MapIterationFailed',
      '15 12 TaskStateAborted',
      '16 12 MapIterationAborted',
      '17 12 TaskStateAborted',
      '18 12 MapStateFailed',
      '19 18 ExecutionFailed',
    ]);
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });
});
