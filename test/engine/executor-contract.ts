import type { Execution, HistoryEvent, WorkflowExecutor } from '../../lib/engine/execution.ts';
import { ExecutionNameTaken, TooManyExecutions } from '../../lib/engine/execution.ts';
import type { StartOptions } from '../../lib/engine/start-outcome.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { DEFAULT_PLACE } from '../../lib/local/account/seed-world.ts';
import { sampleBytecode } from '../support/bytecode.ts';
import { memoryStorage } from '../support/memory-storage.ts';

export const START = '2026-05-04T03:02:01.000Z';
export const MAX_RUNNING = 3;

const machine = (states: object, more: object = {}): object => ({
  QueryLanguage: 'JSONata',
  StartAt: 'first',
  States: states,
  ...more,
});

const { region, account } = DEFAULT_PLACE;
const LONG = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => {
    const last = index === 19;
    return [
      index === 0 ? 'first' : `p${index}`,
      { Type: 'Pass', ...(last ? { End: true } : { Next: `p${index + 1}` }) },
    ];
  }),
);

/** The state machines that the executor under test runs, by workflow. */
export const DEFINITIONS: Readonly<Record<string, object>> = {
  waiter: machine({ first: { Type: 'Wait', Seconds: 60, End: true } }),
  slow: machine({ first: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 30 }),
  failing: machine({ first: { Type: 'Fail', Error: 'Own.Error', Cause: 'as it should' } }),
  long: machine(LONG),
  asking: machine({
    first: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Arguments: {
        TopicArn: `arn:aws:sns:${region}:${account}:wf-approvals`,
        Message: "{% $string({'token': $states.context.Task.Token}) %}",
      },
      End: true,
    },
  }),
};

/** What the roles of those state machines may do. */
export const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: `arn:aws:sns:${region}:${account}:wf-approvals` }],
} as const;

