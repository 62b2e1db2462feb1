import { toAsl } from '../../lib/asl/to-asl.ts';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { waitingApprovals } from '../../lib/engine/approvals.ts';
import type { Execution } from '../../lib/engine/execution.ts';
import { stepsFromHistory } from '../../lib/engine/steps-from-history.ts';
import type { TaskAnswer } from '../../lib/engine/task-answer.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createSimulatedAccount, type SimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor } from '../../lib/local/local-executor.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';

const START = '2026-05-04T03:02:01.000Z';
const DAY = 86_400;
const YES: TaskAnswer = { approved: true, by: 'alice' };
const NO: TaskAnswer = { approved: false, by: 'bob' };

/** A workflow that deletes a snapshot after a question; `before` are steps in front of it, as JSON. */
function workflow(ask: object = {}, before: readonly object[] = []): Bytecode {
  const needs = before.map((step) => (step as { id: string }).id);
  return bytecodeOf(
    JSON.stringify({
      name: 'delete_snapshot',
      version: '1.2',
      description: 'Deletes a snapshot',
      author: 'test',
      parameters: [
        { name: 'snapshot_id', type: 'string', required: true },
        { name: 'count', type: 'integer', default: 3 },
        { name: 'note', type: 'string', required: false },
      ],
      steps: [
        ...before,
        {
          id: 'ask',
          type: 'approval',
          message: 'Delete "${params.snapshot_id}"? {% now %}',
          depends_on: needs,
          ...ask,
        },
        {
          id: 'remove',
          type: 'command',
          irreversible: true,
          depends_on: ['ask'],
          action: 'rds:DeleteDBSnapshot',
          parameters: { DBSnapshotIdentifier: '${params.snapshot_id}' },
        },
      ],
      outputs: { by: '${steps.ask.answered_by}', count: '${params.count}', note: '${$exists(params.note)}' },
      security: {
        required_permissions: [
          'rds:DeleteDBSnapshot',
          ...(needs.includes('tag') ? ['rds:AddTagsToResource', 'rds:RemoveTagsFromResource'] : []),
        ],
        max_duration: 2 * DAY,
      },
    }),
    'enterprise',
  );
}

const ARN = 'arn:aws:rds:us-east-1:123456789012:snapshot:old';
/** Something that is undone. */
const TAG = {
  id: 'tag',
  type: 'command',
  action: 'rds:AddTagsToResource',
  parameters: { ResourceName: ARN, Tags: [{ Key: 'deleted', Value: 'soon' }] },
  undo: { action: 'rds:RemoveTagsFromResource', parameters: { ResourceName: ARN, TagKeys: ['deleted'] } },
};

interface Waiting {
  readonly account: SimulatedAccount;
  readonly get: () => Promise<Execution>;
  readonly steps: () => Promise<readonly string[]>;
  readonly answer: (answer: TaskAnswer) => Promise<boolean>;
  readonly pass: (seconds: number) => Promise<void>;
  /** The message that was published last. */
  readonly asked: () => { readonly Subject: string; readonly TopicArn: string; readonly Message: string };
}

/** Starts a run and lets it come to its question. */
async function waiting(bytecode: Bytecode, approvalUrl?: string, statements?: (sid: string) => boolean) {
  const clock = createVirtualClock(START, { automatic: false });
  const seed = { rds: { snapshot: [{ DBSnapshotIdentifier: 'old', DBInstanceIdentifier: 'orders' }] } };
  const account = createSimulatedAccount({ catalog: catalog(), clock, random: () => 0, seed });
  const executor = createLocalExecutor({
    account,
    clock,
    random: () => 0,
    definitionOf: (given) => toAsl(given, 'aws', approvalUrl === undefined ? {} : { approvalUrl }),
    policyOf: (given) => {
      const { Version, Statement } = toPolicy(given, account.place);
      return { Version, Statement: Statement.filter(({ Sid }) => statements?.(Sid) ?? true) };
    },
  });
  await executor.start({ bytecode, executionName: 'run-1', input: { snapshot_id: 'old' } });
  await clock.advance(0);
  const get = async (): Promise<Execution> => {
    const execution = await executor.get(bytecode.workflow_id, 'run-1');
    if (execution === undefined) throw new Error('The execution is gone');
    return execution;
  };
  const run: Waiting = {
    account,
    get,
    async steps() {
      const { history, status } = await get();
      return stepsFromHistory(bytecode, history, status).map((step) =>
        [step.id, step.status, step.error, step.cause, step.undone && 'undone'].filter(Boolean).join(' '),
      );
    },
    async answer(answer) {
      const [approval] = waitingApprovals(bytecode, (await get()).history);
      const heard = await executor.answerTask(approval?.token ?? 'none', answer);
      await clock.advance(0);
      return heard;
    },
    pass: (seconds) => clock.advance(seconds * 1_000),
    asked: () => account.resources('sns', 'message').at(-1) as ReturnType<Waiting['asked']>,
  };
  return run;
}

const snapshots = (account: SimulatedAccount): number => account.resources('rds', 'snapshot').length;

