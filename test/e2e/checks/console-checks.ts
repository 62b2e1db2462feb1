import assert from 'node:assert/strict';
import { DATABASE, snapshotIds, untilNameIsFree } from './database.ts';
import type { Deployment } from './deployment.ts';
import type { Report } from './report.ts';
import { runExecution } from './run-execution.ts';

/** Starts the state machine as the Step Functions console does: past the MCP endpoint, with any input. */
export async function consoleChecks(report: Report, { stateMachineArn }: Deployment): Promise<void> {
  report.section('State machine, started as the console does', { requirement: 'deployed:refuse' });

  await report.check('good input: SUCCEEDED, through both steps, and a snapshot more', async () => {
    const before = await snapshotIds();
    await untilNameIsFree();
    const run = await runExecution(stateMachineArn, { instance_id: DATABASE });
    assert.equal(run.status, 'SUCCEEDED', `${run.error}: ${run.cause}`);
    assert.deepEqual(run.states.slice(-2), ['validate_instance', 'create_snapshot']);
    const made = (await snapshotIds()).filter((id) => !before.includes(id));
    assert.equal(made.length, 1);
    assert.match(made[0] ?? '', new RegExp(`^${DATABASE}-poc-\\d{8}-\\d{6}$`));
  });

  const refused: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['../../etc/passwd as instance_id', { instance_id: '../../etc/passwd' }, 'instance_id'],
    ['no instance_id', {}, 'instance_id'],
    ['a number as instance_id', { instance_id: 7 }, 'instance_id'],
    ['an unknown parameter', { instance_id: DATABASE, instance: 'x' }, '"instance"'],
  ];
  for (const [what, input, named] of refused) {
    await report.check(`${what}: FAILED before the first step, naming ${named}`, async () => {
      const before = await snapshotIds();
      const run = await runExecution(stateMachineArn, input);
      assert.equal(run.status, 'FAILED');
      assert.ok(run.cause?.includes(named), `cause: ${run.cause}`);
      assert.ok(!run.states.includes('validate_instance'), `states: ${run.states.join(', ')}`);
      assert.deepEqual(await snapshotIds(), before);
    });
  }

  // AWS: Rds.DbInstanceNotFoundException. The emulator leaves out what the SDK for Java appends, so the state is asserted.
  await report.check('unknown instance: FAILED at validate_instance, and no snapshot is made', async () => {
    const before = await snapshotIds();
    const run = await runExecution(stateMachineArn, { instance_id: 'no-such-database' });
    assert.equal(run.status, 'FAILED');
    assert.equal(run.states.at(-1), 'validate_instance');
    assert.deepEqual(await snapshotIds(), before);
    console.log(`    (the emulator calls it ${run.error}; AWS: Rds.DbInstanceNotFoundException)`);
  });
}
