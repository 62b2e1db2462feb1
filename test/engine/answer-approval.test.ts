import fc from 'fast-check';
import type { AnswerOptions, AnswerOutcome, ApprovalAnswer } from '../../lib/engine/answer-outcome.ts';
import {
  CONFIRMATION_LIFETIME_MS,
  type Confirmable,
  checkConfirmation,
  issueConfirmation,
} from '../../lib/engine/confirmation.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { approvalBytecode } from '../support/approval-bytecode.ts';
import { type MemoryExecutor, memoryExecutor } from '../support/memory-executor.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const KEY = new Uint8Array(32).fill(7);
const ALICE = 'arn:aws:iam::123456789012:user/alice';
const MALLORY = 'arn:aws:iam::123456789012:user/mallory';
const PARAMETERS = { instance_id: 'demo-database' };
const NAME = 'rds_backup_approved';

interface Bench {
  readonly engine: WorkflowEngine;
  readonly executor: MemoryExecutor;
  readonly executionId: string;
  time: number;
}

async function start(engine: WorkflowEngine, parameters: unknown = PARAMETERS): Promise<string> {
  const outcome = await engine.start(NAME, undefined, parameters, { principal: ALICE, confirmation: 'given' });
  if (outcome.outcome !== 'started') throw new Error(outcome.outcome);
  return outcome.executionId;
}

/** A run that waits with its question, unless told not to come so far. */
async function bench({ asking = true, workflow = approvalBytecode() } = {}): Promise<Bench> {
  const executor = memoryExecutor();
  const it = { time: 1_000_000 };
  const security = { hmacKey: KEY, now: () => it.time };
  const engine = new WorkflowEngine(memoryStorage([workflow]), security, executor);
  const executionId = await start(engine);
  if (asking) executor.advance();
  return Object.assign(it, { engine, executor, executionId });
}

function answer(
  { engine, executionId }: Bench,
  more: Partial<AnswerOptions> & Partial<ApprovalAnswer> = {},
): Promise<AnswerOutcome> {
  const { executionId: id = executionId, step = 'ask', decision = 'approve', ...options } = more;
  return engine.answer({ executionId: id, step, decision }, { principal: ALICE, ...options });
}

async function tokenOf(it: Bench, more: Partial<ApprovalAnswer> = {}): Promise<string> {
  const outcome = await answer(it, more);
  if (outcome.outcome !== 'confirmation-required') throw new Error(`No confirmation was asked for: ${outcome.outcome}`);
  return outcome.token;
}

describe('get', () => {
  it('reports what the run waits for, and never the token of the task', async () => {
    const it = await bench();
    const report = await it.engine.get(it.executionId, { principal: ALICE });
    expect(report?.approvals).toEqual([
      {
        stepId: 'ask',
        message: 'Take the snapshot?',
        since: '2026-01-01T00:00:07.000Z',
        expiresAt: '2026-01-01T01:00:07.000Z',
      },
    ]);
    expect(JSON.stringify(report)).not.toContain('task-token');
    expect(report?.steps.map(({ status }) => status)).toEqual(['SUCCEEDED', 'RUNNING', 'PENDING']);
  });

  it('reports nothing before and after', async () => {
    const early = await bench({ asking: false });
    expect((await early.engine.get(early.executionId, { principal: ALICE }))?.approvals).toEqual([]);
    const stopped = await bench();
    await stopped.engine.cancel(stopped.executionId, { principal: ALICE, reason: 'enough' });
    expect((await stopped.engine.get(stopped.executionId, { principal: ALICE }))?.approvals).toEqual([]);
    expect(await answer(stopped, { decision: 'refuse' })).toMatchObject({ code: 'NO_SUCH_APPROVAL' });
  });
});

describe('approving', () => {
  it('asks for a confirmation with the question and the parameters of the run, and answers nothing yet', async () => {
    const it = await bench();
    const outcome = await answer(it);
    expect(outcome).toMatchObject({
      outcome: 'confirmation-required',
      approval: { stepId: 'ask', message: 'Take the snapshot?' },
      parameters: PARAMETERS,
      expiresAt: 1_000_000 + CONFIRMATION_LIFETIME_MS,
    });
    expect(JSON.stringify(outcome)).not.toContain('task-token');
    expect(it.executor.answered).toEqual([]);
  });

  it('answers with the token, in the name of the caller, and only once', async () => {
    const it = await bench();
    const confirmation = { token: await tokenOf(it) };
    expect(await answer(it, { confirmation })).toMatchObject({ outcome: 'approved', bytecode: { workflow_id: NAME } });
    expect(it.executor.answered.map((one) => one.answer)).toEqual([{ approved: true, by: ALICE }]);
    expect(await answer(it, { confirmation })).toMatchObject({ outcome: 'refused', code: 'NO_SUCH_APPROVAL' });
    expect(it.executor.answered).toHaveLength(1);
    const report = await it.engine.get(it.executionId, { principal: ALICE });
    expect(report).toMatchObject({ approvals: [], steps: [{}, { status: 'SUCCEEDED' }, { status: 'RUNNING' }] });
  });

  it('needs none from a person at this very terminal', async () => {
    expect(await answer(await bench(), { confirmation: 'given' })).toMatchObject({ outcome: 'approved' });
  });

  it('refuses a token that is too old', async () => {
    const it = await bench();
    const confirmation = { token: await tokenOf(it) };
    it.time += CONFIRMATION_LIFETIME_MS;
    expect(await answer(it, { confirmation })).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_EXPIRED' });
    expect(it.executor.answered).toEqual([]);
  });

  it('refuses a token of another run, also one with the same parameters', async () => {
    const it = await bench();
    const other = await start(it.engine);
    it.executor.advance();
    const confirmation = { token: await tokenOf(it, { executionId: other }) };
    expect(await answer(it, { confirmation })).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_INVALID' });
    expect(it.executor.answered).toEqual([]);
  });

  it('lets no token for starting approve, and none for approving start', async () => {
    const it = await bench();
    const asked = await it.engine.start(NAME, undefined, PARAMETERS, { principal: ALICE });
    if (asked.outcome !== 'confirmation-required') throw new Error(asked.outcome);
    const invalid = { outcome: 'refused', code: 'CONFIRMATION_INVALID' };
    expect(await answer(it, { confirmation: { token: asked.token } })).toMatchObject(invalid);
    const confirmation = { token: await tokenOf(it) };
    expect(await it.engine.start(NAME, undefined, PARAMETERS, { principal: ALICE, confirmation })).toMatchObject(
      invalid,
    );
    expect([it.executor.answered.length, it.executor.started.length]).toEqual([0, 1]);
  });
});

