import { readCallerTiers } from '../../lib/registry/caller-tiers.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';
import { heldPermissions } from '../support/held-permissions.ts';
import { ALICE, call, connect, type Era, MALLORY, mcpBench, type Structured } from '../support/mcp-bench.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const BACKUP = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
const INSPECT = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };
const [READ, EXECUTE] = ['workflows:read', 'workflows:execute'];
const permissions = heldPermissions({ [ALICE]: ['rds:DescribeDBInstances'] });
const verified = checkedBytecode((content) => ({
  ...content,
  workflow_id: 'rds_verified',
  metadata: { ...content.metadata, name: 'rds_verified', tier: 'verified' },
}));
const storage = memoryStorage([checkedBytecode(), readOnlyBytecode(), verified]);

const rightsIn = ({ matches }: Structured) =>
  (matches as readonly Structured[]).map(({ name, runnable, missing_permissions, why_not }) => ({
    name,
    runnable,
    missing_permissions,
    ...(why_not !== undefined && { why_not }),
  }));

describe.each<Era>(['modern', 'legacy'])('permissions of the caller in the %s era', (era) => {
  it('are told with what is found: what lacks some comes after what fits as well', async () => {
    const scores = { rds_backup_simple: 0.91, rds_inspect: 0.9 };
    const client = await connect(mcpBench({ permissions, scores }), era);
    expect(rightsIn(await call(client, 'suggest_workflows', { query: 'rds' }))).toEqual([
      { name: 'rds_inspect', runnable: true, missing_permissions: [] },
      {
        name: 'rds_backup_simple',
        runnable: false,
        missing_permissions: ['rds:CreateDBSnapshot'],
        why_not: 'MISSING_PERMISSIONS: The workflow needs permissions that you do not have: rds:CreateDBSnapshot',
      },
    ]);
  });

  it('do not hide what fits clearly better, and let in what the limit would have cut', async () => {
    const found = async (scores: Readonly<Record<string, number>>) => {
      const client = await connect(mcpBench({ permissions, scores }), era);
      return rightsIn(await call(client, 'suggest_workflows', { query: 'rds', limit: 1 })).map(({ name }) => name);
    };
    expect(await found({ rds_backup_simple: 0.95, rds_inspect: 0.9 })).toEqual(['rds_backup_simple']);
    expect(await found({ rds_backup_simple: 0.91, rds_inspect: 0.9 })).toEqual(['rds_inspect']);
  });

  it('are told with a description, which everyone may read', async () => {
    const bench = mcpBench({ permissions });
    const client = await connect(bench, era);
    expect(await call(client, 'describe_workflow', { name: 'rds_backup_simple' })).toMatchObject({
      isError: false,
      runnable: false,
      missing_permissions: ['rds:CreateDBSnapshot'],
      why_not: expect.stringMatching(/^MISSING_PERMISSIONS/),
    });
    expect(await call(client, 'describe_workflow', { name: 'rds_inspect' })).toMatchObject({ runnable: true });
    const other = await connect(bench, era, { principal: MALLORY });
    expect(await call(other, 'describe_workflow', { name: 'rds_inspect' })).toMatchObject({
      runnable: false,
      missing_permissions: [],
      why_not: expect.stringMatching(/^PERMISSIONS_UNKNOWN/),
    });
  });

  it('are needed for a start and for a plan', async () => {
    const bench = mcpBench({ permissions });
    const client = await connect(bench, era);
    const refused = {
      isError: true,
      error: {
        code: 'MISSING_PERMISSIONS',
        message: expect.stringContaining('rds:CreateDBSnapshot'),
        missing_permissions: ['rds:CreateDBSnapshot'],
      },
    };
    expect(await call(client, 'execute_workflow', BACKUP)).toMatchObject(refused);
    expect(await call(client, 'execute_workflow', { ...BACKUP, dry_run: true })).toMatchObject(refused);
    expect(bench.executor.started).toEqual([]);
    expect(bench.audit.at(-1)).toMatchObject({ who: ALICE, decision: 'refused:MISSING_PERMISSIONS' });
    expect(await call(client, 'execute_workflow', INSPECT)).toMatchObject({ status: 'RUNNING' });
    const other = await connect(bench, era, { principal: MALLORY });
    expect(await call(other, 'execute_workflow', INSPECT)).toMatchObject({
      isError: true,
      error: { code: 'PERMISSIONS_UNKNOWN' },
    });
    expect(bench.executor.started).toHaveLength(1);
  });
});

describe('tiers of the caller', () => {
  const callerTiers = readCallerTiers({ [ALICE]: ['community'], [MALLORY]: ['community', 'verified'] });
  const VERIFIED = { ...BACKUP, name: 'rds_verified' };

  it('are told with what is found, and hold at the start', async () => {
    const bench = mcpBench({ storage, callerTiers });
    const client = await connect(bench, 'modern');
    const found = rightsIn(await call(client, 'suggest_workflows', { query: 'rds' }));
    const why_not = 'TIER_NOT_ALLOWED: You may run workflows of the tier community; this one is of the tier verified';
    expect(found.map(({ name, runnable }) => [name, runnable])).toEqual([
      ['rds_backup_simple', true],
      ['rds_inspect', true],
      ['rds_verified', false],
    ]);
    expect(found.at(-1)).toMatchObject({ why_not, missing_permissions: [] });
    const refused = { isError: true, error: { code: 'TIER_NOT_ALLOWED' } };
    expect(await call(client, 'execute_workflow', VERIFIED)).toMatchObject(refused);
    expect(await call(client, 'execute_workflow', { ...VERIFIED, dry_run: true })).toMatchObject(refused);
    expect(bench.executor.started).toEqual([]);
    const other = await connect(bench, 'modern', { principal: MALLORY });
    expect(await call(other, 'execute_workflow', VERIFIED)).toMatchObject({ status: 'CONFIRMATION_REQUIRED' });
  });

  it.each([
    [[READ, EXECUTE], true, true],
    [[READ, `${EXECUTE}:community`], true, false],
    [[READ, `${EXECUTE}:verified`], false, true],
    [[READ, `${EXECUTE}:community`, `${EXECUTE}:verified`], true, true],
    [[READ], false, false],
    [[READ, `${EXECUTE}:all`], false, false],
  ])('of a token with %j: community %j, verified %j', async (scopes, community, higher) => {
    const bench = mcpBench({ storage });
    const client = await connect(bench, 'modern', { scopes: scopes as readonly string[] });
    const runnable = async (name: string) => (await call(client, 'describe_workflow', { name })).runnable;
    expect([await runnable('rds_backup_simple'), await runnable('rds_verified')]).toEqual([community, higher]);
    const starts = async (given: Structured) => !(await call(client, 'execute_workflow', given)).isError;
    expect([await starts(INSPECT), await starts(VERIFIED)]).toEqual([community, higher]);
  });

  it('of a token cannot give what the deployment does not', async () => {
    const bench = mcpBench({ storage, callerTiers });
    const client = await connect(bench, 'modern', { scopes: [READ, `${EXECUTE}:verified`] as readonly string[] });
    expect(await call(client, 'execute_workflow', VERIFIED)).toMatchObject({
      error: { code: 'TIER_NOT_ALLOWED', message: expect.stringMatching(/^You may run no workflows/) },
    });
  });
});
