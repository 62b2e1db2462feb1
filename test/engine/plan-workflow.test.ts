import { join } from 'node:path';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { planWorkflow } from '../../lib/engine/plan-workflow.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { planBench } from '../support/plan-case.ts';

const CALLER = { principal: 'arn:aws:iam::123456789012:user/alice' };
const GIVEN = { ...CALLER, confirmation: 'given' } as const;

/** Makes a snapshot of every volume that is not attached. */
const KEEP_VOLUMES = bytecodeOf(
  JSON.stringify({
    name: 'keep_volumes',
    version: '1.0',
    description: 'Snapshots of volumes',
    author: 'test',
    steps: [
      {
        id: 'find',
        type: 'command',
        action: 'ec2:DescribeVolumes',
        parameters: { Filters: [{ Name: 'status', Values: ['available'] }] },
      },
      {
        id: 'keep',
        type: 'command',
        for_each: '${steps.find.Volumes.VolumeId}',
        action: 'ec2:CreateSnapshot',
        parameters: { VolumeId: '${item}' },
      },
    ],
    security: { required_permissions: ['ec2:DescribeVolumes', 'ec2:CreateSnapshot'], max_duration: 600 },
  }),
  'enterprise',
);

const ADMIN = {
  arn: 'arn:aws:sts::123456789012:assumed-role/admin/someone',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
} as const;

function bench(bytecode: Bytecode = KEEP_VOLUMES) {
  const { account, clock, executor } = planBench();
  const security = { hmacKey: new Uint8Array(32).fill(7), now: () => 0 };
  const engine = new WorkflowEngine(memoryStorage([bytecode]), security, executor);
  const plan = async () => {
    const outcome = await engine.plan(bytecode.workflow_id, undefined, {}, CALLER);
    if (outcome.outcome !== 'planned') throw new Error(outcome.message);
    return outcome.plan;
  };
  const appear = async () => {
    const volume = { AvailabilityZone: 'us-east-1a', Size: 10, VolumeType: 'gp3' };
    const created = account.callTask('arn:aws:states:::aws-sdk:ec2:createVolume', volume, ADMIN);
    expect(created.kind).toBe('succeeded');
    await clock.advance(60_000);
  };
  return { account, executor, engine, plan, appear };
}

