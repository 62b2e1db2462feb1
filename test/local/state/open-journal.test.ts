import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { HistoryEvent } from '../../../lib/engine/execution.ts';
import type { ExecutionEnd, JournaledExecution } from '../../../lib/local/state/execution-journal.ts';
import { type OpenJournal, openJournal } from '../../../lib/local/state/open-journal.ts';

const TIME = '2026-05-04T03:02:01.000Z';
const NOW = Date.parse('2026-05-04T04:00:00.000Z');

let folder: string;
let file: string;
let problems: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'executions.jsonl');
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (maxEnded?: number): OpenJournal =>
  openJournal(file, {
    now: () => NOW,
    onProblem: (message) => problems.push(message),
    ...(maxEnded === undefined ? {} : { maxEnded }),
  });

interface Growing extends JournaledExecution {
  readonly history: HistoryEvent[];
  end: ExecutionEnd | undefined;
}

const begin = (executionName: string): Growing => ({
  workflowId: 'w',
  executionName,
  history: [
    {
      id: 1,
      previousEventId: 0,
      timestamp: TIME,
      type: 'ExecutionStarted',
      executionStartedEventDetails: { input: '{"ä":1}' },
    },
  ],
  end: undefined,
});

const enter = (execution: Growing, name: string): void => {
  const id = execution.history.length + 1;
  const event = { id, previousEventId: id - 1, timestamp: TIME, type: 'TaskStateEntered' };
  execution.history.push({ ...event, stateEnteredEventDetails: { name } });
};

const SUCCEEDED: ExecutionEnd = { status: 'SUCCEEDED', stoppedAt: TIME, output: { done: 'ö' } };

/** Writes an execution step by step: its start, two states, then its end if it has one. */
function write(journal: OpenJournal, execution: Growing, end?: ExecutionEnd): Growing {
  const changed = (): void => {
    journal.changed(execution);
    journal.flush();
  };
  changed();
  enter(execution, 'first');
  changed();
  enter(execution, 'second');
  execution.end = end;
  changed();
  return execution;
}

const kept = (journal: OpenJournal): readonly string[] =>
  [...journal.earlier()].map(({ executionName, end, history }) => `${executionName} ${end.status} ${history.length}`);

it('gives back what has ended, just as it was, however often it is opened', () => {
  const first = open();
  const execution = write(first, begin('a'), SUCCEEDED);
  first.close();
  for (let time = 0; time < 3; time += 1) {
    const again = open();
    expect([...again.earlier()]).toEqual([execution]);
    again.close();
  }
  expect(problems).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('fails what had not ended, and names its step, though nobody closed it', () => {
  const killed = open();
  write(killed, begin('a'));
  write(killed, begin('b'), SUCCEEDED);
  const journal = open();
  expect(kept(journal)).toEqual(['b SUCCEEDED 3', 'a FAILED 4']);
  const [, failed] = [...journal.earlier()];
  expect(failed?.end).toMatchObject({ error: 'Local.ServerStopped', stoppedAt: '2026-05-04T04:00:00.000Z' });
  expect(failed?.end.cause).toBe('The server stopped while the steps first, second were running');
});

it('writes by itself within moments', async () => {
  const journal = open();
  const execution = begin('a');
  journal.changed(execution);
  enter(execution, 'first');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  expect(kept(open())).toEqual(['a FAILED 3']);
});

it('leaves out a last line that was cut short, without a word', () => {
  write(open(), begin('a'));
  appendFileSync(file, '{"workflow":"w","execution":"b","eve');
  expect(kept(open())).toEqual(['a FAILED 4']);
  expect(problems).toEqual([]);
});

describe('a damaged line', () => {
  const damage = (change: (lines: string[]) => void): void => {
    const journal = open();
    write(journal, begin('a'), SUCCEEDED);
    write(journal, begin('b'), SUCCEEDED);
    const lines = readFileSync(file, 'utf8').split('\n');
    change(lines);
    writeFileSync(file, lines.join('\n'));
  };

  it.each([
    ['no JSON', '\u0000\u0000\u0000'],
    ['no object', '[]'],
    ['no line of a journal', '{"workflow":"w"}'],
    ['no events', '{"workflow":"w","execution":"a","events":[7]}'],
    ['no end', '{"workflow":"w","execution":"a","events":[],"end":{"status":"RUNNING"}}'],
  ])('of %s is told and kept apart, and costs no other execution anything', (_name, text) => {
    damage((lines) => lines.splice(2, 1, text));
    expect(kept(open())).toEqual(['b SUCCEEDED 3', 'a FAILED 3']);
    expect(problems).toEqual(['Line 3 of executions.jsonl cannot be read']);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(`${text}\n`);
    expect(kept(open())).toEqual(['b SUCCEEDED 3', 'a FAILED 3']);
    expect(problems).toHaveLength(1);
  });

  it('leaves an execution that lacks its start with what there is of it', () => {
    damage((lines) => lines.splice(0, 1));
    expect(kept(open())).toEqual(['a SUCCEEDED 2', 'b SUCCEEDED 3']);
    expect(problems).toEqual(['Line 1 of executions.jsonl events of a are missing before it']);
  });
});

it('keeps the newest that have ended, and every one that had not', () => {
  const journal = open();
  for (const name of ['a', 'b', 'c']) write(journal, begin(name), SUCCEEDED);
  for (const name of ['d', 'e']) write(journal, begin(name));
  expect(kept(open(3))).toEqual(['c SUCCEEDED 3', 'd FAILED 4', 'e FAILED 4']);
  expect(kept(open(2))).toEqual(['d FAILED 4', 'e FAILED 4']);
  expect(problems).toEqual([]);
});

it('never loses an execution whose start was written, wherever the file ends', () => {
  const journal = open();
  const executions = ['a', 'b', 'c'].map((name, index) =>
    write(journal, begin(name), index === 1 ? SUCCEEDED : undefined),
  );
  const whole = readFileSync(file);
  fc.assert(
    fc.property(fc.nat({ max: whole.byteLength }), (length) => {
      const left = whole.subarray(0, length);
      writeFileSync(file, left);
      const lines = left.toString('utf8').split('\n').slice(0, -1);
      const started = executions.filter(({ executionName }) =>
        lines.some((line) => line.includes(`"${executionName}"`)),
      );
      const names = [...open().earlier()].map(({ executionName }) => executionName);
      expect(names.sort()).toEqual(started.map(({ executionName }) => executionName));
    }),
  );
  expect(problems).toEqual([]);
  expect(existsSync(`${file}.damaged`)).toBe(false);
});
