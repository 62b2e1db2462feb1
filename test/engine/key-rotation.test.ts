import type { WorkflowExecutor } from '../../lib/engine/execution.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';
import { memoryExecutor } from '../support/memory-executor.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const [ALICE, MALLORY] = [{ principal: 'alice' }, { principal: 'mallory' }];
const PARAMETERS = { instance_id: 'demo-database' };

function engineWith(executor: WorkflowExecutor, hmacKey: Uint8Array, earlierKeys: readonly Uint8Array[] = []) {
  const storage = memoryStorage([checkedBytecode(), readOnlyBytecode()]);
  return new WorkflowEngine(storage, { hmacKey, earlierKeys, now: () => 0 }, executor);
}

async function startedWith(engine: WorkflowEngine): Promise<string> {
  const outcome = await engine.start('rds_inspect', undefined, PARAMETERS, ALICE);
  if (outcome.outcome !== 'started') throw new Error(outcome.outcome);
  return outcome.executionId;
}

describe('a key that is replaced', () => {
  it('leaves executions with who started them, and with nobody else', async () => {
    const executor = memoryExecutor();
    const id = await startedWith(engineWith(executor, OLD));
    const engine = engineWith(executor, NEW, [OLD]);
    expect(await engine.get(id, ALICE)).toMatchObject({ executionId: id, status: 'RUNNING' });
    expect(await engine.get(id, MALLORY)).toBeUndefined();
    expect(await engine.cancel(id, { ...ALICE, reason: 'enough' })).toMatchObject({ outcome: 'stopped' });
  });

  it('is worth nothing any more once it is forgotten', async () => {
    const executor = memoryExecutor();
    const id = await startedWith(engineWith(executor, OLD));
    expect(await engineWith(executor, NEW).get(id, ALICE)).toBeUndefined();
  });

  it('makes nothing new', async () => {
    const executor = memoryExecutor();
    const id = await startedWith(engineWith(executor, NEW, [OLD]));
    expect(await engineWith(executor, NEW).get(id, ALICE)).toBeDefined();
    expect(await engineWith(executor, OLD).get(id, ALICE)).toBeUndefined();
  });

  it.each([{}, { idempotencyKey: 'nightly-2026-01-01' }])('lets what was agreed to start, once: %j', async (key) => {
    const executor = memoryExecutor();
    const options = { ...ALICE, ...key };
    const asked = await engineWith(executor, OLD).start('rds_backup_simple', undefined, PARAMETERS, options);
    if (asked.outcome !== 'confirmation-required') throw new Error(asked.outcome);
    const confirmed = { ...options, confirmation: { token: asked.token } };
    const engine = engineWith(executor, NEW, [OLD]);
    const first = await engine.start('rds_backup_simple', undefined, PARAMETERS, confirmed);
    expect(first.outcome).toBe('started');
    expect(await engine.start('rds_backup_simple', undefined, PARAMETERS, confirmed)).toEqual(first);
    expect(executor.started).toHaveLength(1);
    const stolen = { ...confirmed, ...MALLORY };
    expect(await engine.start('rds_backup_simple', undefined, PARAMETERS, stolen)).toMatchObject({
      code: 'CONFIRMATION_INVALID',
    });
  });

  it('must be long enough as well', () => {
    expect(() => engineWith(memoryExecutor(), NEW, [new Uint8Array(31)])).toThrow('31 bytes; it needs 32');
  });
});

describe("an id that is not the caller's", () => {
  it('is turned away before anything is looked up, whatever is wrong with it', async () => {
    const executor = memoryExecutor();
    const id = await startedWith(engineWith(executor, OLD));
    const touched: string[] = [];
    const watched = new Proxy(executor, {
      get: (target, name) => {
        touched.push(String(name));
        return Reflect.get(target, name);
      },
    });
    const engine = engineWith(watched, OLD);
    const arn = 'arn:aws:states:us-east-1:123456789012:execution:wf-rds_inspect:x';
    const [content = '', mac = ''] = id.split('.');
    const wrong = [id, `${content}.${mac.toLowerCase()}`, `${content}.`, `.${mac}`, arn, 'nonsense', 'x'.repeat(512)];
    for (const tried of wrong) {
      expect(await engine.get(tried, MALLORY)).toBeUndefined();
      expect(await engine.cancel(tried, { ...MALLORY, reason: '' })).toEqual({ outcome: 'unknown' });
      const answer = { executionId: tried, step: 'ask', decision: 'refuse' } as const;
      expect(await engine.answer(answer, MALLORY)).toMatchObject({ code: 'UNKNOWN_EXECUTION' });
    }
    expect(touched).toEqual([]);
    expect(await engine.get(id, ALICE)).toBeDefined();
    expect(touched).toContain('get');
  });
});
