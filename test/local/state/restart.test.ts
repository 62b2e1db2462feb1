import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionNameTaken, type StartRequest, type WorkflowExecutor } from '../../../lib/engine/execution.ts';
import { createSimulatedAccount } from '../../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../../lib/local/clock.ts';
import { createLocalExecutor } from '../../../lib/local/local-executor.ts';
import type { ExecutionJournal } from '../../../lib/local/state/execution-journal.ts';
import { openJournal } from '../../../lib/local/state/open-journal.ts';
import { sampleBytecode } from '../../support/bytecode.ts';
import { catalog } from '../../support/compile.ts';

const WAIT = { QueryLanguage: 'JSONata', StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: 60, End: true } } };
const request = (executionName: string, input = {}): StartRequest => ({
  bytecode: sampleBytecode({ name: 'waiter' }),
  executionName,
  input,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'restart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const journalIn = (file: string): ExecutionJournal =>
  openJournal(file, {
    now: () => Date.parse('2026-06-01T00:00:00.000Z'),
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });

/** A process of its own, as far as the executor is concerned. */
function open(journal: ExecutionJournal): { executor: WorkflowExecutor; advance: (ms: number) => Promise<void> } {
  const clock = createVirtualClock('2026-05-04T03:02:01.000Z', { automatic: false });
  const account = createSimulatedAccount({ catalog: catalog(), clock });
  const policyOf = () => ({ Statement: [] });
  const executor = createLocalExecutor({ account, clock, journal, policyOf, definitionOf: () => WAIT });
  return { executor, advance: clock.advance };
}

it('finds every execution again, as it was told last', async () => {
  const file = join(folder, 'executions.jsonl');
  const first = open(journalIn(file));
  await first.executor.start(request('done', { n: 1 }));
  await first.advance(60_000);
  await first.executor.start(request('stopped'));
  await first.executor.stop('waiter', 'stopped', 'by ann');
  await first.executor.start(request('running'));
  const known = await Promise.all(['done', 'stopped'].map((name) => first.executor.get('waiter', name)));
  expect(known.map((execution) => execution?.status)).toEqual(['SUCCEEDED', 'ABORTED']);

  const { executor } = open(journalIn(file));
  expect(await Promise.all(['done', 'stopped'].map((name) => executor.get('waiter', name)))).toEqual(known);
  expect(await executor.get('waiter', 'running')).toMatchObject({
    status: 'FAILED',
    error: 'Local.ServerStopped',
    cause: 'The server stopped while the execution was between its steps',
    startedAt: '2026-05-04T03:03:01.000Z',
    stoppedAt: '2026-06-01T00:00:00.000Z',
  });
  await executor.start(request('done', { n: 1 }));
  await expect(executor.start(request('done', { n: 2 }))).rejects.toThrow(ExecutionNameTaken);
  expect(await executor.get('waiter', 'done')).toEqual(known[0]);
});

it('has written what it tells', async () => {
  const file = join(folder, 'executions.jsonl');
  const { executor, advance } = open(journalIn(file));
  await executor.start(request('a'));
  expect(readFileSync(file, 'utf8')).toContain('"ExecutionStarted"');
  await advance(60_000);
  expect((await executor.get('waiter', 'a'))?.status).toBe('SUCCEEDED');
  expect(readFileSync(file, 'utf8')).toContain('"status":"SUCCEEDED"');
});

it('does not run what cannot be written', async () => {
  const journal = journalIn(join(folder, 'executions.jsonl'));
  let full = true;
  const { executor, advance } = open({
    ...journal,
    flush() {
      if (full) throw new Error('ENOSPC');
      journal.flush();
    },
  });
  await expect(executor.start(request('a'))).rejects.toThrow('ENOSPC');
  full = false;
  await advance(60_000);
  expect(await executor.get('waiter', 'a')).toMatchObject({ status: 'ABORTED', error: 'Local.NotWritten' });
});

it('reads a journal in which nothing stands', () => {
  const file = join(folder, 'executions.jsonl');
  writeFileSync(file, '');
  expect([...journalIn(file).earlier()]).toEqual([]);
});
