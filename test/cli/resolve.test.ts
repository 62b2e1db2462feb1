import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/terminal.ts';

describe('workflow resolve', () => {
  it('explains what it accepts', async () => {
    const { exitCode, out } = await runCommand(
      ...['resolve', '--service', 'rds', '--intent', 'create RDS snapshot for database instance'],
      ...['-c', 'instance_id=a', '-c', 'snapshot_id=b'],
    );
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^accepted {2}rds:CreateDBSnapshot {2}score /);
    expect(out).toContain('instance_id → DBInstanceIdentifier');
    expect(out).toContain('snapshot_id → DBSnapshotIdentifier');
  });

  it('explains what it refuses', async () => {
    const { exitCode, out } = await runCommand('resolve', '--service', 's3', '--intent', 'clean up', '-c', 'bucket=a');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^refused {2}/);
    expect(out).toContain('hint: ');
  });

  it('refuses what the declared permissions do not allow', async () => {
    const { exitCode, out } = await runCommand(
      ...['resolve', '--service', 'rds', '--intent', 'create RDS snapshot for database instance'],
      ...['-c', 'instance_id=a', '-c', 'snapshot_id=b', '--permission', 'rds:DescribeDBInstances'],
    );
    expect(exitCode).toBe(1);
    expect(out).toContain('action-not-among-required-permissions');
  });

  it.each([
    [['resolve'], 2, 'give --service and --intent'],
    [['resolve', '--service', 'rdss', '--intent', 'x'], 1, 'did you mean "rds"?'],
    [['resolve', '--batch', 'no-such-file.json'], 2, 'no-such-file.json cannot be read as JSON'],
  ])('%j exits with %d', async (args, exitCode, message) => {
    const ran = await runCommand(...args);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err).toContain(message);
  });

  it('answers a batch', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cases-'));
    try {
      const file = join(directory, 'cases.json');
      const context = { instance_id: '${params.id}', snapshot_id: '${params.snapshot}' };
      const cases = [
        { id: 'a', service: 'rds', intent: 'create a snapshot of the database instance', context },
        { id: 'b', service: 'rds', intent: 'do something' },
        { id: 'c', service: 'no-such-service', intent: 'list things' },
      ];
      writeFileSync(file, JSON.stringify(cases));
      const { exitCode, out } = await runCommand('resolve', '--batch', file, '--json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(out)).toMatchObject([
        {
          id: 'a',
          status: 'accepted',
          operation: 'CreateDBSnapshot',
          bindings: { instance_id: 'DBInstanceIdentifier', snapshot_id: 'DBSnapshotIdentifier' },
          candidates: expect.arrayContaining(['CreateDBSnapshot']),
        },
        { id: 'b', status: 'refused' },
        { id: 'c', status: 'refused', reason: 'unknown-service', candidates: [] },
      ]);
      writeFileSync(file, '[{"id": 1}]');
      expect((await runCommand('resolve', '--batch', file)).err).toContain('cases/0/id must be string');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
