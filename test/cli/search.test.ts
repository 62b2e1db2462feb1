import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/terminal.ts';

const WORKFLOWS = [
  { id: 'w1', name: 'rds_backup', description: 'Create a snapshot of a database', tags: ['rds', 'backup'] },
  { name: 's3_empty_bucket', description: 'Delete every object of a bucket', tags: ['s3'], use_cases: ['tidy up'] },
];
const QUERIES = [
  { id: 'q1', query: 'back up my database', relevant: ['w1'] },
  { id: 'q2', query: 'wipe the bucket', relevant: ['s3_empty_bucket'] },
  { id: 'q3', query: 'wipe the bucket', relevant: ['w1'] },
  { id: 'q4', query: 'play some music', relevant: [] },
  { id: 'q5', query: 'back up my database' },
];

describe('workflow search', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'corpus-'));
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  const file = (content: unknown) => {
    const path = join(directory, 'cases.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const evaluate = (content: unknown) => {
    const path = file(content);
    return runCommand('search', '--corpus', path, '--queries', path, '--json');
  };

  it('evaluates a corpus, both in one file', async () => {
    const { exitCode, out, err } = await evaluate({ workflows: WORKFLOWS, queries: QUERIES });
    expect([exitCode, err]).toEqual([0, '']);
    const answer = JSON.parse(out);
    expect(Object.keys(answer)).toEqual(['r1', 'r5', 'mrr10', 'results']);
    expect(answer.r1).toBeCloseTo(2 / 3, 10);
    expect(answer.results.map(({ id }: { id: string }) => id)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
    expect(answer.results[0].matches[0]).toEqual({ id: 'w1', score: expect.any(Number), confidence: 'high' });
    expect(answer.results[3]).toEqual({ id: 'q4', matches: [] });
    expect(answer.results[4].matches).toEqual(answer.results[0].matches);
  });

  it('has no shares where no query has an answer', async () => {
    const { out } = await evaluate({ workflows: [], queries: [{ id: 'a', query: 'b' }] });
    expect(JSON.parse(out)).toEqual({ r1: null, r5: null, mrr10: null, results: [{ id: 'a', matches: [] }] });
  });

  it.each([
    ['{', /it is not JSON: /],
    ['[]', /it has to be an object with a list "workflows"$/],
    [{ workflows: [7] }, /workflows\[0\]: it has to be an object$/],
    [{ workflows: [{ description: '' }] }, /workflows\[0\]\.name: it is missing$/],
    [{ workflows: [{ name: 'a', description: 1 }] }, /workflows\[0\]\.description: it has to be a string$/],
    [{ workflows: [{ name: 'a', description: '', tags: 'x' }] }, /\.tags: it has to be a list of strings$/],
    [{ workflows: [...WORKFLOWS, WORKFLOWS[0]] }, /workflows\[2\]\.id: "w1" is the id of workflows\[0\] too$/],
    [{ workflows: WORKFLOWS }, /it has to be an object with a list "queries"$/],
    [{ workflows: WORKFLOWS, queries: [{ id: 'a' }] }, /queries\[0\]\.query: it is missing$/],
    [
      { workflows: WORKFLOWS, queries: [{ id: 'a', query: 'b', relevant: ['rds_backup'] }] },
      /queries\[0\]\.relevant: no workflow of the corpus is called "rds_backup"$/,
    ],
  ])('refuses %j and says where it is wrong', async (content, message) => {
    const { exitCode, out, err } = await evaluate(content);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err.startsWith(join(directory, 'cases.json'))).toBe(true);
  });

  it('names a file that is not there', async () => {
    const { exitCode, err } = await runCommand('search', '--corpus', '/none.json', '--queries', '/none.json');
    expect([exitCode, err]).toEqual([2, '/none.json: there is no such file']);
  });

  it.each([[], ['words', '--corpus', 'a', '--queries', 'b'], ['--corpus', 'a'], ['words', '--tier', 'gold']])(
    'refuses the command line %j %j %j %j %j',
    async (...args) => {
      expect((await runCommand('search', ...args)).exitCode).toBe(2);
    },
  );

  it('searches the registry, and says why', async () => {
    const { exitCode, out } = await runCommand('search', 'back up my RDS database', '--json', '--tier', 'community');
    expect(exitCode).toBe(0);
    const { matches } = JSON.parse(out);
    expect(matches).toMatchObject([{ name: 'rds_backup_simple', tier: 'community' }]);
    expect(matches[0].why).toContain('service asked for: rds');
  });
});
