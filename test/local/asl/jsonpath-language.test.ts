import { startStateMachine } from '../../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock } from '../../../lib/local/clock.ts';
import { EXECUTION, type MachineRun, runMachine, STATE_MACHINE, TASK } from './run-machine.ts';

/** Runs JSONPath states. */
function run(
  states: Record<string, Record<string, unknown>>,
  input: unknown = {},
  more: Parameters<typeof runMachine>[1] = {},
): Promise<MachineRun> {
  const own = Object.entries(states).map(([name, state]) => [name, { QueryLanguage: 'JSONPath', ...state }]);
  return runMachine(Object.fromEntries(own), { input, ...more });
}

const pass = (fields: Record<string, unknown>, input?: unknown): Promise<MachineRun> =>
  run({ A: { Type: 'Pass', End: true, ...fields } }, input);

const INPUT = { a: { b: 1 }, list: [1, 2, 3] };

describe('the data flow of a state', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['nothing', {}, INPUT],
    ['InputPath', { InputPath: '$.a' }, { b: 1 }],
    ['InputPath null', { InputPath: null }, {}],
    ['OutputPath', { OutputPath: '$.list[1:]' }, [2, 3]],
    ['OutputPath null', { OutputPath: null }, {}],
    ['Result', { Result: { 'x.$': '$.a' } }, { 'x.$': '$.a' }],
    ['ResultPath', { Result: 7, ResultPath: '$.a.c' }, { ...INPUT, a: { b: 1, c: 7 } }],
    ['ResultPath null', { Result: 7, ResultPath: null }, INPUT],
    [
      'Parameters',
      { Parameters: { 'x.$': '$.a.b', deep: [{ 'y.$': '$$.State.Name' }] } },
      { x: 1, deep: [{ y: 'A' }] },
    ],
    ['all', { InputPath: '$.a', Parameters: { 'x.$': '$.b' }, ResultPath: '$.r', OutputPath: '$.r' }, { x: 1 }],
    [
      'raw input for ResultPath',
      { InputPath: '$.a', ResultPath: '$.list[0]' },
      { a: { b: 1 }, list: [{ b: 1 }, 2, 3] },
    ],
    ['intrinsics', { Parameters: { 'n.$': 'States.MathAdd($.a.b, States.ArrayLength($.list))' } }, { n: 4 }],
  ])('%s', async (_name, fields, output) => {
    const result = await pass(fields, INPUT);
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expect(result.output).toEqual(output);
  });

  it.each<[Record<string, unknown>, unknown, string, string]>([
    [{ InputPath: '$.x.y' }, {}, 'States.Runtime', "Invalid path '$.x.y' : Missing property in path $['x']"],
    [{ OutputPath: '$.x' }, null, 'States.Runtime', 'Unable to apply Path transformation to null or empty input.'],
    [
      { Parameters: { 'p.$': '$.x' } },
      { y: 1 },
      'States.Runtime',
      `The JSONPath '$.x' specified for the field 'p.$' could not be found in the input '{"y":1}'`,
    ],
    [
      { Result: 1, ResultPath: '$.x' },
      'text',
      'States.ResultPathMatchFailure',
      'Unable to apply ReferencePath $.x to input "text"',
    ],
    [{ InputPath: '$gone' }, {}, 'States.Runtime', "Invalid path '$gone' : Variable $gone is not defined"],
  ])('fails: %j', async (fields, input, error, cause) => {
    const said = `An error occurred while executing the state 'A' (entered at the event id #2). ${cause}`;
    expect(await pass(fields, input)).toMatchObject({ status: 'FAILED', error, cause: said });
  });

  it('gives a task its Parameters and keeps of its result what ResultSelector takes', async () => {
    const result = await run(
      {
        T: {
          Type: 'Task',
          Resource: TASK,
          Parameters: { 'Id.$': '$.id' },
          ResultSelector: { 'status.$': '$.S', 'retries.$': '$$.State.RetryCount' },
          ResultPath: '$.task',
          Assign: { 'status.$': '$.status' },
          Next: 'P',
        },
        P: { Type: 'Pass', Parameters: { 'all.$': '$', 'status.$': '$status' }, End: true },
      },
      { id: 'db' },
      { answers: [{ kind: 'succeeded', output: { S: 'available', Other: 1 } }] },
    );
    expect(result.calls[0]?.arguments).toEqual({ Id: 'db' });
    expect(result.output).toEqual({
      all: { id: 'db', task: { status: 'available', retries: 0 } },
      status: 'available',
    });
  });

  it('puts an error where the catcher says, beside the input', async () => {
    const result = await run(
      {
        T: {
          Type: 'Task',
          Resource: TASK,
          End: true,
          Catch: [{ ErrorEquals: ['E'], ResultPath: '$.error', Assign: { 'cause.$': '$.Cause' }, Next: 'P' }],
        },
        P: { Type: 'Pass', Parameters: { 'in.$': '$', 'cause.$': '$cause' }, End: true },
      },
      { a: 1 },
      { answers: [{ kind: 'failed', error: 'E', cause: 'c' }] },
    );
    expect(result.output).toEqual({ in: { a: 1, error: { Error: 'E', Cause: 'c' } }, cause: 'c' });
  });

  it('mixes with JSONata by state, sharing variables', async () => {
    const result = await runMachine({
      A: { Type: 'Pass', Assign: { x: '{% [1, 2] %}' }, Next: 'B' },
      B: {
        QueryLanguage: 'JSONPath',
        Type: 'Pass',
        Parameters: { 'n.$': '$x[1]' },
        Assign: { 'y.$': '$.n' },
        Next: 'C',
      },
      C: { Type: 'Pass', Output: '{% $y + $states.input.n %}', End: true },
    });
    expect(result.output).toBe(4);
  });
});

