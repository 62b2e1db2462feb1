import fc from 'fast-check';
import { textParts } from '../../lib/asl/show-expression.ts';
import { toPlanAsl } from '../../lib/asl/to-plan-asl.ts';
import { planScope } from '../../lib/compiler/plan-scope.ts';
import type { PlanOutput } from '../../lib/compiler/run-plan.ts';
import { toPlanPolicy } from '../../lib/iam/to-plan-policy.ts';
import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { planBench, planOf } from '../support/plan-case.ts';
import { RANDOM_WORKFLOW, sourceOf } from '../support/random-workflow.ts';

interface Sketch {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly parameters?: readonly object[];
  readonly steps: readonly object[];
  readonly permissions: readonly string[];
}

function workflow({ parameters = [], steps, permissions, outputs }: Sketch) {
  const security = { required_permissions: permissions, max_duration: 600 };
  const head = { name: 'sketch', version: '1.0', description: 'Sketch', author: 'test' };
  return bytecodeOf(JSON.stringify({ ...head, parameters, steps, outputs, security }), 'enterprise');
}

const READ = ['rds:DescribeDBInstances'];
const SNAPSHOT = 'rds:CreateDBSnapshot';
const FIND = { id: 'find', type: 'command', action: 'rds:DescribeDBInstances', parameters: {} };
const snapshot = (more: object, name = 'demo-${timestamp}', of = 'demo-database') => ({
  id: 'change',
  type: 'command',
  action: SNAPSHOT,
  parameters: { DBInstanceIdentifier: of, DBSnapshotIdentifier: name },
  ...more,
});

const stepIn = async (sketch: Sketch, id: string, parameters = {}, bench = planBench()) => {
  const plan = await planOf(workflow(sketch), parameters, bench);
  const step = plan.steps.find((one) => one.step === id);
  if (step === undefined) throw new Error(`No step ${id}`);
  return { step, plan };
};

describe('what a change is shown with', () => {
  it('has the values of reading steps, and placeholders for what only a run knows', async () => {
    const change = snapshot(
      {},
      '${steps.find.DBInstances[0].DBInstanceIdentifier}-${execution.name}-${timestamp}-${region}',
    );
    const { step } = await stepIn({ steps: [FIND, change], permissions: [...READ, SNAPSHOT] }, 'change');
    expect(step).toEqual({
      step: 'change',
      kind: 'change',
      call: SNAPSHOT,
      status: 'runs',
      arguments: {
        DBInstanceIdentifier: 'demo-database',
        DBSnapshotIdentifier: 'demo-database-<execution.name>-<timestamp>-us-east-1',
      },
    });
  });

  it('never shows a value that was worked out from a placeholder', async () => {
    const parameters = [{ name: 'short', type: 'boolean', required: true }];
    const change = snapshot({}, '${params.short ? $substring(timestamp, 0, 4) & "x" : "y"}');
    const { step } = await stepIn({ parameters, steps: [change], permissions: [SNAPSHOT] }, 'change', { short: true });
    expect(step.arguments).toMatchObject({ DBSnapshotIdentifier: '<timestamp>' });
  });

  it('names the step whose result is not there yet', async () => {
    const second = {
      ...snapshot({ id: 'second' }, 'again-${timestamp}', '${steps.change.DBSnapshot.DBInstanceIdentifier}'),
    };
    const { step } = await stepIn({ steps: [snapshot({}), second], permissions: [SNAPSHOT] }, 'second');
    expect(step.arguments).toMatchObject({ DBInstanceIdentifier: '<result of change>' });
  });

  it('leaves out what hangs on a parameter that was not given', async () => {
    const parameters = [{ name: 'note', type: 'string', required: false, pattern: '[a-z]{1,20}' }];
    const change = {
      ...snapshot({}),
      action: 'ec2:CreateSnapshot',
      parameters: { VolumeId: 'vol-0a1b2c3d4e5f60001', Description: '${params.note}' },
    };
    const sketch = { parameters, steps: [change], permissions: ['ec2:CreateSnapshot'] };
    const given = await stepIn(sketch, 'change', { note: 'kept' });
    expect(given.step.arguments).toEqual({ VolumeId: 'vol-0a1b2c3d4e5f60001', Description: 'kept' });
    const { step } = await stepIn(sketch, 'change', {});
    expect(step.arguments).toEqual({ VolumeId: 'vol-0a1b2c3d4e5f60001' });
  });

  it('takes texts that look like expressions for what they are', async () => {
    const change = snapshot({}, 'x-${"$timestamp & <x> %}"}-y');
    const put = { ...change, action: 'ssm:PutParameter', parameters: TEXT, irreversible: true, depends_on: ['ask'] };
    const sketch = { steps: [ASK, put], permissions: PUT };
    const { step } = await stepIn(sketch, 'change');
    expect(step.arguments).toMatchObject({ Name: '/x', Value: '{% $timestamp %} and $states.context.Execution.Id' });
  });
});

