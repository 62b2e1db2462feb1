import { toAsl } from '../../lib/asl/to-asl.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import {
  type Execution,
  ExecutionNameTaken,
  TooManyExecutions,
  type WorkflowExecutor,
} from '../../lib/engine/execution.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createSimulatedAccount, type SimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { InvalidDefinition } from '../../lib/local/asl/check-definition.ts';
import { createVirtualClock, type VirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor, type LocalExecutorOptions } from '../../lib/local/local-executor.ts';
import { sampleBytecode } from '../support/bytecode.ts';
import { bytecodeOf, catalog, SEED } from '../support/compile.ts';

const START = '2026-05-04T03:02:01.000Z';

interface Local {
  readonly executor: WorkflowExecutor;
  readonly account: SimulatedAccount;
  readonly clock: VirtualClock;
  readonly ended: (bytecode: Bytecode, name: string) => Promise<Execution>;
}

function local(options: Partial<LocalExecutorOptions> = {}): Local {
  const clock = createVirtualClock(START, { automatic: false });
  const account = createSimulatedAccount({ catalog: catalog(), clock, random: () => 0 });
  const executor = createLocalExecutor({
    account,
    clock,
    definitionOf: toAsl,
    policyOf: (bytecode) => toPolicy(bytecode, account.place),
    random: () => 0,
    ...options,
  });
  const ended = async (bytecode: Bytecode, name: string): Promise<Execution> => {
    await clock.advance(0);
    const execution = await executor.get(bytecode.workflow_id, name);
    if (execution === undefined) throw new Error(`No execution ${name}`);
    return execution;
  };
  return { executor, account, clock, ended };
}

describe('the seed workflow', () => {
  const seed = bytecodeOf(SEED);
  const run = async (
    input: Record<string, unknown>,
    options: Partial<LocalExecutorOptions> = {},
  ): Promise<{ execution: Execution; account: SimulatedAccount }> => {
    const { executor, account, ended } = local(options);
    await executor.start({ bytecode: seed, executionName: 'run-1', input });
    return { execution: await ended(seed, 'run-1'), account };
  };

  it('makes a snapshot, in the very steps of its state machine', async () => {
    const { execution, account } = await run({ instance_id: 'demo-database' });
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      startedAt: START,
      stoppedAt: START,
      input: { instance_id: 'demo-database' },
    });
    expect(execution.history.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'ChoiceStateEntered',
      'ChoiceStateExited',
      ...Array.from({ length: 2 }, () => [
        'TaskStateEntered',
        'TaskScheduled',
        'TaskStarted',
        'TaskSucceeded',
        'TaskStateExited',
      ]).flat(),
      'ExecutionSucceeded',
    ]);
    expect(account.resources('rds', 'snapshot')).toMatchObject([
      {
        DBSnapshotIdentifier: 'demo-database-poc-20260504-030201',
        DBInstanceIdentifier: 'demo-database',
        Status: 'creating',
      },
    ]);
  });

  it.each([
    [{ instance_id: '../../etc/passwd' }, 'instance_id'],
    [{ instance_id: 7 }, 'instance_id'],
    [{}, 'instance_id'],
    [{ instance_id: 'demo-database', more: true }, 'more'],
  ])('refuses %j in the state machine itself', async (input, named) => {
    const { execution, account } = await run(input);
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'Workflow.InvalidParameter',
      cause: expect.stringContaining(named),
    });
    expect(account.resources('rds', 'snapshot')).toEqual([]);
  });

  it('fails at its first step for an unknown instance', async () => {
    const { execution, account } = await run({ instance_id: 'nope' });
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'Rds.DbInstanceNotFoundException',
      cause: expect.stringContaining('DBInstance nope not found.'),
    });
    expect(account.resources('rds', 'snapshot')).toEqual([]);
  });

  it('fails at the step whose permission is taken out of the role', async () => {
    const { execution, account } = await run(
      { instance_id: 'demo-database' },
      {
        policyOf: (bytecode) => {
          const policy = toPolicy(bytecode, { partition: 'aws', region: 'us-east-1', account: '123456789012' });
          return { ...policy, Statement: policy.Statement.filter(({ Action }) => Action !== 'rds:CreateDBSnapshot') };
        },
      },
    );
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'Rds.RdsException',
      cause: expect.stringContaining('AccessDenied'),
    });
    expect(execution.cause).toContain(
      'User: arn:aws:sts::123456789012:assumed-role/wf-rds_backup_simple/run-1 is not authorized to perform: rds:CreateDBSnapshot on resource: arn:aws:rds:us-east-1:123456789012:db:demo-database because no identity-based policy allows the rds:CreateDBSnapshot action',
    );
    expect(account.resources('rds', 'snapshot')).toEqual([]);
  });

  it('is the same run when it is run again', async () => {
    const [first, second] = await Promise.all([
      run({ instance_id: 'demo-database' }),
      run({ instance_id: 'demo-database' }),
    ]);
    expect(first.execution).toEqual(second.execution);
  });
});

