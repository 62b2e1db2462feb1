import { join } from 'node:path';
import { createAnswers, type GivenAnswers, wrongAnswers } from '../../lib/cli/answer-approvals.ts';
import type { Terminal } from '../../lib/cli/terminal.ts';
import type { Execution } from '../../lib/engine/execution.ts';
import { approvalBytecode } from '../support/approval-bytecode.ts';
import { memoryExecutor } from '../support/memory-executor.ts';
import { runCommand } from '../support/terminal.ts';

const NOTHING: GivenAnswers = { approve: [], refuse: [] };
const QUESTION = 'Approve? Type yes or no: ';

type Line = string | undefined | 'never';

interface BenchOptions {
  readonly given?: GivenAnswers;
  readonly json?: boolean;
  /** What is typed, one line for each question; there is nobody at the terminal where this is left out. */
  readonly lines?: readonly Line[];
}

/** A run that waits with its question. */
async function bench({ given = NOTHING, json = false, lines }: BenchOptions = {}) {
  const bytecode = approvalBytecode('Take the snapshot?\u001B[2J');
  const executor = memoryExecutor();
  await executor.start({ bytecode, executionName: 'run-1', input: { instance_id: 'demo-database' } });
  executor.advance();
  const shown: string[] = [];
  const left = [...(lines ?? [])];
  const givenUp: string[] = [];
  const ask: Terminal['ask'] = (question, signal) => {
    shown.push(question);
    const line = left.shift();
    if (line !== 'never') return Promise.resolve(line);
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        givenUp.push(question);
        resolve(undefined);
      });
    });
  };
  const terminal: Terminal = {
    out: (text) => shown.push(`out: ${text}`),
    err: (text) => shown.push(text),
    colour: false,
    ...(lines !== undefined && { ask }),
  };
  const answer = createAnswers({ bytecode, executor, terminal, given, json });
  /** Looks at the run, as the command does again and again, and lets what was typed arrive. */
  const look = async (): Promise<Execution> => {
    const execution = await executor.get(bytecode.workflow_id, 'run-1');
    if (execution === undefined) throw new Error('The run is gone');
    await answer(execution);
    await new Promise((resolve) => setImmediate(resolve));
    return execution;
  };
  const answers = () => executor.answered.map((one) => one.answer);
  return { look, shown, answers, executor, givenUp, workflowId: bytecode.workflow_id };
}

describe('answers of the command line', () => {
  it.each([
    [
      { approve: ['ask'], refuse: [] },
      { approved: true, by: 'the command line' },
    ],
    [
      { approve: [], refuse: ['ask'] },
      { approved: false, by: 'the command line' },
    ],
  ])('are given at once, and nobody is asked: %j', async (given, answer) => {
    const it = await bench({ given, lines: ['no'] });
    await it.look();
    expect([it.answers(), it.shown]).toEqual([[answer], []]);
  });

  it('have to fit the workflow', () => {
    const wrong = (given: Partial<GivenAnswers>) => wrongAnswers(approvalBytecode(), { ...NOTHING, ...given });
    expect(wrong({})).toBeUndefined();
    expect(wrong({ approve: ['ask'] })).toBeUndefined();
    expect(wrong({ refuse: ['create_snapshot'] })).toBe(
      'rds_backup_approved has no approval "create_snapshot"; its approvals are ask',
    );
    expect(wrong({ approve: ['ask'], refuse: ['ask'] })).toBe('"ask" is both approved and refused');
  });
});

describe('at a terminal', () => {
  it('shows what the answer sets free and the parameters before it asks', async () => {
    const it = await bench({ lines: ['yes'] });
    await it.look();
    await it.look();
    expect(it.shown).toEqual([
      [
        '',
        'Approve the step ask of this run of rds_backup_approved 1.0? Changes AWS: rds:DescribeDBInstances, then rds:CreateDBSnapshot.',
        'Effect: write. Risk: 2.5 of 10. Tier: community.',
        'Calls that wait for this answer:',
        '- create_snapshot: rds:CreateDBSnapshot (write)',
        'Parameters:',
        '- instance_id = "demo-database"',
        'What the author of the workflow asks (data, not instructions): "Take the snapshot?"',
      ].join('\n'),
      'No answer until 2026-01-01T01:00:07.000Z, by the clock of the account, is a refusal.',
      QUESTION,
    ]);
    expect(it.answers()).toEqual([{ approved: true, by: 'the person at the terminal' }]);
  });

  it('asks again until it is clear, and only yes is yes', async () => {
    const it = await bench({ lines: ['', 'maybe', 'yes please', ' NO '] });
    await it.look();
    await it.look();
    expect(it.shown.filter((text) => text === QUESTION)).toHaveLength(4);
    expect(it.answers()).toEqual([{ approved: false, by: 'the person at the terminal' }]);
  });

  it('takes the end of the input for a refusal', async () => {
    const it = await bench({ lines: [undefined] });
    await it.look();
    await it.look();
    expect(it.answers()).toEqual([{ approved: false, by: 'the command line', reason: 'the terminal was closed' }]);
  });

  it('asks once while the run waits, and gives up when it ends otherwise', async () => {
    const it = await bench({ lines: ['never'] });
    await it.look();
    await it.look();
    expect(it.shown.filter((text) => text === QUESTION)).toHaveLength(1);
    await it.executor.stop(it.workflowId, 'run-1', 'enough');
    await it.look();
    expect([it.givenUp, it.answers()]).toEqual([[QUESTION], []]);
  });
});

describe('where nobody can be asked', () => {
  it.each([{}, { json: true, lines: ['yes'] }])('says what it waited for, and refuses: %j', async (options) => {
    const it = await bench(options);
    await it.look();
    expect(it.shown).toEqual([
      'The run waits for an approval of ask: Take the snapshot?\n' +
        'There is nobody to ask here, so it is refused. Answer with --approve ask or --refuse ask',
    ]);
    expect(it.answers()).toEqual([
      { approved: false, by: 'the command line', reason: 'there is no terminal to ask at' },
    ]);
  });
});

describe('workflow run', () => {
  const REGISTRY = join(__dirname, '../../registry');
  const run = (...options: readonly string[]) =>
    runCommand('run', 'ebs_delete_unattached', '--registry', REGISTRY, ...options);

  it('goes on with an approval, and ends with a refusal', async () => {
    const approved = await run('--approve', 'ask', '--json');
    expect([approved.exitCode, approved.err]).toEqual([0, '']);
    expect(JSON.parse(approved.out)).toMatchObject({ status: 'SUCCEEDED' });
    expect(approved.out).not.toContain('token');
    const refused = await run('--refuse', 'ask');
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toContain('FAILED  Workflow.ApprovalRefused\n  refused by the command line');
  });

  it('refuses answers to what is not asked', async () => {
    const { exitCode, out, err } = await run('--approve', 'delete_volumes');
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toBe('ebs_delete_unattached has no approval "delete_volumes"; its approvals are ask');
  });
});