describe('an approval', () => {
  it('asks on the topic of the account, with all that is needed to decide, and waits', async () => {
    const bytecode = workflow();
    const { asked, get, steps, pass, account } = await waiting(bytecode, 'https://workflows.example.com/approvals');
    await pass(DAY - 1);
    expect(await steps()).toEqual(['ask RUNNING', 'remove PENDING']);
    expect((await get()).status).toBe('RUNNING');
    expect(snapshots(account)).toBe(1);
    const { Message, ...envelope } = asked();
    const { token } = JSON.parse(Message) as { readonly token: string };
    expect(envelope).toMatchObject({
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:wf-approvals',
      Subject: 'Approval needed: delete_snapshot ask',
    });
    expect(JSON.parse(Message)).toEqual({
      message: 'Delete "old"? {% now %}',
      workflow: 'delete_snapshot',
      version: '1.2',
      checksum: bytecode.checksum,
      step: 'ask',
      parameters: { snapshot_id: 'old', count: 3 },
      execution: 'arn:aws:states:us-east-1:123456789012:execution:wf-delete_snapshot:run-1',
      token: expect.stringMatching(/^[A-Za-z0-9+/=]{20,}$/),
      url: `https://workflows.example.com/approvals#${encodeURIComponent(token)}`,
    });
  });

  it('goes on when the answer is yes, and keeps who gave it', async () => {
    const { answer, get, steps, account } = await waiting(workflow());
    expect(await answer(YES)).toBe(true);
    expect(await steps()).toEqual(['ask SUCCEEDED', 'remove SUCCEEDED']);
    expect((await get()).output).toEqual({ by: 'alice', count: 3, note: false });
    expect(snapshots(account)).toBe(0);
    expect(await answer(NO)).toBe(false);
  });

  it('ends the run when the answer is no', async () => {
    const { answer, get, steps, account } = await waiting(workflow());
    await answer(NO);
    expect(await get()).toMatchObject({
      status: 'FAILED',
      error: 'Workflow.ApprovalRefused',
      cause: 'refused by bob',
    });
    expect(await steps()).toEqual(['ask FAILED Workflow.ApprovalRefused refused by bob', 'remove SKIPPED']);
    expect(snapshots(account)).toBe(1);
  });

  it('takes no answer in time for a no', async () => {
    const { answer, get, steps, pass, account } = await waiting(workflow({ timeout: 90 }));
    await pass(90);
    const silence = 'ask: no answer within 90 seconds';
    expect(await get()).toMatchObject({ status: 'FAILED', error: 'Workflow.ApprovalRefused', cause: silence });
    expect(await steps()).toEqual([`ask FAILED Workflow.ApprovalRefused ${silence}`, 'remove SKIPPED']);
    expect(await answer(YES)).toBe(false);
    expect(snapshots(account)).toBe(1);
  });

  it.each([
    ['a no', async ({ answer }: Waiting) => answer(NO), 'refused by bob'],
    ['silence', async ({ pass }: Waiting) => pass(DAY), 'ask: no answer within 86400 seconds'],
  ])('begins to undo the run after %s', async (_what, respond, cause) => {
    const run = await waiting(workflow({}, [TAG]));
    await respond(run);
    await run.pass(0);
    expect(await run.steps()).toEqual([
      'tag SUCCEEDED undone',
      `ask FAILED Workflow.ApprovalRefused ${cause}`,
      'remove SKIPPED',
    ]);
    expect(await run.get()).toMatchObject({
      status: 'FAILED',
      error: 'Workflow.ApprovalRefused',
      cause: `${cause} Undone: tag.`,
    });
  });

  it('leaves what was done where its author says on_error: fail', async () => {
    const run = await waiting(workflow({ on_error: 'fail' }, [TAG]));
    await run.pass(DAY);
    expect((await run.steps())[0]).toBe('tag SUCCEEDED');
    expect((await run.get()).cause).toBe('ask: no answer within 86400 seconds');
  });

  it('waits beside other steps, and ends them too', async () => {
    const beside = { id: 'pause', type: 'sleep', seconds: 7_200 };
    const bytecode = workflow({ depends_on: [] }, [beside]);
    const { answer, get, steps } = await waiting(bytecode);
    expect(await steps()).toEqual(['pause RUNNING', 'ask RUNNING', 'remove PENDING']);
    await answer(NO);
    expect(await get()).toMatchObject({ status: 'FAILED', error: 'Workflow.ApprovalRefused' });
  });

  it('is no approval where the role may not ask', async () => {
    const { get, steps, account } = await waiting(workflow(), undefined, (sid) => sid !== 'AskForApproval');
    expect((await get()).status).toBe('FAILED');
    expect((await steps())[0]).toMatch(/^ask FAILED Sns\.\w+ .*not authorized to perform: sns:Publish/);
    expect(snapshots(account)).toBe(1);
  });

  it('leaves secrets out of the message', () => {
    const { parameters, ...rest } = workflow();
    const secret = { ...rest, parameters: parameters.map((one) => ({ ...one, sensitive: true as const })) };
    const { ask } = toAsl(secret).States as Readonly<
      Record<string, { readonly Arguments: { readonly Message: string } }>
    >;
    expect(ask?.Arguments.Message).toContain('"parameters": {}');
  });

  it('keeps to what Amazon SNS takes as a subject, whatever the names are', () => {
    const bytecode = workflow();
    const name = 'w'.repeat(64);
    const step = 's'.repeat(64);
    const renamed = JSON.parse(
      JSON.stringify(bytecode).replaceAll('"ask"', `"${step}"`).replaceAll('"delete_snapshot"', `"${name}"`),
    ) as Bytecode;
    const states = toAsl(renamed).States as Readonly<
      Record<string, { readonly Arguments?: { readonly Subject: string } }>
    >;
    expect(states[step]?.Arguments?.Subject).toBe(`Approval needed: ${name} ${'s'.repeat(18)}`);
  });
});