describe('an executor', () => {
  const bytecode = sampleBytecode({ name: 'waiter' });
  const wait = { QueryLanguage: 'JSONata', StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
  const waiter = (options: Partial<LocalExecutorOptions> = {}): Local =>
    local({ definitionOf: () => wait, policyOf: () => ({ Statement: [] }), ...options });
  const request = (
    executionName: string,
    input: Record<string, unknown> = {},
  ): { bytecode: Bytecode; executionName: string; input: Record<string, unknown> } => ({
    bytecode,
    executionName,
    input,
  });

  it('starts at once and runs on in the background', async () => {
    const { executor, clock } = waiter();
    await executor.start(request('a', { n: 1 }));
    expect(await executor.get('waiter', 'a')).toMatchObject({ status: 'RUNNING', startedAt: START, input: { n: 1 } });
    await clock.advance(30_000);
    const half = await executor.get('waiter', 'a');
    expect(half?.status).toBe('RUNNING');
    expect(half).not.toHaveProperty('stoppedAt');
    await clock.advance(30_000);
    expect(await executor.get('waiter', 'a')).toMatchObject({
      status: 'SUCCEEDED',
      stoppedAt: '2026-05-04T03:03:01.000Z',
      output: { n: 1 },
    });
    expect(half?.history).toHaveLength(2);
  });

  it('starts one execution for one name and input, and no other by that name', async () => {
    const { executor, clock } = waiter();
    await executor.start(request('a', { n: 1, m: [2] }));
    await executor.start(request('a', { m: [2], n: 1 }));
    await expect(executor.start(request('a', { n: 2 }))).rejects.toThrow(ExecutionNameTaken);
    await clock.advance(60_000);
    await executor.start(request('a', { n: 1, m: [2] }));
    expect((await executor.get('waiter', 'a'))?.status).toBe('SUCCEEDED');
    await expect(executor.start(request('a', {}))).rejects.toThrow(ExecutionNameTaken);
    await executor.start({ ...request('a'), bytecode: sampleBytecode({ name: 'other' }) });
  });

  it('runs what was started, whatever becomes of the objects it was given', async () => {
    const { executor } = waiter();
    const input = { n: 1 };
    await executor.start(request('a', input));
    input.n = 2;
    expect((await executor.get('waiter', 'a'))?.input).toEqual({ n: 1 });
  });

  it('stops what runs, and changes nothing about what has ended', async () => {
    const { executor, clock } = waiter();
    await executor.start(request('a'));
    await executor.start(request('b'));
    expect(await executor.stop('waiter', 'a', 'by ann')).toBe(true);
    const stopped = await executor.get('waiter', 'a');
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Cancelled', cause: 'by ann', stoppedAt: START });
    expect(stopped?.history.at(-1)?.type).toBe('ExecutionAborted');
    await clock.advance(60_000);
    expect(await executor.get('waiter', 'a')).toEqual(stopped);
    expect(await executor.stop('waiter', 'b', 'too late')).toBe(true);
    expect((await executor.get('waiter', 'b'))?.status).toBe('SUCCEEDED');
  });

  it('knows nothing of what was never started', async () => {
    const { executor } = waiter();
    expect(await executor.get('waiter', 'a')).toBeUndefined();
    expect(await executor.stop('waiter', 'a', 'why')).toBe(false);
    expect(executor.consoleUrl('waiter', 'a')).toBeUndefined();
  });

  it('forgets the oldest that has ended, never one that runs', async () => {
    const { executor, clock } = waiter({ maxEnded: 1 });
    await executor.start(request('a'));
    await executor.start(request('b'));
    await executor.start(request('c'));
    expect(await executor.get('waiter', 'a')).toBeDefined();
    await clock.advance(60_000);
    await executor.start(request('d'));
    const known = await Promise.all(['a', 'b', 'c', 'd'].map((name) => executor.get('waiter', name)));
    expect(known.map((execution) => execution?.status)).toEqual([undefined, undefined, 'SUCCEEDED', 'RUNNING']);
  });

  it('starts none beyond the limit, until one has ended', async () => {
    const { executor } = waiter({ maxRunning: 2 });
    await executor.start(request('a'));
    await executor.start(request('b'));
    await expect(executor.start(request('c'))).rejects.toThrow(TooManyExecutions);
    await expect(executor.start(request('b'))).resolves.toBeUndefined();
    expect(await executor.get('waiter', 'c')).toBeUndefined();
    expect((await executor.get('waiter', 'a'))?.status).toBe('RUNNING');
    await executor.stop('waiter', 'a', 'to make room');
    await executor.start(request('c'));
    expect((await executor.get('waiter', 'c'))?.status).toBe('RUNNING');
  });

  it('refuses what StartExecution refuses', async () => {
    const { executor } = waiter();
    await expect(executor.start(request('a b'))).rejects.toThrow(RangeError);
    await expect(executor.start(request('a'.repeat(81)))).rejects.toThrow(RangeError);
    await expect(executor.start(request('a', { x: 'y'.repeat(262_144) }))).rejects.toThrow(RangeError);
    expect(await executor.get('waiter', 'a')).toBeUndefined();
  });

  it('refuses a state machine that it cannot run', async () => {
    const { executor } = waiter({
      definitionOf: () => ({ StartAt: 'A', States: { A: { Type: 'Activity', End: true } } }),
    });
    await expect(executor.start(request('a'))).rejects.toThrow(InvalidDefinition);
    expect(await executor.get('waiter', 'a')).toBeUndefined();
  });

  it('fails an execution in which something of ours breaks, and tells what', async () => {
    const { account } = local();
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:rds:describeDBInstances',
      Arguments: {},
      End: true,
    };
    const { executor, ended } = waiter({
      account: {
        ...account,
        answerTask: () => {
          throw new TypeError('broken');
        },
      },
      definitionOf: () => ({ QueryLanguage: 'JSONata', StartAt: 'T', States: { T: task } }),
    });
    await executor.start(request('a'));
    expect(await ended(bytecode, 'a')).toMatchObject({
      status: 'FAILED',
      error: 'Local.Fault',
      cause: 'TypeError: broken',
    });
  });
});
