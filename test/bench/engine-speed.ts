import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { startStateMachine } from '../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import type { Figure } from './figure.ts';

/** What is used of aws-local-stepfunctions, an interpreter of JSONPath state machines on npm. */
interface OtherInterpreter {
  readonly StateMachine: new (
    definition: object,
  ) => {
    run(input: unknown, options: object): { readonly result: Promise<unknown> };
  };
}

const ROUNDS = 15;
const INPUT = { n: 0, list: Array.from({ length: 100 }, (_, index) => index) };
const ACCOUNT = 'arn:aws:states:us-east-1:123456789012';

/**
 * How many times as fast as aws-local-stepfunctions a state machine goes from definition and input to its output, in
 * the median; and the same without what either does with the definition before it runs.
 */
export async function speedFigures(): Promise<readonly Figure[]> {
  giveWithResolvers();
  const name = 'aws-local-stepfunctions';
  const other = (await import(name)) as OtherInterpreter;
  const figures: Figure[] = [];
  for (const [title, definition] of Object.entries(machines())) {
    // A copy, as a definition that has been checked is not checked again.
    const ours = await median(() => runOurs(structuredClone(definition)));
    const again = await median(() => runOurs(definition));
    const whole = await median(() => runOther(new other.StateMachine(definition), definition));
    const made = new other.StateMachine(definition);
    const run = await median(() => runOther(made, definition));
    const of = `${ours.toFixed(2)} ms against ${whole.toFixed(2)} ms, of which ${run.toFixed(2)} ms running`;
    figures.push({ name: `one run of ${title}, times as fast`, value: whole / ours, unit: '×', atLeast: 2, of });
    figures.push({ name: `${title} without the checks before`, value: run / again, unit: '×' });
  }
  return figures;
}

/** The other interpreter needs what Node.js has from version 22 on. */
function giveWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  Object.defineProperty(Promise, 'withResolvers', {
    value: () => {
      let settle: object = {};
      const promise = new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
      return { promise, ...settle };
    },
  });
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    const start = performance.now();
    await work();
    if (round >= ROUNDS) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

async function runOurs(definition: StateMachineDefinition): Promise<unknown> {
  const { done } = startStateMachine(definition, {
    input: INPUT,
    clock: createVirtualClock(),
    execution: { id: `${ACCOUNT}:execution:m:e`, name: 'e', roleArn: 'arn:aws:iam::123456789012:role/r' },
    stateMachine: { id: `${ACCOUNT}:stateMachine:m`, name: 'm' },
    callTask: async () => ({ kind: 'succeeded', output: { b: 1 } }),
  });
  return done;
}

function runOther(machine: InstanceType<OtherInterpreter['StateMachine']>, definition: StateMachineDefinition) {
  const names = Object.keys(definition.States);
  const taskResourceLocalHandlers = Object.fromEntries(names.map((name) => [name, async () => ({ b: 1 })]));
  return machine.run(INPUT, { overrides: { taskResourceLocalHandlers } }).result;
}

function machines(): Readonly<Record<string, StateMachineDefinition>> {
  const end = (index: number, last: number, prefix: string): object =>
    index === last ? { End: true } : { Next: `${prefix}${index + 1}` };
  const states = (count: number, prefix: string, state: (index: number) => object): StateMachineDefinition => {
    const named = Array.from({ length: count }, (_, index) => [
      `${prefix}${index}`,
      { ...state(index), ...end(index, count - 1, prefix) },
    ]);
    return { StartAt: `${prefix}0`, States: Object.fromEntries(named) };
  };
  const add = { 'n.$': 'States.MathAdd($.n, 1)', 'list.$': '$.list' };
  const full = { Variable: '$.n', NumericGreaterThanEquals: 100, Next: 'Done' };
  const item = { 'value.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' };
  return {
    'a chain of 50 Pass states': states(50, 'P', () => ({ Type: 'Pass', Parameters: add })),
    'a chain of 10 tasks': states(10, 'T', (index) => ({
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      Parameters: { 'a.$': '$.n' },
      ResultPath: `$.t${index}`,
    })),
    'a loop of 100 rounds': {
      StartAt: 'Check',
      States: {
        Check: { Type: 'Choice', Choices: [full], Default: 'Add' },
        Add: { Type: 'Pass', Parameters: add, Next: 'Check' },
        Done: { Type: 'Succeed' },
      },
    },
    'a Map over 100 items': {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemsPath: '$.list',
          ItemSelector: item,
          ItemProcessor: states(2, 'I', () => ({ Type: 'Pass', Result: true, ResultPath: '$.done' })),
          End: true,
        },
      },
    },
  };
}
