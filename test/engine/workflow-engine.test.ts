import fc from 'fast-check';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { CONFIRMATION_LIFETIME_MS } from '../../lib/engine/confirmation.ts';
import { TooManyExecutions } from '../../lib/engine/execution.ts';
import type { StartOptions, StartOutcome } from '../../lib/engine/start-outcome.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';
import { type MemoryExecutor, type MemoryExecutorOptions, memoryExecutor } from '../support/memory-executor.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const KEY = new Uint8Array(32).fill(7);
const ALICE = 'arn:aws:iam::123456789012:user/alice';
const MALLORY = 'arn:aws:iam::123456789012:user/mallory';
const PARAMETERS = { instance_id: 'demo-database' };

interface Bench {
  readonly engine: WorkflowEngine;
  readonly executor: MemoryExecutor;
  time: number;
}

function bench(
  workflows: readonly Bytecode[] = [checkedBytecode(), readOnlyBytecode()],
  options?: MemoryExecutorOptions,
): Bench {
  const executor = memoryExecutor(options);
  let count = 0;
  const it: Bench = {
    time: 1_000_000,
    executor,
    engine: new WorkflowEngine(
      memoryStorage(workflows),
      {
        hmacKey: KEY,
        now: () => it.time,
        randomBytes: (size) => {
          count += 1;
          return new Uint8Array(size).fill(count);
        },
      },
      executor,
    ),
  };
  return it;
}

async function tokenOf(
  { engine }: Bench,
  parameters: unknown = PARAMETERS,
  options: Partial<StartOptions> = {},
): Promise<string> {
  const outcome = await engine.start('rds_backup_simple', undefined, parameters, { principal: ALICE, ...options });
  if (outcome.outcome !== 'confirmation-required') throw new Error(`No confirmation was asked for: ${outcome.outcome}`);
  return outcome.token;
}

function confirm(
  { engine }: Bench,
  token: string,
  parameters: unknown = PARAMETERS,
  principal = ALICE,
): Promise<StartOutcome> {
  return engine.start('rds_backup_simple', undefined, parameters, { principal, confirmation: { token } });
}

async function startedId(it: Bench, principal = ALICE): Promise<string> {
  const outcome = await it.engine.start('rds_backup_simple', undefined, PARAMETERS, {
    principal,
    confirmation: 'given',
  });
  if (outcome.outcome !== 'started') throw new Error(outcome.outcome);
  return outcome.executionId;
}

describe('starting', () => {
  it('starts a workflow that only reads at once', async () => {
    const it = bench();
    const outcome = await it.engine.start('rds_inspect', undefined, PARAMETERS, { principal: ALICE });
    expect(outcome.outcome).toBe('started');
    expect(it.executor.started).toHaveLength(1);
    expect(it.executor.started[0]).toMatch(/^[A-Za-z0-9_-]{16}-[A-Za-z0-9_-]{22}$/);
  });

  it('asks for confirmation where the plan writes, whatever its summary says', async () => {
    const lying = checkedBytecode((content) => ({ ...content, security: { ...content.security, effect: 'read' } }));
    const outcome = await bench([lying]).engine.start('rds_backup_simple', undefined, PARAMETERS, { principal: ALICE });
    expect(outcome.outcome).toBe('confirmation-required');
  });

  it.each<[string, Parameters<WorkflowEngine['start']>]>([
    ['UNKNOWN_WORKFLOW', ['nothing', undefined, {}, { principal: ALICE }]],
    [
      'UNKNOWN_WORKFLOW',
      ['arn:aws:states:us-east-1:123456789012:stateMachine:wf-x', undefined, {}, { principal: ALICE }],
    ],
    ['VERSION_NOT_RUNNABLE', ['rds_backup_simple', '0.9', PARAMETERS, { principal: ALICE }]],
    ['CHECKSUM_MISMATCH', ['rds_backup_simple', '1.0', PARAMETERS, { principal: ALICE, expectedChecksum: 'sha256:0' }]],
    ['INVALID_PARAMETERS', ['rds_backup_simple', '1.0', { instance_id: '../../etc/passwd' }, { principal: ALICE }]],
  ])('refuses with %s', async (code, args) => {
    const it = bench();
    expect(await it.engine.start(...args)).toMatchObject({ outcome: 'refused', code });
    expect(it.executor.started).toEqual([]);
  });

  it('starts once for one idempotency key, and refuses the key for other parameters', async () => {
    const it = bench();
    const options = { principal: ALICE, idempotencyKey: 'nightly-2026-01-01' };
    const first = await it.engine.start('rds_inspect', undefined, PARAMETERS, options);
    expect(await it.engine.start('rds_inspect', undefined, PARAMETERS, options)).toEqual(first);
    expect(it.executor.started).toHaveLength(1);
    const other = await it.engine.start('rds_inspect', undefined, { instance_id: 'other' }, options);
    expect(other).toMatchObject({ outcome: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' });
    await it.engine.start('rds_inspect', undefined, PARAMETERS, { ...options, principal: MALLORY });
    expect(it.executor.started).toHaveLength(2);
  });

  it('says so where as many executions run as may', async () => {
    const { executor } = bench();
    const start = async () => {
      throw new TooManyExecutions('10000 executions run already');
    };
    const security = { hmacKey: KEY, now: () => 0 };
    const engine = new WorkflowEngine(memoryStorage([readOnlyBytecode()]), security, { ...executor, start });
    expect(await engine.start('rds_inspect', undefined, PARAMETERS, { principal: ALICE })).toMatchObject({
      outcome: 'refused',
      code: 'TOO_MANY_EXECUTIONS',
      hint: 'Wait until one of them has ended, or stop one with cancel_execution',
    });
  });

  it('needs a caller and a key that is long enough', async () => {
    await expect(bench().engine.start('rds_inspect', undefined, PARAMETERS, { principal: '' })).rejects.toThrow(
      'who calls',
    );
    const security = { hmacKey: new Uint8Array(31), now: () => 0 };
    expect(() => new WorkflowEngine(memoryStorage([]), security, memoryExecutor())).toThrow('32');
  });
});

describe('confirmation', () => {
  it('starts with a token, and only once however often it is used', async () => {
    const it = bench();
    const token = await tokenOf(it);
    const first = await confirm(it, token);
    expect(first).toMatchObject({ outcome: 'started' });
    expect(await confirm(it, token)).toEqual(first);
    expect(it.executor.started).toHaveLength(1);
  });

  it('refuses a token that is too old', async () => {
    const it = bench();
    const token = await tokenOf(it);
    it.time += CONFIRMATION_LIFETIME_MS - 1;
    expect(await confirm(it, token)).toMatchObject({ outcome: 'started' });
    it.time += 1;
    expect(await confirm(it, token)).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_EXPIRED' });
  });

  it('refuses a token for other parameters, another caller or a changed workflow', async () => {
    const it = bench();
    const token = await tokenOf(it);
    const refused = { outcome: 'refused', code: 'CONFIRMATION_INVALID' };
    expect(await confirm(it, token, { instance_id: 'production' })).toMatchObject(refused);
    expect(await confirm(it, token, PARAMETERS, MALLORY)).toMatchObject(refused);
    const changed = checkedBytecode((content) => ({
      ...content,
      metadata: { ...content.metadata, author: 'someone' },
    }));
    expect(await confirm(bench([changed]), token)).toMatchObject(refused);
    expect(it.executor.started).toEqual([]);
  });

  it('refuses a token with any one character changed', async () => {
    const it = bench();
    const token = await tokenOf(it);
    const position = fc.nat({ max: token.length - 1 });
    await fc.assert(
      fc.asyncProperty(position, fc.constantFrom(...'09azAZ-_.= '), async (at, character) => {
        fc.pre(token[at] !== character);
        const outcome = await confirm(it, `${token.slice(0, at)}${character}${token.slice(at + 1)}`);
        expect(outcome).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_INVALID' });
      }),
    );
    expect(it.executor.started).toEqual([]);
  });

  it('keeps the idempotency key across the confirmation', async () => {
    const it = bench();
    const key = { idempotencyKey: 'nightly-2026-01-01' };
    const [first, second] = [await tokenOf(it, PARAMETERS, key), await tokenOf(it, PARAMETERS, key)];
    it.time += 5;
    await confirm(it, first);
    await confirm(it, second);
    expect(it.executor.started).toHaveLength(1);
    const options = { principal: ALICE, confirmation: { token: first }, idempotencyKey: 'another-key' };
    const outcome = await it.engine.start('rds_backup_simple', undefined, PARAMETERS, options);
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'CONFIRMATION_INVALID' });
  });
});

