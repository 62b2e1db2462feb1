import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCase } from '../../lib/local/run-case.ts';
import { catalog, compileText } from '../support/compile.ts';

const FOLDER = join(__dirname, '../golden/workflows/other-workflows');

/** The golden workflow that draws another one in twice, told to snapshot the one database that the account holds. */
const { bytecode } = compileText(
  readFileSync(join(FOLDER, 'workflow.yaml'), 'utf8').replace(
    'DBInstances[0].ReadReplicaDBInstanceIdentifiers[0]',
    'DBInstances[0].DBInstanceIdentifier',
  ),
  'enterprise',
  'workflow.yaml',
  [{ text: readFileSync(join(FOLDER, 'others/snapshot.yaml'), 'utf8'), tier: 'enterprise' }],
);
if (bytecode === undefined) throw new Error('It does not compile');

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:operations';
const run = (parameters: object, faults: Parameters<typeof runCase>[1]['faults'] = []) =>
  runCase(
    bytecode,
    { parameters: { instance_id: 'demo-database', topic_arn: TOPIC, replica: false, ...parameters }, faults },
    catalog(),
  );
describe('a workflow with the steps of another', () => {
  it('runs them under their own names, and returns what the other returns', async () => {
    const done = await run({ replica: true });
    expect([done.execution.status, done.execution.error]).toEqual(['SUCCEEDED', undefined]);
    expect(done.execution.output).toEqual({ snapshot: expect.stringMatching(/^demo-database-nightly-\d{8}-\d{6}$/) });
    expect([...done.states]).toEqual(
      expect.arrayContaining(['backup_create', 'second_instance_id_fits', 'second_create', 'second_settle', 'tell']),
    );
  });

  it('undoes across the boundary, the last step first', async () => {
    const failed = await run({ replica: true }, [{ step: 'tell', fault: 'access-denied', times: 20 }]);
    expect(failed.execution.status).toBe('FAILED');
    expect(failed.execution.cause).toMatch(/Undone: second_create, backup_create\./);
    expect(failed.unchanged).toBe(true);
  });

  it('undoes what stands before a step of the other workflow that fails', async () => {
    const failed = await run({}, [{ step: 'backup_available', fault: 'access-denied', times: 20 }]);
    expect(failed.execution.status).toBe('FAILED');
    expect([...failed.states]).toContain('Undo backup_create');
    expect(failed.unchanged).toBe(true);
  });

  it('skips all of them where the condition does not hold', async () => {
    const done = await run({ replica: false });
    expect(done.execution.status).toBe('SUCCEEDED');
    expect([...done.states].filter((name) => name.startsWith('second_') && !name.endsWith('?'))).toEqual([]);
  });

  it('checks what it is given by the rules of the other workflow', async () => {
    const refused = await run({ instance_id: 'Demo' });
    expect(refused.execution.status).toBe('FAILED');
    expect([...refused.states]).toEqual(['Validate input', 'Invalid input']);
  });
});