const ASK = { id: 'ask', type: 'approval', message: 'Really?', timeout: 60 };
const PUT = ['ssm:PutParameter'];
const TEXT = { Name: '/x', Type: 'String', Value: '{% $timestamp %} and $states.context.Execution.Id' };

describe('a secret', () => {
  const parameters = [{ name: 'password', type: 'string', required: true }];
  const change = (value: string) => ({
    id: 'change',
    type: 'command',
    irreversible: true,
    depends_on: ['ask'],
    action: 'secretsmanager:PutSecretValue',
    parameters: { SecretId: 'deploy-bot/credentials', SecretString: value },
  });

  it.each(['${params.password}', 'a ${params.password} b', "${$string({'p': params.password})}"])(
    'is in no plan: %s',
    async (value) => {
      const sketch = { parameters, steps: [ASK, change(value)], permissions: ['secretsmanager:PutSecretValue'] };
      const { step, plan } = await stepIn(sketch, 'change', { password: 'hunter2-hunter2' });
      expect(step.arguments?.SecretString).toMatch(/<secret password>/);
      expect(JSON.stringify(plan)).not.toContain('hunter2');
    },
  );

  it.each([
    ['demo-database', { arguments: { DBInstanceIdentifier: '<result of find, which was asked for with a secret>' } }],
    ['no-such-database', { status: 'not_reached' }],
  ])('is not repeated from what AWS answered: %s', async (name, change) => {
    const find = { ...FIND, parameters: { DBInstanceIdentifier: '${params.name}' } };
    const copy = snapshot({}, 'copy-${timestamp}', '${steps.find.DBInstances[0].DBInstanceIdentifier}');
    const plain = workflow({
      parameters: [{ name: 'name', type: 'string', required: true }],
      steps: [find, copy],
      permissions: [...READ, SNAPSHOT],
    });
    const bytecode = { ...plain, parameters: plain.parameters.map((one) => ({ ...one, sensitive: true as const })) };
    const plan = await planOf(bytecode, { name });
    expect(plan.steps[1]).toMatchObject(change);
    expect(JSON.stringify(plan)).not.toContain(name);
    expect((await planOf(bytecode, { name })).planId).toBe(plan.planId);
  });

  it('that AWS keeps is not read for a plan', () => {
    const steps = [
      { id: 'get', type: 'command', action: 'secretsmanager:GetSecretValue', parameters: { SecretId: 'x' } },
      snapshot({ depends_on: ['get'] }),
    ];
    const bytecode = workflow({
      steps,
      permissions: ['secretsmanager:GetSecretValue', SNAPSHOT],
      outputs: { read: '${steps.get.Name}' },
    });
    expect([...planScope(bytecode).reads]).toEqual([]);
    expect(toPlanPolicy(bytecode, planBench().account.place).Statement).toEqual([]);
  });
});

