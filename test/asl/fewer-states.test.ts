import { toAsl } from '../../lib/asl/to-asl.ts';
import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';

/** A workflow with a number, a list and these steps. */
function workflow(steps: string, more = ''): string {
  return `name: few_states
version: "1.0"
description: "Takes as few states as it can"
author: "tests"
parameters:
  - { name: count, type: integer, required: true, description: "A number" }
  - { name: instance_id, type: string, default: demo-database, description: "A database" }
steps:
${steps}${more}security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600
`;
}

const assert = (id: string, that: string, needs: readonly string[] = []): string => `  - id: ${id}
    type: assert
    depends_on: [${needs.join(', ')}]
    that: "\${${that}}"
    message: "${id} does not hold for \${params.count}"
`;

const find = (id: string, needs: readonly string[] = [], when?: string): string => `  - id: ${id}
    type: command
    depends_on: [${needs.join(', ')}]
${when === undefined ? '' : `    when: "\${${when}}"\n`}    action: rds:DescribeDBInstances
    parameters: { DBInstanceIdentifier: "\${params.instance_id}" }
    output: { status: "\${result.DBInstances[0].DBInstanceStatus}" }
`;

const run = (text: string, count: number) =>
  runCase(bytecodeOf(text, 'enterprise'), { parameters: { count } }, catalog());
const entered = ({ states }: { readonly states: ReadonlySet<string> }) => [...states];
const told = ({ steps }: Awaited<ReturnType<typeof run>>) => steps.map(({ id, status }) => `${id} ${status}`);

describe('asserts that follow each other', () => {
  const text = workflow(
    [
      assert('small', 'params.count < 10'),
      assert('even', 'params.count % 2 = 0', ['small']),
      assert('positive', 'params.count > 0', ['even']),
      find('look', ['positive']),
    ].join(''),
  );

  it.each([
    [
      4,
      ['Validate input', 'small and even and positive', 'look'],
      ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'],
    ],
    [
      12,
      ['Validate input', 'small and even and positive', 'small failed'],
      ['FAILED', 'SKIPPED', 'SKIPPED', 'SKIPPED'],
    ],
    [
      3,
      ['Validate input', 'small and even and positive', 'even failed'],
      ['SUCCEEDED', 'FAILED', 'SKIPPED', 'SKIPPED'],
    ],
    [
      -2,
      ['Validate input', 'small and even and positive', 'positive failed'],
      ['SUCCEEDED', 'SUCCEEDED', 'FAILED', 'SKIPPED'],
    ],
  ])('are one state that tells of each: %d', async (count, states, statuses) => {
    const ran = await run(text, count);
    expect(entered(ran)).toEqual(states);
    expect(ran.steps.map(({ status }) => status)).toEqual(statuses);
  });

  it('fail with the message of the first that does not hold', async () => {
    const { execution, steps } = await run(text, 13);
    expect(execution).toMatchObject({ error: 'Workflow.AssertionFailed', cause: 'small does not hold for 13' });
    expect(steps[0]).toMatchObject({ error: 'Workflow.AssertionFailed', cause: 'small does not hold for 13' });
  });

  it.each(['params.instance_id', 'params.instance_id.nothing'])('take nothing but true for true: %s', async (that) => {
    const text = workflow(
      [assert('small', 'params.count < 10'), assert('odd', that, ['small']), find('look', ['odd'])].join(''),
    );
    const { execution, steps } = await run(text, 4);
    expect(execution.error).toMatch(/^States\./);
    expect(steps.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'SKIPPED']);
  });

  it('stop before anything that they would run beside', async () => {
    const beside = workflow([find('look'), find('look_too'), assert('small', 'params.count < 10')].join(''));
    expect(entered(await run(beside, 12))).toEqual(['Validate input', 'small', 'small failed']);
    expect(entered(await run(beside, 2)).slice(0, 3)).toEqual(['Validate input', 'small', 'look beside look_too']);
  });

  it('keep their own states where one name would be too long', () => {
    const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(35));
    const asserts = ids.map((id, index) => assert(id, 'params.count < 10', ids.slice(0, index))).join('');
    const names = Object.keys(toAsl(bytecodeOf(workflow(asserts + find('look', ids)), 'enterprise')).States);
    expect(names.filter((name) => !name.endsWith(' failed'))).toEqual([
      'Validate input',
      'Invalid input',
      `${ids[0]} and ${ids[1]}`,
      ids[2],
      'look',
    ]);
  });
});