/** An executor that runs {@link DEFINITIONS}, at most {@link MAX_RUNNING} at once, from {@link START} on. */
export interface OpenExecutor {
  readonly executor: WorkflowExecutor;
  /** Lets so many milliseconds of the executions' time pass. */
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** What holds for every executor, wherever it runs workflows. */
export function executorContract(name: string, open: () => Promise<OpenExecutor>): void {
  describe(`${name}, as every executor`, () => {
    let opened: OpenExecutor;
    let executor: WorkflowExecutor;
    beforeEach(async () => {
      opened = await open();
      executor = opened.executor;
    });
    afterEach(() => opened.close());

    const start = (workflow: string, executionName = 'run-1', input: Readonly<Record<string, unknown>> = {}) =>
      executor.start({ bytecode: sampleBytecode({ name: workflow }), executionName, input });
    const get = async (workflow: string, executionName = 'run-1'): Promise<Execution> => {
      const execution = await executor.get(workflow, executionName);
      if (execution === undefined) throw new Error(`There is no ${executionName}`);
      return execution;
    };
    const ended = async (workflow: string): Promise<Execution> => {
      await opened.advance(60_000);
      return get(workflow);
    };

    it('starts at once, tells how it goes, and how it went', async () => {
      await start('waiter', 'run-1', { n: 1, text: 'ä' });
      const running = await get('waiter');
      expect(running).toMatchObject({ status: 'RUNNING', startedAt: START, input: { n: 1, text: 'ä' } });
      for (const absent of ['stoppedAt', 'output', 'error', 'cause']) expect(running).not.toHaveProperty(absent);
      const { history, ...done } = await ended('waiter');
      expect(done).toEqual({
        status: 'SUCCEEDED',
        startedAt: START,
        stoppedAt: '2026-05-04T03:03:01.000Z',
        input: { n: 1, text: 'ä' },
        output: { n: 1, text: 'ä' },
      });
      expect(history.map(({ id, previousEventId, type, timestamp }) => [id, previousEventId, type, timestamp])).toEqual(
        [
          [1, 0, 'ExecutionStarted', START],
          [2, 0, 'WaitStateEntered', START],
          [3, 2, 'WaitStateExited', '2026-05-04T03:03:01.000Z'],
          [4, 3, 'ExecutionSucceeded', '2026-05-04T03:03:01.000Z'],
        ],
      );
    });

    it('starts one execution for one name and input, also once it has ended', async () => {
      await start('waiter', 'run-1', { n: 1, m: [2] });
      await start('waiter', 'run-1', { m: [2], n: 1 });
      await ended('waiter');
      await start('waiter', 'run-1', { m: [2], n: 1 });
      expect((await get('waiter')).status).toBe('SUCCEEDED');
    });

    it('refuses a name that was used with another input, running or ended', async () => {
      await start('waiter', 'run-1', { n: 1 });
      await expect(start('waiter', 'run-1', { n: 2 })).rejects.toThrow(ExecutionNameTaken);
      await ended('waiter');
      await expect(start('waiter', 'run-1', { n: 2 })).rejects.toThrow(ExecutionNameTaken);
      expect((await get('waiter')).input).toEqual({ n: 1 });
    });

    it('takes the same name in another workflow for another execution', async () => {
      await start('waiter', 'run-1', { n: 1 });
      await start('failing', 'run-1', { n: 2 });
      expect((await get('waiter')).input).toEqual({ n: 1 });
      expect((await get('failing')).input).toEqual({ n: 2 });
      expect((await ended('waiter')).status).toBe('SUCCEEDED');
      expect((await get('failing')).status).toBe('FAILED');
    });

    it('starts no more than may run at once, until one has ended', async () => {
      for (const executionName of ['a', 'b', 'c']) await start('waiter', executionName);
      await expect(start('waiter', 'd')).rejects.toThrow(TooManyExecutions);
      expect(await executor.get('waiter', 'd')).toBeUndefined();
      await executor.stop('waiter', 'a', 'to make room');
      await start('waiter', 'd');
      expect((await get('waiter', 'd')).status).toBe('RUNNING');
    });

    it('counts the running executions of one owner and workflow, and no others', async () => {
      const limited = (executionName: string, namePrefix: string, workflow = 'waiter') =>
        executor.start({
          bytecode: sampleBytecode({ name: workflow }),
          executionName,
          input: {},
          limit: { namePrefix, maxRunning: 1 },
        });
      await limited('ann-1', 'ann-');
      await expect(limited('ann-2', 'ann-')).rejects.toThrow(TooManyExecutions);
      expect(await executor.get('waiter', 'ann-2')).toBeUndefined();
      await limited('ann-1', 'ann-');
      await limited('bob-1', 'bob-');
      await limited('ann-3', 'ann-', 'slow');
      await executor.stop('waiter', 'ann-1', 'to make room');
      await limited('ann-2', 'ann-');
      // What is over is found again, however many run.
      await limited('ann-1', 'ann-');
      expect((await get('waiter', 'ann-1')).status).toBe('ABORTED');
      expect((await get('waiter', 'ann-2')).status).toBe('RUNNING');
    });

    it('starts one execution, however many ask at once', async () => {
      const limit = { namePrefix: 'ann-', maxRunning: 1 };
      const bytecode = sampleBytecode({ name: 'waiter' });
      await Promise.all(
        Array.from({ length: 50 }, () => executor.start({ bytecode, executionName: 'ann-1', input: { n: 1 }, limit })),
      );
      expect((await get('waiter', 'ann-1')).history.filter(({ type }) => type === 'ExecutionStarted')).toHaveLength(1);
      expect((await get('waiter', 'ann-1')).status).toBe('RUNNING');
    });

    it('starts one execution for one confirmation, or one idempotency key, however many calls come at once', async () => {
      const security = { hmacKey: new Uint8Array(32).fill(7), now: () => 0, runningPerCaller: 2 };
      const engine = new WorkflowEngine(memoryStorage([sampleBytecode({ name: 'waiter' })]), security, executor);
      const startWith = (options: Omit<StartOptions, 'principal'>) =>
        engine.start('waiter', undefined, {}, { principal: 'ann', ...options });
      const asked = await startWith({});
      if (asked.outcome !== 'confirmation-required') throw new Error(asked.outcome);
      const idsOf = async (options: Omit<StartOptions, 'principal'>) => {
        const outcomes = await Promise.all(Array.from({ length: 50 }, () => startWith(options)));
        return new Set(outcomes.map((outcome) => (outcome.outcome === 'started' ? outcome.executionId : outcome)));
      };
      const withToken = await idsOf({ confirmation: { token: asked.token } });
      const withKey = await idsOf({ confirmation: 'given', idempotencyKey: 'nightly-2026-01-01' });
      expect([withToken.size, withKey.size]).toEqual([1, 1]);
      // Two run now, one of each: a third is one too many, and the first two are found again.
      expect(await startWith({ confirmation: 'given' })).toMatchObject({
        code: 'TOO_MANY_EXECUTIONS',
        retryAfterSeconds: 30,
      });
      expect(await idsOf({ confirmation: { token: asked.token } })).toEqual(withToken);
    });

    it('tells a failure with its error and its cause', async () => {
      await start('failing');
      expect(await ended('failing')).toMatchObject({ status: 'FAILED', error: 'Own.Error', cause: 'as it should' });
    });

    it('tells that an execution took too long', async () => {
      await start('slow');
      const { status, stoppedAt, history } = await ended('slow');
      expect([status, stoppedAt]).toEqual(['TIMED_OUT', '2026-05-04T03:02:31.000Z']);
      expect(history.at(-1)?.type).toBe('ExecutionTimedOut');
    });

    it('gives the whole history in its order, however long it is', async () => {
      await start('long');
      const { history } = await ended('long');
      expect(history.map(({ id }) => id)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
      expect(history.filter(({ type }) => type === 'PassStateEntered').map(stateOf)).toEqual(Object.keys(LONG));
    });

    it('stops what runs, with the reason, and leaves what has ended as it is', async () => {
      await start('waiter');
      expect(await executor.stop('waiter', 'run-1', 'by ann')).toBe(true);
      const stopped = await get('waiter');
      expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Cancelled', cause: 'by ann', stoppedAt: START });
      expect(stopped.history.at(-1)?.type).toBe('ExecutionAborted');
      await opened.advance(60_000);
      expect(await executor.stop('waiter', 'run-1', 'once more')).toBe(true);
      expect(await get('waiter')).toEqual(stopped);
    });

    it('knows nothing of what was never started', async () => {
      await start('waiter');
      expect(await executor.get('waiter', 'other')).toBeUndefined();
      expect(await executor.get('never_deployed', 'run-1')).toBeUndefined();
      expect(await executor.stop('waiter', 'other', 'why')).toBe(false);
    });

    describe('with a task that waits for an answer', () => {
      const tokenOf = async (): Promise<string> => {
        await start('asking');
        await opened.advance(0);
        const { history } = await get('asking');
        expect(history.map(({ type }) => type)).toContain('TaskSubmitted');
        const [parameters = ''] = history.flatMap(({ taskScheduledEventDetails: details }) =>
          details === undefined ? [] : [(details as { readonly parameters: string }).parameters],
        );
        const { Message } = JSON.parse(parameters) as { readonly Message: string };
        return (JSON.parse(Message) as { readonly token: string }).token;
      };

      it('goes on where it is approved, with who approved it', async () => {
        const token = await tokenOf();
        expect(await executor.answerTask(token, { approved: true, by: 'ann' })).toBe(true);
        expect(await ended('asking')).toMatchObject({ status: 'SUCCEEDED', output: { answered_by: 'ann' } });
      });

      it('fails where it is refused, with who refused it', async () => {
        const token = await tokenOf();
        expect(await executor.answerTask(token, { approved: false, by: 'bob' })).toBe(true);
        expect(await ended('asking')).toMatchObject({
          status: 'FAILED',
          error: 'Workflow.ApprovalRefused',
          cause: 'refused by bob',
        });
      });

      it('takes one answer', async () => {
        const token = await tokenOf();
        expect(await executor.answerTask(token, { approved: true, by: 'ann' })).toBe(true);
        expect(await executor.answerTask(token, { approved: false, by: 'bob' })).toBe(false);
        expect((await ended('asking')).status).toBe('SUCCEEDED');
      });

      it('takes no answer once the execution has been stopped', async () => {
        const token = await tokenOf();
        await executor.stop('asking', 'run-1', 'not needed');
        expect(await executor.answerTask(token, { approved: true, by: 'ann' })).toBe(false);
        expect((await get('asking')).status).toBe('ABORTED');
      });

      it('takes no answer to a token that nobody gave', async () => {
        await tokenOf();
        expect(await executor.answerTask('no-token', { approved: true, by: 'ann' })).toBe(false);
        expect((await get('asking')).status).toBe('RUNNING');
      });
    });
  });
}

function stateOf({ stateEnteredEventDetails: details }: HistoryEvent): string | undefined {
  return (details as { readonly name?: string } | undefined)?.name;
}