describe('a list', () => {
  const each = snapshot({ for_each: '${params.names}' }, '${item}-${timestamp}', '${item}');
  const parameters = [{ name: 'names', type: 'string_list', required: true }];
  const sketch = { parameters, steps: [each], permissions: [SNAPSHOT] };

  it('is shown entry by entry, up to twenty', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `database-${index}`);
    const { step, plan } = await stepIn(sketch, 'change', { names });
    expect(step.entries).toMatchObject({ count: 23, truncated: true });
    expect(step.entries?.arguments).toHaveLength(20);
    expect(step.entries?.arguments[1]).toEqual({
      DBInstanceIdentifier: 'database-1',
      DBSnapshotIdentifier: 'database-1-<timestamp>',
    });
    const other = await stepIn(sketch, 'change', { names: names.with(22, 'another') });
    expect(other.step.entries?.arguments).toEqual(step.entries?.arguments);
    expect(other.step.entries?.digest).not.toBe(step.entries?.digest);
    expect(other.plan.planId).not.toBe(plan.planId);
  });

  it.each([[[]], [['one']]])('of %j is a list all the same', async (names) => {
    const { step } = await stepIn(sketch, 'change', { names });
    expect(step.entries?.count).toBe(names.length);
    expect(step.entries?.arguments).toHaveLength(names.length);
  });

  it('that a change gives is not known', async () => {
    const second = snapshot(
      { id: 'second', for_each: '${steps.change.DBSnapshot.ProcessorFeatures}' },
      '${item.Name}-${timestamp}',
    );
    const { step, plan } = await stepIn({ steps: [snapshot({}), second], permissions: [SNAPSHOT] }, 'second');
    expect(step.entries).toEqual({
      count: null,
      arguments: [{ DBInstanceIdentifier: 'demo-database', DBSnapshotIdentifier: '<item>-<timestamp>' }],
      truncated: false,
      digest: null,
    });
    expect(plan.worstCase.per_entry.map((one) => one.step)).toEqual(['second']);
  });

  it('of asserts stops at the first that does not hold', async () => {
    const check = {
      id: 'check',
      type: 'assert',
      for_each: '${params.names}',
      that: "${item != 'b'}",
      message: 'not ${item}',
    };
    const steps = [check, snapshot({ depends_on: ['check'] })];
    const { plan, step } = await stepIn({ parameters, steps, permissions: [SNAPSHOT] }, 'change', {
      names: ['a', 'b'],
    });
    expect(plan.stopped).toEqual({ step: 'check', error: 'Workflow.AssertionFailed', cause: 'not b' });
    expect(step.status).toBe('not_reached');
  });
});

describe('whether a step runs', () => {
  it('is told by a condition that is known', async () => {
    const parameters = [{ name: 'wanted', type: 'boolean', required: true }];
    const sketch = { parameters, steps: [snapshot({ when: '${params.wanted}' })], permissions: [SNAPSHOT] };
    expect((await stepIn(sketch, 'change', { wanted: true })).step.status).toBe('runs');
    expect((await stepIn(sketch, 'change', { wanted: false })).step).toEqual({
      step: 'change',
      kind: 'change',
      call: SNAPSHOT,
      status: 'skipped',
      reason: 'not params.wanted',
    });
  });

  it('is open where the condition hangs on a change', async () => {
    const second = snapshot(
      { id: 'second', when: "${steps.change.DBSnapshot.Engine = 'mysql'}" },
      'again-${timestamp}',
    );
    const { step } = await stepIn({ steps: [snapshot({}), second], permissions: [SNAPSHOT] }, 'second');
    expect(step).toMatchObject({ status: 'unknown', reason: 'it depends on result of change' });
  });

  it('is told of what comes behind a step that fails', async () => {
    const find = { ...FIND, parameters: { DBInstanceIdentifier: 'no-such-database' } };
    const steps = [find, snapshot({ depends_on: ['find'] })];
    const { plan, step } = await stepIn({ steps, permissions: [...READ, SNAPSHOT] }, 'change');
    expect(plan.stopped).toMatchObject({ step: 'find', error: 'Rds.DbInstanceNotFoundException' });
    expect(plan.steps[0]).toMatchObject({ status: 'stops', message: expect.stringContaining('no-such-database') });
    expect(step.status).toBe('not_reached');
  });

  it('is open beside a step that fails', async () => {
    const find = { ...FIND, parameters: { DBInstanceIdentifier: 'no-such-database' } };
    const { step } = await stepIn({ steps: [find, snapshot({})], permissions: [...READ, SNAPSHOT] }, 'change');
    expect(step).toMatchObject({ status: 'unknown', reason: 'a step beside it stops the run' });
  });

  it('does not hang on steps that may fail', async () => {
    const find = { ...FIND, on_error: 'continue', parameters: { DBInstanceIdentifier: 'no-such-database' } };
    const steps = [find, snapshot({ depends_on: ['find'] })];
    const { plan, step } = await stepIn({ steps, permissions: [...READ, SNAPSHOT] }, 'change');
    expect([plan.stopped, step.status]).toEqual([null, 'runs']);
  });
});

