import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { coverageOf, waysTaken } from '../../lib/local/coverage.ts';
import { definition, runMachine, TASK } from './asl/run-machine.ts';

const OUT = { kind: 'succeeded', output: {} } as const;
const failed = (error: string) => ({ kind: 'failed', error, cause: 'c' }) as const;

async function coverage(states: Record<string, unknown>, ...runs: Parameters<typeof runMachine>[1][]) {
  const taken = new Set<string>();
  const machine: StateMachineDefinition = definition(states);
  for (const options of runs) {
    const { history } = await runMachine(states, options);
    for (const way of await waysTaken(machine, history)) taken.add(way);
  }
  return coverageOf(machine, taken);
}

const none = { tried: 0, all: 0, missing: [] };

describe('coverage', () => {
  const choice = {
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n = 1 %}', Next: 'Same', Assign: { problem: 'one' } },
        { Condition: '{% $states.input.n = 2 %}', Next: 'Same', Assign: { problem: 'two' } },
        { Condition: '{% $states.input.n = 3 %}', Next: 'Other' },
      ],
      Default: 'Other',
    },
    Same: { Type: 'Succeed' },
    Other: { Type: 'Succeed' },
  };

  it('tells rules with one target apart by what they assign, and a Default from a rule by the input', async () => {
    expect(await coverage(choice, { input: { n: 2 } }, { input: { n: 3 } })).toEqual({
      states: { tried: 3, all: 3, missing: [] },
      branches: { tried: 2, all: 4, missing: ['Which → Same (one)', 'Which → Default: Other'] },
      retries: none,
      catches: none,
    });
    expect((await coverage(choice, { input: { n: 9 } })).branches.missing).toEqual([
      'Which → Same (one)',
      'Which → Same (two)',
      'Which → Other',
    ]);
  });

  it('asks the variables of the run where a rule does, and counts for both where nothing tells', async () => {
    const by = (condition: string) => ({
      Set: { Type: 'Pass', Assign: { v: '{% $states.input.n %}' }, Next: 'Which' },
      Which: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $v > 5 %}', Next: 'End' },
          { Condition: condition, Next: 'End' },
        ],
        Default: 'Set',
      },
      End: { Type: 'Succeed' },
    });
    const small = await coverage(by('{% $v > 1 %}'), { input: { n: 2 } });
    expect(small.branches.missing).toEqual(['Which → End ($v > 5)', 'Which → Default: Set']);
    const unknown = await coverage(by('{% $exists($states.context.Execution.Name) %}'), { input: { n: 9 } });
    expect(unknown.branches.missing).toEqual([
      'Which → End ($exists($states.context.Execution.Name))',
      'Which → Default: Set',
    ]);
    const both = await coverage(by('{% $exists($states.context.Execution.Name) %}'), { input: { n: 2 } });
    expect(both.branches.missing).toEqual(['Which → Default: Set']);
  });

  const task = {
    T: {
      Type: 'Task',
      Resource: TASK,
      Retry: [{ ErrorEquals: ['A'] }, { ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
      Catch: [
        { ErrorEquals: ['B'], Next: 'End' },
        { ErrorEquals: ['States.ALL'], Next: 'Fail' },
      ],
      Next: 'End',
    },
    End: { Type: 'Succeed' },
    Fail: { Type: 'Fail', Error: 'E' },
  };

  it('counts a Retry entry that tried again and a Catch entry that caught, each for itself', async () => {
    expect(await coverage(task, { answers: [OUT] })).toMatchObject({
      retries: { tried: 0, all: 2 },
      catches: { tried: 0, all: 2 },
    });
    expect(await coverage(task, { answers: [failed('A'), OUT] })).toMatchObject({
      states: { missing: ['Fail'] },
      retries: { missing: ['T again after States.ALL'] },
      catches: { missing: ['T: B → End', 'T: States.ALL → Fail'] },
    });
    expect(await coverage(task, { answers: [failed('B')] })).toMatchObject({
      retries: { missing: ['T again after A'] },
      catches: { missing: ['T: States.ALL → Fail'] },
    });
    expect((await coverage(task, { answers: [failed('Z')] })).catches.missing).toEqual(['T: B → End']);
  });

  it('looks into branches and items, and knows the error that came out of them', async () => {
    const inner = (name: string, more: object = {}) => ({
      StartAt: name,
      States: { [name]: { Type: 'Task', Resource: TASK, ...more, End: true } },
    });
    const states = {
      Both: { Type: 'Parallel', Branches: [inner('Left'), inner('Right')], Next: 'All' },
      All: {
        Type: 'Map',
        Items: [1, 2],
        MaxConcurrency: 1,
        ItemProcessor: inner('Each', { Retry: [{ ErrorEquals: ['A'] }] }),
        Catch: [
          { ErrorEquals: ['B'], Next: 'Done' },
          { ErrorEquals: ['C'], Next: 'Done' },
        ],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    };
    expect(await coverage(states, { answers: [OUT, OUT, failed('A'), OUT, failed('C')] })).toEqual({
      states: { tried: 6, all: 6, missing: [] },
      branches: none,
      retries: { tried: 1, all: 1, missing: [] },
      catches: { tried: 1, all: 2, missing: ['All: B → Done'] },
    });
  });

  it('has nothing that was tried where nothing ran', async () => {
    expect(await coverage(choice)).toMatchObject({ states: { tried: 0, all: 3 }, branches: { tried: 0, all: 4 } });
  });
});