describe('steps with the very same condition', () => {
  const big = 'params.count > 5';
  const steps = [
    find('ahead'),
    find('first', ['ahead'], big),
    find('second', ['first'], big),
    find('last', ['second']),
  ].join('');

  it('are decided once', async () => {
    const ran = await run(workflow(steps), 6);
    expect(entered(ran)).toEqual(['Validate input', 'ahead', 'first?', 'first', 'second', 'last']);
  });

  it('are passed over together', async () => {
    const ran = await run(workflow(steps), 5);
    expect(entered(ran)).toEqual(['Validate input', 'ahead', 'first?', 'last']);
    expect(told(ran)).toEqual(['ahead SUCCEEDED', 'first SKIPPED', 'second SKIPPED', 'last SUCCEEDED']);
  });

  it.each([
    [8, ['Validate input', 'first', 'second?', 'second', 'last']],
    [6, ['Validate input', 'first', 'second?', 'last']],
    [5, ['Validate input', 'last']],
  ])('are asked for in the first state, where nothing but parameters is read: %d', async (count, states) => {
    const text = workflow(
      [find('first', [], big), find('second', ['first'], 'params.count > 7'), find('last', ['second'])].join(''),
    );
    expect(entered(await run(text, count))).toEqual(states);
  });

  it.each([
    [8, ['Validate input', 'ahead', 'first?', 'first', 'second?', 'second', 'last']],
    [6, ['Validate input', 'ahead', 'first?', 'first', 'second?', 'last']],
    [5, ['Validate input', 'ahead', 'first?', 'last']],
  ])('are asked for in turn where they differ, in one state: %d', async (count, states) => {
    const text = workflow(
      [
        find('ahead'),
        find('first', ['ahead'], big),
        find('second', ['first'], 'params.count > 7'),
        find('last', ['second']),
      ].join(''),
    );
    expect(entered(await run(text, count))).toEqual(states);
  });

  it('have the defaults of parameters in the first state too', async () => {
    const text = workflow(
      [find('first', [], "params.instance_id = 'demo-database'"), find('last', ['first'])].join(''),
    );
    expect(entered(await run(text, 1))).toEqual(['Validate input', 'first', 'last']);
    expect((await run(text, 'no' as never)).execution).toMatchObject({ error: 'Workflow.InvalidParameter' });
  });

  it('are asked for right behind an assert, in its state', async () => {
    const text = workflow(
      [assert('small', 'params.count < 10'), find('first', ['small'], big), find('last', ['first'])].join(''),
    );
    expect(entered(await run(text, 6))).toEqual(['Validate input', 'small', 'first', 'last']);
    expect(entered(await run(text, 5))).toEqual(['Validate input', 'small', 'last']);
    expect(entered(await run(text, 11))).toEqual(['Validate input', 'small', 'small failed']);
  });
});

it('leaves nothing unset where steps are passed over together', async () => {
  const reader = `  - id: reader
    type: assert
    when: "\${params.count > 5}"
    that: "\${steps.first.status = 'available'}"
    message: "no"
`;
  const steps = [
    find('first', [], 'params.count > 5'),
    find('second', ['first'], 'params.count > 7'),
    reader,
    find('last', ['reader', 'second']),
  ];
  const [passedOver, some, all] = await Promise.all([5, 6, 8].map((count) => run(workflow(steps.join('')), count)));
  expect(told(passedOver as never)).toEqual(['first SKIPPED', 'second SKIPPED', 'reader SKIPPED', 'last SUCCEEDED']);
  expect(told(some as never)).toEqual(['first SUCCEEDED', 'second SKIPPED', 'reader SUCCEEDED', 'last SUCCEEDED']);
  expect(told(all as never)).toEqual(['first SUCCEEDED', 'second SUCCEEDED', 'reader SUCCEEDED', 'last SUCCEEDED']);
});

describe('the end of a run', () => {
  const outputs = 'outputs: { status: "${steps.look.status}" }\n';

  it('needs no state of its own behind a pause', async () => {
    const text = workflow(`${find('look')}  - { id: settle, type: sleep, depends_on: [look], seconds: 5 }\n`, outputs);
    const ran = await run(text, 1);
    expect(entered(ran)).toEqual(['Validate input', 'look', 'settle']);
    expect(ran.execution.output).toEqual({ status: 'available' });
  });

  it('needs no state of its own behind steps that run side by side', async () => {
    const ran = await run(workflow([find('look'), find('look_too')].join(''), outputs), 1);
    expect(entered(ran)).toEqual(['Validate input', 'look beside look_too', 'look', 'look_too']);
    expect(ran.execution.output).toEqual({ status: 'available' });
  });
});

it('gives the states of side by side within side by side different names, however long', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [string, string, string, string];
  const text = workflow([find(a), find(b), find(c, [a, b]), find(d)].join(''));
  const names = new Set<string>();
  const collect = (states: object): void => {
    for (const [name, state] of Object.entries(states)) {
      expect(name.length).toBeLessThanOrEqual(80);
      expect(names.has(name)).toBe(false);
      names.add(name);
      for (const { States } of (state as { Branches?: { States: object }[] }).Branches ?? []) collect(States);
    }
  };
  collect(toAsl(bytecodeOf(text, 'enterprise')).States);
  expect([...names].filter((name) => name.includes('steps)'))).toHaveLength(2);
});