describe('a plan', () => {
  it('has an id that stays while the world does, and changes with what would be done', async () => {
    const { plan, appear } = bench();
    const first = await plan();
    expect(first.steps[1]?.entries).toMatchObject({ count: 1 });
    expect((await plan()).planId).toBe(first.planId);
    await appear();
    const second = await plan();
    expect(second.steps[1]?.entries).toMatchObject({ count: 2 });
    expect(second.planId).not.toBe(first.planId);
  });

  it('counts what the entries of its lists cost', async () => {
    const { plan, appear } = bench();
    const first = await plan();
    await appear();
    const second = await plan();
    expect(second.worstCase.transitions).toBe(first.worstCase.transitions + 2);
    expect(second.worstCase.per_entry).toEqual([]);
  });

  it('is worth nothing for other parameters or another workflow', async () => {
    const { bytecodes } = compileRegistry(join(__dirname, '../../registry'), catalog());
    const backup = bytecodes.find(({ workflow_id: id }) => id === 'rds_backup_simple') as Bytecode;
    const { executor } = planBench();
    const idOf = async (bytecode: Bytecode, name: string) => {
      const planning = await planWorkflow(bytecode, { instance_id: name }, executor);
      return planning.outcome === 'planned' ? planning.plan.planId : planning;
    };
    const id = await idOf(backup, 'demo-database');
    expect(id).toMatch(/^p1\.[A-Za-z0-9_-]{43}$/);
    expect(await idOf(backup, 'orders-prod')).not.toBe(id);
    await expect(executor.plan({ ...backup, checksum: 'sha256:0' }, { instance_id: 'x' })).resolves.toMatchObject({
      output: { checksum: 'sha256:0' },
    });
  });

  it('of another bytecode than the one at hand is refused', async () => {
    const { executor } = planBench();
    const other = { plan: () => executor.plan({ ...KEEP_VOLUMES, checksum: 'sha256:0' }, {}) };
    await expect(planWorkflow(KEEP_VOLUMES, {}, other)).rejects.toThrow('sha256:0');
  });

  it('that cannot be made says why', async () => {
    const failed = { outcome: 'failed', error: 'States.Timeout', cause: '' } as const;
    const executor = { ...planBench().executor, plan: async () => failed };
    const security = { hmacKey: new Uint8Array(32).fill(7), now: () => 0 };
    const engine = new WorkflowEngine(memoryStorage([KEEP_VOLUMES]), security, executor);
    const refused = { outcome: 'refused', code: 'PLAN_FAILED', message: expect.stringContaining('States.Timeout') };
    expect(await engine.plan('keep_volumes', undefined, {}, CALLER)).toMatchObject(refused);
    expect(await engine.start('keep_volumes', undefined, {}, { ...GIVEN, planId: 'p1.x' })).toMatchObject(refused);
  });

  it('of a workflow that only reads needs no state machine of its own', async () => {
    const bytecode = bytecodeOf(
      JSON.stringify({
        name: 'look',
        version: '1.0',
        description: 'Looks',
        author: 'test',
        steps: [{ id: 'find', type: 'command', action: 'rds:DescribeDBInstances', parameters: {} }],
        security: { required_permissions: ['rds:DescribeDBInstances'], max_duration: 600 },
      }),
    );
    const executor = { plan: () => Promise.reject(new Error('There is none')) };
    const planning = await planWorkflow(bytecode, {}, executor);
    expect(planning).toMatchObject({ outcome: 'planned', plan: { stopped: null, steps: [{ kind: 'read' }] } });
  });
});

describe('a start under a plan', () => {
  it('is refused once the world has changed, with the plan as it is then', async () => {
    const { engine, plan, appear, account } = bench();
    const { planId } = await plan();
    await appear();
    const before = account.snapshot();
    const now = await plan();
    const outcome = await engine.start('keep_volumes', undefined, {}, { ...GIVEN, planId });
    expect(outcome).toMatchObject({
      outcome: 'refused',
      code: 'PLAN_CHANGED',
      message: expect.stringContaining(now.planId),
      plan: { planId: now.planId },
    });
    expect(account.snapshot()).toEqual(before);
    expect(await engine.start('keep_volumes', undefined, {}, { ...GIVEN, planId: now.planId })).toMatchObject({
      outcome: 'started',
    });
  });

  it('still needs a confirmation, which is bound to the plan', async () => {
    const { engine, plan } = bench();
    const { planId } = await plan();
    const asked = await engine.start('keep_volumes', undefined, {}, { ...CALLER, planId });
    if (asked.outcome !== 'confirmation-required') throw new Error(asked.outcome);
    expect(asked.plan?.planId).toBe(planId);
    const confirmation = { token: asked.token };
    const unplanned = await engine.start('keep_volumes', undefined, {}, { ...CALLER, confirmation });
    expect(unplanned).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_INVALID' });
    const started = await engine.start('keep_volumes', undefined, {}, { ...CALLER, planId, confirmation });
    expect(started).toMatchObject({ outcome: 'started' });
  });

  it('that is repeated finds the run it began, whatever that has changed', async () => {
    const { engine, plan, appear } = bench();
    const { planId } = await plan();
    const options = { ...GIVEN, planId, idempotencyKey: 'nightly-2026-01-01' };
    const first = await engine.start('keep_volumes', undefined, {}, options);
    await appear();
    expect(await engine.start('keep_volumes', undefined, {}, options)).toEqual(first);
    const other = { ...options, idempotencyKey: 'nightly-2026-01-02' };
    expect(await engine.start('keep_volumes', undefined, {}, other)).toMatchObject({ code: 'PLAN_CHANGED' });
  });
});
