import type { ApprovalAnswer } from '../../lib/local/run-case.ts';
import { createCaseRunner } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { APPROVED, LISTED, SNAPSHOT } from '../support/tested-workflows.ts';

const HAPPY = { parameters: { instance_id: 'demo-database' } };

describe('createCaseRunner', () => {
  it('gives each case an account of its own, and says what it holds otherwise than before', async () => {
    const run = createCaseRunner(bytecodeOf(SNAPSHOT, 'enterprise'), catalog());
    const first = await run(HAPPY);
    const second = await run(HAPPY);
    expect(first).toMatchObject({
      execution: { status: 'SUCCEEDED' },
      unchanged: false,
      changed: ['rds snapshot demo-database-20260101-000000'],
    });
    expect(second).toEqual(first);
  });

  it('keeps worlds apart', async () => {
    const run = createCaseRunner(bytecodeOf(SNAPSHOT, 'enterprise'), catalog());
    const world = { rds: { instance: [{ DBInstanceIdentifier: 'only-one' }] } };
    const own = await run({ parameters: { instance_id: 'only-one' }, world });
    const seed = await run({ parameters: { instance_id: 'only-one' } });
    expect([own.execution.status, seed.execution.status]).toEqual(['SUCCEEDED', 'FAILED']);
  });

  it('knows what a call did whose answer was lost', async () => {
    const run = createCaseRunner(bytecodeOf(SNAPSHOT, 'enterprise'), catalog());
    const fault = { step: 'snapshot', fault: 'timeout', times: 10, done: true } as const;
    expect(await run({ ...HAPPY, faults: [fault] })).toMatchObject({
      execution: { status: 'FAILED' },
      changed: ['rds snapshot demo-database-20260101-000000'],
      changedBy: { snapshot: ['rds snapshot demo-database-20260101-000000'] },
    });
  });

  it('answers a stale look as if nothing had changed, and what is new were not ready', async () => {
    const run = createCaseRunner(bytecodeOf(SNAPSHOT, 'enterprise'), catalog());
    const late = (times: number) => run({ ...HAPPY, faults: [{ step: 'available', fault: 'stale', times }] });
    const looks = async (times: number): Promise<readonly unknown[]> => {
      const { execution, unchanged } = await late(times);
      const asked = execution.history.filter(
        ({ taskScheduledEventDetails: details }) =>
          (details as { resource?: string } | undefined)?.resource === 'describeDBSnapshots',
      );
      return [execution.status, execution.error, asked.length, unchanged];
    };
    expect(await looks(3)).toEqual(['SUCCEEDED', undefined, 4, false]);
    expect(await looks(100)).toEqual(['FAILED', 'Workflow.WaitFailed', 5, true]);
  });

  it('shows a list that failed as failed, even where the run goes on', async () => {
    const list = {
      ...JSON.parse(LISTED),
      steps: JSON.parse(LISTED).steps.map((step: object) => ({ ...step, on_error: 'continue' })),
    };
    const run = createCaseRunner(bytecodeOf(JSON.stringify(list), 'enterprise'), catalog());
    const { execution, steps } = await run({ parameters: { instance_ids: ['demo-database', 'no-such'] } });
    expect(execution.status).toBe('SUCCEEDED');
    expect(steps).toMatchObject([{ id: 'find', status: 'FAILED', error: 'Rds.DbInstanceNotFoundException' }]);
  });

  it.each<[ApprovalAnswer | undefined, string, string | undefined]>([
    [undefined, 'SUCCEEDED', undefined],
    ['approve', 'SUCCEEDED', undefined],
    ['refuse', 'FAILED', 'Workflow.ApprovalRefused'],
    ['none', 'FAILED', 'Workflow.ApprovalRefused'],
  ])('answers an approval: %s', async (answer, status, error) => {
    const run = createCaseRunner(bytecodeOf(APPROVED, 'enterprise'), catalog());
    const { execution, changed } = await run({
      ...HAPPY,
      ...(answer === undefined ? {} : { approvals: { ask: answer } }),
    });
    expect([execution.status, execution.error, changed.length]).toEqual([status, error, status === 'FAILED' ? 0 : 1]);
  });
});