describe('refusing', () => {
  it('needs no confirmation and says who and why', async () => {
    const it = await bench();
    const outcome = await answer(it, { decision: 'refuse', reason: 'too early' });
    expect(outcome).toMatchObject({ outcome: 'refused-by-person' });
    expect(await it.engine.get(it.executionId, { principal: ALICE })).toMatchObject({
      status: 'FAILED',
      error: 'Workflow.ApprovalRefused',
      cause: `refused by ${ALICE}: too early`,
    });
  });
});

it.each<[string, Partial<AnswerOptions> & Partial<ApprovalAnswer>]>([
  ['UNKNOWN_EXECUTION', { principal: MALLORY }],
  ['UNKNOWN_EXECUTION', { executionId: 'nonsense' }],
  ['ANOTHER_WORKFLOW', { workflow: 'rds_backup_simple' }],
  ['ANOTHER_WORKFLOW', { version: '0.9' }],
  ['CHECKSUM_MISMATCH', { expectedChecksum: 'sha256:0' }],
  ['NO_SUCH_APPROVAL', { step: 'create_snapshot' }],
  ['CONFIRMATION_INVALID', { confirmation: { token: 'c1.9999999999999.name.mac' } }],
])('refuses with %s', async (code, more) => {
  for (const decision of code === 'CONFIRMATION_INVALID' ? (['approve'] as const) : (['approve', 'refuse'] as const)) {
    const it = await bench();
    expect(await answer(it, { decision, ...more })).toMatchObject({ outcome: 'refused', code });
    expect(it.executor.answered).toEqual([]);
  }
});

it('does not take the question of a run for one of a workflow that has changed since', async () => {
  const executor = memoryExecutor();
  const security = { hmacKey: KEY, now: () => 0 };
  const executionId = await start(new WorkflowEngine(memoryStorage([approvalBytecode()]), security, executor));
  executor.advance();
  const engine = new WorkflowEngine(memoryStorage([approvalBytecode('Something else?')]), security, executor);
  const changed = await engine.answer(
    { executionId, step: 'ask', decision: 'refuse' },
    { principal: ALICE, confirmation: 'given' },
  );
  expect(changed).toMatchObject({ outcome: 'refused', code: 'NO_SUCH_APPROVAL' });
});

describe('what a token is bound to', () => {
  const approval = { executionId: 'e', step: 'ask', questionDigest: 'q' };
  const what: Confirmable = {
    principal: ALICE,
    name: 'w',
    version: '1.0',
    checksum: 'sha256:0',
    parametersDigest: 'p',
    approval,
  };
  const { token } = issueConfirmation(KEY, what, 'run', 0);
  const { approval: _, ...starting } = what;

  it.each<[string, Confirmable]>([
    ['caller', { ...what, principal: MALLORY }],
    ['workflow', { ...what, name: 'x' }],
    ['version', { ...what, version: '1.1' }],
    ['checksum', { ...what, checksum: 'sha256:1' }],
    ['parameters', { ...what, parametersDigest: 'q' }],
    ['execution', { ...what, approval: { ...approval, executionId: 'f' } }],
    ['step', { ...what, approval: { ...approval, step: 'sure' } }],
    ['question', { ...what, approval: { ...approval, questionDigest: 'r' } }],
    ['purpose', starting],
  ])('%s', (_name, other) => {
    expect(checkConfirmation(KEY, what, token, 1)).toEqual({ outcome: 'valid', executionName: 'run' });
    expect(checkConfirmation(KEY, other, token, 1)).toEqual({ outcome: 'does-not-fit' });
  });

  it('never both a start and an approval, whatever the words', () => {
    const text = fc.string();
    const start = fc.record({ principal: text, name: text, version: text, checksum: text, parametersDigest: text });
    const question = fc.record({ executionId: text, step: text, questionDigest: text });
    fc.assert(
      fc.property(start, question, (starts, asks) => {
        const approves = { ...starts, approval: asks };
        for (const [given, used] of [
          [starts, approves],
          [approves, starts],
        ] as const) {
          const issued = issueConfirmation(KEY, given, 'run', 0).token;
          expect(checkConfirmation(KEY, given, issued, 1).outcome).toBe('valid');
          expect(checkConfirmation(KEY, used, issued, 1).outcome).toBe('does-not-fit');
        }
      }),
    );
  });
});