describe('fields with a path', () => {
  it('wait, fail and time out by what the input says', async () => {
    const waited = await run({ W: { Type: 'Wait', SecondsPath: '$.s', End: true } }, { s: 3600 });
    expect(waited).toMatchObject({ status: 'SUCCEEDED', took: 3_600_000 });
    const until = await run({ W: { Type: 'Wait', TimestampPath: '$.t', End: true } }, { t: '2026-01-01T00:01:00Z' });
    expect(until.took).toBe(60_000);
    const failed = await run(
      { F: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{}!', $.c)" } },
      { e: 'E', c: 'no' },
    );
    expect(failed).toMatchObject({ status: 'FAILED', error: 'E', cause: 'no!' });
    const late = await run(
      { T: { Type: 'Task', Resource: TASK, TimeoutSecondsPath: '$.s', End: true } },
      { s: 5 },
      { answers: ['never'] },
    );
    expect(late).toMatchObject({ status: 'FAILED', error: 'States.Timeout', took: 5_000 });
  });

  it.each<[Record<string, unknown>, unknown, string]>([
    [{ SecondsPath: '$.s' }, { s: 1.5 }, 'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5'],
    [{ SecondsPath: '$.s' }, { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [{ TimestampPath: '$.t' }, { t: 'soon' }, 'date-time format string: $.t == soon'],
    [{ TimestampPath: '$.t' }, { t: '2094-12-10T00:00:00Z' }, 'Wait state delay is too long.'],
  ])('refuse what Step Functions refuses: %j of %j', async (fields, input, cause) => {
    const result = await run({ W: { Type: 'Wait', ...fields, End: true } }, input);
    expect(result.error).toBe('States.Runtime');
    expect(result.cause).toContain(cause);
  });
});

describe('a choice', () => {
  const choose = async (rule: Record<string, unknown>, input: unknown): Promise<unknown> => {
    const result = await run(
      {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: true, End: true },
        No: { Type: 'Pass', Result: false, End: true },
      },
      input,
    );
    return result.status === 'SUCCEEDED' ? result.output : result.cause;
  };
  const at = '2026-01-01T00:00:00Z';

  it.each<[Record<string, unknown>, unknown, boolean]>([
    [{ StringEquals: 'a' }, 'a', true],
    [{ StringEquals: '1' }, 1, false],
    [{ StringLessThan: 'b' }, 'a', true],
    [{ StringGreaterThanEquals: 'b' }, 'b', true],
    [{ StringMatches: 'log-*.txt' }, 'log-\n1.txt', true],
    [{ StringMatches: '*\\*' }, 'a*', true],
    [{ StringMatches: '*\\*' }, 'ab', false],
    [{ StringMatches: 'a.c' }, 'abc', false],
    [{ NumericEquals: 1 }, 1.0, true],
    [{ NumericLessThanEquals: 1 }, 2, false],
    [{ NumericGreaterThan: 1 }, '2', false],
    [{ BooleanEquals: false }, false, true],
    [{ TimestampEquals: at }, '2026-01-01T01:00:00+01:00', true],
    [{ TimestampLessThan: at }, '2025-12-31T23:59:59.999Z', true],
    [{ TimestampGreaterThan: at }, 'later', false],
    [{ StringEqualsPath: '$.other' }, 'o', true],
    [{ NumericGreaterThanPath: '$$.State.Name' }, 1, false],
    [{ IsNull: true }, null, true],
    [{ IsNull: false }, 0, true],
    [{ IsString: true }, 's', true],
    [{ IsNumeric: true }, 's', false],
    [{ IsBoolean: false }, 's', true],
    [{ IsTimestamp: true }, at, true],
    [{ IsTimestamp: true }, '2026-01-01T00:00Z', true],
    [{ IsTimestamp: true }, '2026-02-30T00:00:00Z', false],
    [{ IsTimestamp: true }, '2026-01-01T24:00:00Z', false],
    [{ IsPresent: true }, null, true],
  ])('%j of %j', async (rule, v, holds) => {
    expect(await choose({ Variable: '$.v', ...rule }, { v, other: 'o' })).toBe(holds);
  });

  it('joins rules, and looks no further than it has to', async () => {
    const big = { Variable: '$.n', NumericGreaterThan: 10 };
    const present = { Variable: '$.n', IsPresent: true };
    expect(await choose({ And: [present, big] }, { n: 11 })).toBe(true);
    expect(await choose({ And: [present, big] }, {})).toBe(false);
    expect(await choose({ Or: [{ Not: present }, big] }, {})).toBe(true);
    expect(await choose({ Not: { Or: [big, { Not: present }] } }, { n: 1 })).toBe(true);
    expect(await choose({ Variable: '$.n', IsPresent: false }, {})).toBe(true);
  });

  it('fails for a variable that is not there', async () => {
    expect(await choose({ Variable: '$.n', NumericEquals: 1 }, {})).toContain(
      "Invalid path '$.n': The choice state's condition path references an invalid value.",
    );
  });
});

describe('a Map', () => {
  const map = (fields: Record<string, unknown>, mode = 'INLINE'): Record<string, unknown> => ({
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: mode, ExecutionType: 'STANDARD' },
      StartAt: 'P',
      States: { P: { QueryLanguage: 'JSONPath', Type: 'Pass', End: true } },
    },
    End: true,
    ...fields,
  });
  const types = ({ history }: MachineRun): readonly string[] => history.map(({ type }) => type).slice(2, -2);

  it.each<[Record<string, unknown>, unknown, unknown]>([
    [{ ItemsPath: '$.list' }, { list: [1, 2] }, [1, 2]],
    [
      { InputPath: '$.in', ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index', 'all.$': '$' } },
      { in: ['x'] },
      [{ v: 'x', i: 0, all: ['x'] }],
    ],
    [{ Parameters: { 'v.$': '$$.Map.Item.Value' }, ResultPath: '$[1]' }, [1, 2], [1, [{ v: 1 }, { v: 2 }]]],
    [{ ResultSelector: { 'first.$': '$[0]' } }, [7, 8], { first: 7 }],
    [{ MaxConcurrencyPath: '$[0]' }, [1, 2], [1, 2]],
  ])('%j', async (fields, input, output) => {
    expect((await run({ M: map(fields) }, input)).output).toEqual(output);
  });

  it.each<[Record<string, unknown>, unknown, string]>([
    [{ ItemsPath: '$.list' }, { list: 1 }, 'Reference path "$.list" must point to array.'],
    [{ MaxConcurrencyPath: '$[0]' }, ['x'], 'refers to value "x" which is not a valid integer: $[0]'],
  ])('fails: %j', async (fields, input, cause) => {
    const result = await run({ M: map(fields) }, input);
    expect(result.error).toBe('States.Runtime');
    expect(result.cause).toContain(cause);
  });

  it('runs child executions with histories of their own where it is distributed', async () => {
    const result = await run({ M: map({}, 'DISTRIBUTED') }, [1, 2]);
    expect(result.output).toEqual([1, 2]);
    expect(types(result)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunSucceeded', 'MapStateSucceeded']);
  });

  it('puts items of a distributed Map into batches', async () => {
    const batcher = { MaxItemsPerBatch: 2, BatchInput: { 'from.$': '$$.State.Name' } };
    const result = await run({ M: map({ ItemBatcher: batcher }, 'DISTRIBUTED') }, [1, 2, 3]);
    expect(result.output).toEqual([
      { BatchInput: { from: 'M' }, Items: [1, 2] },
      { BatchInput: { from: 'M' }, Items: [3] },
    ]);
  });

  it.each<[Record<string, unknown>, string, unknown]>([
    [{ InputType: 'JSON' }, '[{"a":1},2]', [{ a: 1 }, 2]],
    [{ InputType: 'JSON', MaxItems: 1 }, '[1,2]', [1]],
    [{ InputType: 'JSONL' }, '{"a":1}\n\n2\n', [{ a: 1 }, 2]],
    [
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'h1,h2\r\n"a, ""b""",c,d\n\n,\ne',
      [
        { h1: 'a, "b"', h2: 'c' },
        { h1: '', h2: '' },
        { h1: 'e', h2: '' },
      ],
    ],
    [
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x'], CSVDelimiter: 'PIPE' },
      '1|2\n3',
      [{ x: '1' }, { x: '3' }],
    ],
  ])('reads the items of a distributed Map from an object: %j', async (ReaderConfig, Body, items) => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Parameters: { 'Bucket.$': '$.b', Key: 'k' },
      ReaderConfig,
    };
    const result = await run(
      { M: map({ ItemReader }, 'DISTRIBUTED') },
      { b: 'bucket' },
      { answers: [{ kind: 'succeeded', output: { Body } }] },
    );
    expect(result.calls[0]).toMatchObject({ arguments: { Bucket: 'bucket', Key: 'k' } });
    expect(result.output).toEqual(items);
  });

  it('fails with the failures of child executions that are not tolerated', async () => {
    const failing = (more: Record<string, unknown>): Record<string, unknown> => {
      const States = { F: { QueryLanguage: 'JSONPath', Type: 'Fail', Error: 'E' } };
      return map({ ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'F', States }, ...more });
    };
    const result = await run({ M: failing({ ToleratedFailureCount: 1 }) }, [1, 2]);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(types(result)).toEqual(['MapStateStarted', 'MapRunStarted', 'MapRunFailed']);
    expect(await run({ M: failing({ ToleratedFailurePercentage: 100 }) }, [1, 2])).toMatchObject({ output: [] });
  });

  it('writes results where it is told to', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'p' } };
    const result = await run({ M: map({ ResultWriter, Label: 'L' }, 'DISTRIBUTED') }, [1]);
    expect(result.calls.map(({ arguments: sent }) => (sent as { Key: string }).Key.split('/').at(-1))).toEqual([
      'SUCCEEDED_0.json',
      'manifest.json',
    ]);
    expect(result.output).toMatchObject({
      MapRunArn: expect.stringContaining(':mapRun:m/L:'),
      ResultWriterDetails: { Bucket: 'b', Key: expect.stringMatching(/^p\/[0-9a-f-]{36}\/manifest\.json$/) },
    });
  });
});

