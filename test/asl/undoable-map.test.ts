import { type CaseRun, type RunCase, runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';

interface Parts {
  /** What the step that makes snapshots says besides. */
  readonly step?: object;
  readonly undo?: object;
  /** Steps behind it. */
  readonly after?: readonly object[];
  readonly outputs?: object;
}

const FAILS = { id: 'stop', type: 'assert', depends_on: ['make'], that: '${1 = 2}', message: 'no further' };

function bytecode({ step = {}, undo, after = [], outputs }: Parts) {
  const names = (actions: readonly string[]) =>
    actions.filter((name) => JSON.stringify(after).includes(name) || !name.includes('Describe'));
  return bytecodeOf(
    JSON.stringify({
      name: 'many',
      version: '1.0',
      description: 'Many',
      author: 'test',
      parameters: [{ name: 'names', type: 'string_list', required: true }],
      steps: [
        {
          id: 'make',
          type: 'command',
          for_each: '${params.names}',
          action: 'rds:CreateDBSnapshot',
          parameters: { DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: '${item}' },
          undo: undo ?? { action: 'rds:DeleteDBSnapshot', parameters: { DBSnapshotIdentifier: '${item}' } },
          ...step,
        },
        ...after,
      ],
      ...(outputs === undefined ? {} : { outputs }),
      security: {
        required_permissions: names(['rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot', 'rds:DescribeDBInstances']),
        max_duration: 36_000,
      },
    }),
    'enterprise',
  );
}

const run = (parts: Parts, names: readonly string[], faults: RunCase['faults'] = []): Promise<CaseRun> =>
  runCase(bytecode(parts), { parameters: { names }, faults }, catalog());

/** The names that the inverse was called with, in order; each attempt. */
function undone({ execution }: CaseRun): readonly unknown[] {
  return execution.history.flatMap(({ type, taskScheduledEventDetails: details }) => {
    const { resource, parameters } = (details ?? {}) as { readonly resource?: string; readonly parameters?: string };
    if (type !== 'TaskScheduled' || resource !== 'deleteDBSnapshot') return [];
    return [(JSON.parse(parameters ?? '{}') as { readonly DbSnapshotIdentifier?: string }).DbSnapshotIdentifier];
  });
}

const stepOf = ({ steps }: CaseRun, id: string) => steps.find((step) => step.id === id);

/** No name of a snapshot begins with a digit. */
const BAD = '1-bad';

describe('a list that can be undone', () => {
  it('is undone where an entry fails: what was done, the last first', async () => {
    const done = await run({ after: [FAILS] }, ['a', BAD, 'b', 'c']);
    expect(done.execution).toMatchObject({ status: 'FAILED', error: 'Rds.RdsException' });
    expect(done.execution.cause).toMatch(
      /^The parameter DBSnapshotIdentifier is not a valid identifier.* Undone: make\.$/,
    );
    expect([...new Set(undone(done))]).toEqual(['c', 'b', 'a']);
    expect(stepOf(done, 'make')).toMatchObject({ status: 'FAILED', error: 'Rds.RdsException', undone: true });
    expect(stepOf(done, 'stop')).toMatchObject({ status: 'SKIPPED' });
    expect(done.unchanged).toBe(true);
  });

  it('is undone where a later step fails', async () => {
    const done = await run({ step: { max_concurrency: 3 }, after: [FAILS] }, ['a', 'b']);
    expect(done.execution).toMatchObject({ error: 'Workflow.AssertionFailed', cause: 'no further Undone: make.' });
    expect([...new Set(undone(done))]).toEqual(['b', 'a']);
    expect(stepOf(done, 'make')).toMatchObject({ status: 'SUCCEEDED', undone: true });
    expect(done.unchanged).toBe(true);
  });

  it.each([
    ['the result', '${result.DBSnapshot.DBSnapshotIdentifier}', {}],
    ['what is kept of the result', '${result.id}', { output: { id: '${result.DBSnapshot.DBSnapshotIdentifier}' } }],
    ['a field of the entry', '${item}', { for_each: '${params.names[$ != "z"]}' }],
    ['a part of the result', '${result.DBSnapshot[0].DBSnapshotIdentifier}', {}],
  ])('gives its inverse %s', async (_, name, step) => {
    const undo = { action: 'rds:DeleteDBSnapshot', parameters: { DBSnapshotIdentifier: name } };
    const done = await run({ step, undo, after: [FAILS] }, ['a', 'b']);
    expect([...new Set(undone(done))]).toEqual(['b', 'a']);
    expect(done.unchanged).toBe(true);
  });

  it('keeps no more than its inverse reads', () => {
    const undo = {
      action: 'rds:DeleteDBSnapshot',
      parameters: { DBSnapshotIdentifier: '${result.DBSnapshot.DBSnapshotIdentifier}' },
    };
    expect(bytecode({ undo }).execution_plan[0]?.for_each?.undo_reads).toBe(
      '{"result": {"DbSnapshot": {"DbSnapshotIdentifier": $left.DbSnapshot.DbSnapshotIdentifier}}}',
    );
    expect(bytecode({}).execution_plan[0]?.for_each?.undo_reads).toBe('{"item": $states.input.item}');
  });

  it('tries each entry again before it fails', async () => {
    const retry = { retry: { errors: ['throttling'] } };
    const faults = [{ step: 'make each', fault: 'throttling', times: 2 }] as const;
    const done = await run({ step: retry, outputs: { made: '${$count(steps.make)}' } }, ['a', 'b'], faults);
    expect(done.execution).toMatchObject({ status: 'SUCCEEDED', output: { made: 2 } });
  });

  it('says what could not be undone', async () => {
    const faults = [{ step: 'Undo make each', fault: 'access-denied', times: 11 }] as const;
    const done = await run({ after: [FAILS] }, ['a', 'b'], faults);
    expect(done.execution.cause).toBe('no further Not undone: make (1 of 2).');
    expect([...new Set(undone(done))]).toEqual(['b', 'a']);
    expect(stepOf(done, 'make')?.undone).toBeUndefined();
    expect(done.unchanged).toBe(false);
  });

  it('has nothing to undo where nothing was done', async () => {
    for (const names of [[BAD], []]) {
      const done = await run({ after: [FAILS] }, names);
      expect(done.execution.status).toBe('FAILED');
      expect(done.execution.cause).not.toMatch(/ndone/);
      expect([undone(done), stepOf(done, 'make')?.undone]).toEqual([[], undefined]);
    }
    const skipped = await run({ step: { when: '${$count(params.names) > 5}' }, after: [FAILS] }, ['a']);
    expect(skipped.execution).toMatchObject({ status: 'FAILED', cause: 'no further' });
  });

  it('with on_error: fail leaves what was done, of itself only', async () => {
    const done = await run({ step: { on_error: 'fail' }, after: [FAILS] }, ['a', BAD]);
    expect(done.execution).toMatchObject({ status: 'FAILED', error: 'Rds.RdsException' });
    expect([undone(done), done.unchanged]).toEqual([[], false]);
    expect([...new Set(undone(await run({ step: { on_error: 'fail' }, after: [FAILS] }, ['a', 'b'])))]).toEqual([
      'b',
      'a',
    ]);
  });

  it('with on_error: continue has no result unless it is whole, and is undone as far as it was done', async () => {
    const step = { on_error: 'continue' };
    const outputs = { made: '${$exists(steps.make) ? $count(steps.make) : "not all"}' };
    expect((await run({ step, outputs }, ['a', 'b'])).execution.output).toEqual({ made: 2 });
    expect((await run({ step, outputs }, ['a', BAD])).execution.output).toEqual({ made: 'not all' });
    const done = await run({ step, after: [FAILS] }, ['a', BAD, 'b']);
    expect([...new Set(undone(done))]).toEqual(['b', 'a']);
    expect(done.unchanged).toBe(true);
  });

  it('gives its results where it is the last step', async () => {
    const { execution } = await run({ step: { output: { name: '${item}' } } }, ['a', 'b']);
    expect(execution.output).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect((await run({ step: { output: { name: '${item}' } } }, ['a'])).execution.output).toEqual([{ name: 'a' }]);
  });
});

describe('a step that is passed over and could be undone', () => {
  it('is undone only where it was done', async () => {
    const name = (item: string) => ({
      step: {
        for_each: undefined,
        on_error: 'continue',
        parameters: { DBInstanceIdentifier: item, DBSnapshotIdentifier: 'one' },
        undo: { action: 'rds:DeleteDBSnapshot', parameters: { DBSnapshotIdentifier: 'one' } },
      },
      after: [FAILS],
    });
    const passed = await run({ ...name('no-such-database'), outputs: { n: '${$count(params.names)}' } }, []);
    expect([passed.execution.cause, undone(passed)]).toEqual(['no further', []]);
    const made = await run({ ...name('demo-database'), outputs: { n: '${$count(params.names)}' } }, []);
    expect([made.execution.cause, made.unchanged]).toEqual(['no further Undone: make.', true]);
  });
});