describe('handles', () => {
  it('follow one execution from start to end', async () => {
    const it = bench();
    const id = await startedId(it);
    const first = await it.engine.get(id, { principal: ALICE });
    expect(first).toMatchObject({ status: 'RUNNING', workflow: { name: 'rds_backup_simple', version: '1.0' } });
    expect(first?.steps.map(({ status }) => status)).toEqual(['RUNNING', 'PENDING']);
    it.executor.advance();
    it.executor.advance();
    const last = await it.engine.get(id, { principal: ALICE });
    expect(last).toMatchObject({ status: 'SUCCEEDED', output: { done: true } });
    expect(last).not.toHaveProperty('history');
  });

  it('are worth nothing to anyone else, and look like ids that never were', async () => {
    const it = bench();
    const id = await startedId(it);
    expect(await it.engine.get(id, { principal: MALLORY })).toBeUndefined();
    expect(await it.engine.cancel(id, { principal: MALLORY, reason: '' })).toEqual({ outcome: 'unknown' });
    expect(await it.engine.get(id, { principal: ALICE })).toMatchObject({ status: 'RUNNING' });
  });

  it.each([
    'arn:aws:states:us-east-1:123456789012:execution:wf-rds_backup_simple:name',
    '',
    '.',
    'a.b.c',
    'x'.repeat(1_000),
  ])('are not %j', async (id) => {
    expect(await bench().engine.get(id, { principal: ALICE })).toBeUndefined();
  });

  it('cannot be changed', async () => {
    const it = bench();
    const id = await startedId(it);
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= ';
    for (let at = 0; at < id.length; at += 1) {
      for (const character of characters.replace(id[at] ?? '', '')) {
        const changed = `${id.slice(0, at)}${character}${id.slice(at + 1)}`;
        expect(await it.engine.get(changed, { principal: ALICE })).toBeUndefined();
      }
    }
  });

  it('stop an execution, once', async () => {
    const it = bench();
    const id = await startedId(it);
    const stopped = { outcome: 'stopped', workflow: { name: 'rds_backup_simple', version: '1.0' } };
    expect(await it.engine.cancel(id, { principal: ALICE, reason: 'changed my mind' })).toEqual(stopped);
    expect(await it.engine.cancel(id, { principal: ALICE, reason: 'again' })).toEqual(stopped);
    const report = await it.engine.get(id, { principal: ALICE });
    expect(report).toMatchObject({ status: 'ABORTED', cause: 'changed my mind' });
    expect(report?.steps.map(({ status }) => status)).toEqual(['FAILED', 'SKIPPED']);
  });
});
