import type { CallerPermissions } from '../../lib/engine/caller-permissions.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';
import { heldPermissions } from '../support/held-permissions.ts';
import { memoryExecutor } from '../support/memory-executor.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const [READER, OPERATOR, STRANGER] = ['reader', 'operator', 'stranger'];
const HELD = heldPermissions({
  reader: ['rds:DescribeDBInstances'],
  operator: ['rds:DescribeDBInstances', 'rds:CreateDBSnapshot'],
});
const PARAMETERS = { instance_id: 'demo-database' };
const backup = checkedBytecode();
const verified = checkedBytecode((content) => ({
  ...content,
  workflow_id: 'rds_verified',
  metadata: { ...content.metadata, name: 'rds_verified', tier: 'verified' },
}));

function bench(permissions?: CallerPermissions) {
  const executor = memoryExecutor();
  const security = { hmacKey: new Uint8Array(32).fill(7), now: () => 0 };
  const storage = memoryStorage([backup, readOnlyBytecode(), verified]);
  return { executor, engine: new WorkflowEngine(storage, security, executor, permissions) };
}

describe('permissions of the caller', () => {
  it('let a workflow start whose permissions they are', async () => {
    const { engine } = bench(HELD);
    const options = { principal: OPERATOR, confirmation: 'given' } as const;
    expect(await engine.start('rds_backup_simple', undefined, PARAMETERS, options)).toMatchObject({
      outcome: 'started',
    });
    const reading = await engine.start('rds_inspect', undefined, PARAMETERS, { principal: READER });
    expect(reading).toMatchObject({ outcome: 'started' });
  });

  it('stop one that needs more, before anything is confirmed, and with any confirmation', async () => {
    const { engine, executor } = bench(HELD);
    const refused = {
      outcome: 'refused',
      code: 'MISSING_PERMISSIONS',
      message: 'The workflow needs permissions that you do not have: rds:CreateDBSnapshot',
      missingPermissions: ['rds:CreateDBSnapshot'],
      bytecode: { checksum: backup.checksum },
    };
    const start = (confirmation?: 'given') =>
      engine.start('rds_backup_simple', undefined, PARAMETERS, {
        principal: READER,
        ...(confirmation && { confirmation }),
      });
    expect(await start()).toMatchObject(refused);
    expect(await start('given')).toMatchObject(refused);
    expect(await engine.plan('rds_backup_simple', undefined, PARAMETERS, { principal: READER })).toMatchObject(refused);
    expect(executor.started).toEqual([]);
  });

  it('stop everything where they are not known', async () => {
    const { engine, executor } = bench(HELD);
    const unknown = { outcome: 'refused', code: 'PERMISSIONS_UNKNOWN', missingPermissions: [] };
    expect(await engine.start('rds_inspect', undefined, PARAMETERS, { principal: STRANGER })).toMatchObject(unknown);
    expect(executor.started).toEqual([]);
  });

  it('stop a start with a token that was given while they were held', async () => {
    const held: Record<string, readonly string[]> = { operator: ['rds:DescribeDBInstances', 'rds:CreateDBSnapshot'] };
    const { engine, executor } = bench(heldPermissions(held));
    const asked = await engine.start('rds_backup_simple', undefined, PARAMETERS, { principal: OPERATOR });
    if (asked.outcome !== 'confirmation-required') throw new Error(asked.outcome);
    held.operator = [];
    const options = { principal: OPERATOR, confirmation: { token: asked.token } };
    const outcome = await engine.start('rds_backup_simple', undefined, PARAMETERS, options);
    expect(outcome).toMatchObject({ code: 'MISSING_PERMISSIONS' });
    expect(executor.started).toEqual([]);
  });

  it('are not asked for where the deployment does not want it', async () => {
    const started = await bench().engine.start('rds_inspect', undefined, PARAMETERS, { principal: STRANGER });
    expect(started).toMatchObject({ outcome: 'started' });
  });

  it('fault the start where asking for them fails', async () => {
    const { engine, executor } = bench({ missingPermissions: () => Promise.reject(new Error('boom')) });
    await expect(engine.start('rds_inspect', undefined, PARAMETERS, { principal: READER })).rejects.toThrow('boom');
    expect(executor.started).toEqual([]);
  });
});

describe('tiers of the caller', () => {
  it.each([
    [undefined, 'rds_verified', 'started'],
    [['community', 'verified'], 'rds_verified', 'started'],
    [['community'], 'rds_backup_simple', 'started'],
    [['community'], 'rds_verified', 'refused'],
    [[], 'rds_backup_simple', 'refused'],
  ] as const)('%j and %s: %s', async (tiers, name, outcome) => {
    const { engine, executor } = bench();
    const options = { principal: OPERATOR, confirmation: 'given', ...(tiers && { tiers }) } as const;
    const found = await engine.start(name, undefined, PARAMETERS, options);
    expect(found.outcome).toBe(outcome);
    if (outcome === 'started') return;
    expect(found).toMatchObject({ code: 'TIER_NOT_ALLOWED', bytecode: { workflow_id: name } });
    const planned = await engine.plan(name, undefined, PARAMETERS, { principal: OPERATOR, ...(tiers && { tiers }) });
    expect(planned).toMatchObject({ code: 'TIER_NOT_ALLOWED' });
    expect(executor.started).toEqual([]);
  });

  it('are said in words, before permissions are asked for', async () => {
    const { engine } = bench({ missingPermissions: () => Promise.reject(new Error('asked')) });
    const message = async (tiers: readonly ('community' | 'enterprise')[]) =>
      (await engine.barrier(verified.metadata, { principal: READER, tiers }))?.message;
    expect(await message(['community', 'enterprise'])).toBe(
      'You may run workflows of the tier community or enterprise; this one is of the tier verified',
    );
    expect(await message([])).toBe('You may run no workflows; this one is of the tier verified');
  });
});

it('tells what a start would say, without one', async () => {
  const { engine } = bench(HELD);
  expect(await engine.barrier(backup.metadata, { principal: OPERATOR })).toBeUndefined();
  expect(await engine.barrier(backup.metadata, { principal: READER })).toMatchObject({ code: 'MISSING_PERMISSIONS' });
  expect(await engine.barrier(backup.metadata, { principal: STRANGER })).toMatchObject({ code: 'PERMISSIONS_UNKNOWN' });
  await expect(engine.barrier(backup.metadata, { principal: '' })).rejects.toThrow(TypeError);
});