describe('the state machine of a plan', () => {
  const steps = [
    FIND,
    { id: 'stopped', type: 'assert', that: '${1 = 1}', message: 'no' },
    snapshot({ depends_on: ['find'] }),
  ];
  const bytecode = workflow({ steps, permissions: [...READ, SNAPSHOT] });

  it('holds the reading steps and the asserts, under their names', () => {
    expect(Object.keys(toPlanAsl(bytecode).States)).toEqual([
      'Validate input',
      'Invalid input',
      'find',
      'stopped',
      'What would change',
    ]);
  });

  it('makes no step behind a change or a wait, and none that needs what only a run knows', () => {
    const wait = {
      id: 'wait',
      type: 'wait_for',
      waiter: 'rds:DBInstanceAvailable',
      parameters: { DBInstanceIdentifier: 'demo-database' },
    };
    const named = { DBSnapshotIdentifier: 'demo-${timestamp}' };
    const looks = [
      { ...FIND, id: 'behind_change', depends_on: ['change'] },
      { ...FIND, id: 'further_behind', depends_on: ['behind_change'] },
      { ...FIND, id: 'behind_wait', depends_on: ['wait'] },
      { id: 'by_time', type: 'command', action: 'rds:DescribeDBSnapshots', parameters: named },
      { ...FIND, id: 'beside', depends_on: ['by_time'] },
    ];
    const permissions = [...READ, SNAPSHOT, 'rds:DescribeDBSnapshots'];
    const { reads } = planScope(workflow({ steps: [FIND, wait, snapshot({}), ...looks], permissions }));
    expect([...reads]).toEqual(['find', 'beside']);
  });

  it('refuses an input as the workflow does', async () => {
    const bench = planBench();
    const refused = await bench.executor.plan(bytecode, { unknown: 1 });
    expect(refused).toMatchObject({ outcome: 'failed', error: 'Workflow.InvalidParameter' });
  });

  it('has a role that reads and changes nothing', () => {
    const place = planBench().account.place;
    const policy = toPlanPolicy(bytecode, place);
    expect(policy.Statement.map(({ Action }) => Action)).toEqual(['rds:DescribeDBInstances']);
  });
});

it('splits an expression only where it joins texts', () => {
  expect(textParts('$params.a & "-x & y-" & $timestamp')).toEqual(['$params.a', '"-x & y-"', '$timestamp']);
  expect(textParts('($a & "b") & $f("c", $d & $e)')).toEqual(['($a & "b")', '$f("c", $d & $e)']);
  expect(textParts('$a & "b" = $c')).toEqual(['$a & "b" = $c']);
  expect(textParts('$a ? "b" & $c : "d"')).toEqual(['$a ? "b" & $c : "d"']);
});

it('changes nothing and tells the truth, whatever the workflow', async () => {
  await fc.assert(
    fc.asyncProperty(RANDOM_WORKFLOW, async (workflow) => {
      const bytecode = bytecodeOf(sourceOf(workflow), 'enterprise');
      const { first, second, third } = workflow;
      const parameters = { first, second, ...(third === undefined ? {} : { third }) };
      const bench = planBench();
      const before = bench.account.snapshot();
      const output = await bench.executor.plan(bytecode, parameters);
      if (output.outcome === 'failed') throw new Error(`${output.error}: ${output.cause}`);
      const { stopped, steps: planned } = output.output as PlanOutput;
      expect(bench.account.snapshot()).toEqual(before);
      const { execution, steps } = await runCase(bytecode, { parameters }, catalog());
      if (stopped !== null) expect(execution.status).toBe('FAILED');
      for (const { step, status } of planned) {
        const became = steps.find(({ id }) => id === step)?.status;
        if (status === 'skipped' || status === 'not_reached')
          expect([step, status, became]).toEqual([step, status, 'SKIPPED']);
        if (status === 'runs' && execution.status === 'SUCCEEDED')
          expect([step, became]).not.toEqual([step, 'SKIPPED']);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