describe('a task with a token', () => {
  const RESOURCE = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

  function start(fields: Record<string, unknown> = {}) {
    const clock = createVirtualClock(undefined, { automatic: false });
    const state = {
      Type: 'Task',
      Resource: RESOURCE,
      Parameters: { 'T.$': '$$.Task.Token' },
      End: true,
      ...fields,
    } as const;
    const machine = startStateMachine(
      { StartAt: 'T', States: { T: state } },
      {
        input: {},
        clock,
        execution: EXECUTION,
        stateMachine: STATE_MACHINE,
        random: () => 0.5,
        callTask: async () => ({ kind: 'succeeded', output: { MessageId: 'm' } }),
      },
    );
    return { clock, machine };
  }

  it('waits until somebody answers, once', async () => {
    const { clock, machine } = start();
    await clock.advance(86_400_000);
    const [waiting] = machine.waitingTasks();
    expect(waiting).toMatchObject({ state: 'T', resource: RESOURCE, arguments: { T: waiting?.token } });
    const token = waiting?.token ?? '';
    expect(machine.answerTask('other', { kind: 'succeeded', output: 1 })).toBe(false);
    expect(machine.answerTask(token, { kind: 'succeeded', output: { approved: true } })).toBe(true);
    expect(machine.answerTask(token, { kind: 'failed' })).toBe(false);
    expect(await machine.done).toMatchObject({ status: 'SUCCEEDED', output: { approved: true } });
    expect(machine.history.map(({ type }) => type).slice(2, 6)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
    expect(machine.waitingTasks()).toEqual([]);
  });

  it('fails as it is answered', async () => {
    const { clock, machine } = start();
    await clock.advance(1);
    machine.answerTask(machine.waitingTasks()[0]?.token ?? '', { kind: 'failed', error: 'Refused', cause: 'no' });
    expect(await machine.done).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'no' });
  });

  it('times out without heartbeats, and for good at its end', async () => {
    const { clock, machine } = start({ HeartbeatSeconds: 10, TimeoutSeconds: 25 });
    await clock.advance(9_000);
    const token = machine.waitingTasks()[0]?.token ?? '';
    expect(machine.heartbeat(token)).toBe(true);
    await clock.advance(9_000);
    expect(machine.heartbeat(token)).toBe(true);
    expect(machine.heartbeat('other')).toBe(false);
    await clock.advance(6_999);
    expect(machine.waitingTasks()).toHaveLength(1);
    await clock.advance(1);
    expect(await machine.done).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const quiet = start({ HeartbeatSeconds: 10 });
    await quiet.clock.advance(10_000);
    expect(await quiet.machine.done).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(quiet.machine.answerTask(token, { kind: 'failed' })).toBe(false);
  });
});

it('tells a job from its start with .sync', async () => {
  const Resource = 'arn:aws:states:::batch:submitJob.sync';
  const task = { T: { Type: 'Task', Resource, End: true } };
  const completed = Promise.resolve({ kind: 'succeeded', output: 'done' } as const);
  const done = await run(task, {}, { answers: [{ kind: 'submitted', output: { JobId: 'j' }, completed }] });
  expect(done.output).toBe('done');
  expect(done.trace.slice(4, 6)).toEqual(['5 4 TaskSubmitted', '6 5 TaskSucceeded']);
  const refused = await run(task, {}, { answers: [{ kind: 'failed', error: 'Batch.ServerException' }] });
  expect(refused.trace.at(-2)).toBe('5 4 TaskSubmitFailed');
});
