import { buildIndex } from '../../lib/search/build-index.ts';
import { createSearch } from '../../lib/search/search-index.ts';
import type { SearchQuery, WorkflowSearch } from '../../lib/search/workflow-search.ts';
import { type SampleBytecode, sampleBytecode } from '../support/bytecode.ts';
import { miniLm } from '../support/minilm.ts';

const RDS_BACKUP: SampleBytecode = {
  name: 'rds_backup_simple',
  description: 'Create RDS snapshot with basic validation',
  summary: 'Describes a DB instance, then creates a snapshot.',
  services: ['rds'],
  parameters: [
    { name: 'instance_id', type: 'string', required: true },
    { name: 'note', type: 'string', required: false },
  ],
};
const REGISTRY: readonly SampleBytecode[] = [
  RDS_BACKUP,
  { name: 'rds_list_snapshots', description: 'List the snapshots of a database', services: ['rds'], effect: 'read' },
  { name: 'rds_stop_instance', description: 'Stop a database instance to save money', services: ['rds'] },
  { name: 's3_block_public_access', description: 'Block public access to a bucket', services: ['s3'] },
  { name: 'lambda_rollback', description: 'Point the alias at the previous version', services: ['lambda'] },
  { name: 'sqs_redrive', description: 'Move messages back from the dead-letter queue', services: ['sqs'] },
];

async function openSearch(samples: readonly SampleBytecode[]): Promise<WorkflowSearch> {
  const embedder = await miniLm();
  return createSearch(await buildIndex(samples.map(sampleBytecode), embedder), embedder);
}

describe('createSearch', () => {
  let search: WorkflowSearch;

  beforeAll(async () => {
    search = await openSearch(REGISTRY);
  });

  const names = async (query: string, rest: Partial<SearchQuery> = {}) =>
    (await search.suggest({ query, limit: 5, ...rest })).matches.map(({ name }) => name);

  it('finds the backup of a database in plain words, with confidence', async () => {
    const { matches } = await search.suggest({ query: 'I need to backup my RDS database', limit: 5 });
    expect(matches[0]).toEqual({
      name: 'rds_backup_simple',
      version: '1.0',
      summary: 'Describes a DB instance, then creates a snapshot.',
      score: expect.any(Number),
      confidence: 'high',
      why: [
        'words: backup, rds',
        'words of like meaning: database',
        expect.stringMatching(/^meaning 0\.\d\d$/),
        'service asked for: rds',
        'does what is asked: backup',
      ],
      tier: 'community',
      effect: 'write',
      services: ['rds'],
      requiredParameters: ['instance_id'],
    });
  });

  it('finds it with the same confidence where it is the only workflow', async () => {
    const alone = await openSearch([RDS_BACKUP]);
    const { matches } = await alone.suggest({ query: 'I need to backup my RDS database', limit: 5 });
    expect(matches).toMatchObject([{ name: 'rds_backup_simple', confidence: 'high' }]);
  });

  it.each([
    ['close the bucket to the internet', 's3_block_public_access'],
    ['revert my function to the version before', 'lambda_rollback'],
    ['shut down postgres over night', 'rds_stop_instance'],
    ['retry messages in the DLQ', 'sqs_redrive'],
  ])('finds for "%s" %s', async (query, expected) => {
    expect((await names(query))[0]).toBe(expected);
  });

  it.each(['play some jazz music', 'what is the capital of France', 'hello', '', '   ', '¿?', '42'])(
    'gives nothing for "%s"',
    async (query) => {
      expect(await names(query)).toEqual([]);
    },
  );

  it('keeps to the service, to what only reads, and to the limit', async () => {
    expect(await names('database snapshot', { service: 'S3' })).not.toContain('rds_backup_simple');
    expect(await names('database snapshot', { service: 'rds', readOnly: true })).toEqual(['rds_list_snapshots']);
    expect(await names('database snapshot', { readOnly: false, limit: 1 })).toHaveLength(1);
  });

  it('keeps to a tier', async () => {
    const tiers = await openSearch([RDS_BACKUP, { ...RDS_BACKUP, name: 'rds_backup_verified', tier: 'verified' }]);
    const found = await tiers.suggest({ query: 'rds backup', limit: 5, tier: 'verified' });
    expect(found.matches.map(({ name }) => name)).toEqual(['rds_backup_verified']);
  });

  it.each(['delete a GCS bucket', 'back up the database in Azure', 'block public access to a SageMaker notebook'])(
    'is never sure of "%s", and says why',
    async (query) => {
      const { matches } = await search.suggest({ query, limit: 5 });
      expect(matches.every(({ confidence, why }) => confidence === 'low' && why.at(-1)?.endsWith('else'))).toBe(true);
    },
  );

  it('tells what is to be done from what it is to be done with', async () => {
    const opposites = await openSearch([
      { name: 'bucket_create', description: 'Create a bucket', tags: ['s3'] },
      { name: 'bucket_delete', description: 'Delete a bucket', tags: ['s3'] },
    ]);
    for (const [query, expected] of [
      ['get rid of the bucket', 'bucket_delete'],
      ['set up a bucket', 'bucket_create'],
    ] as const) {
      expect((await opposites.suggest({ query, limit: 1 })).matches[0]?.name).toBe(expected);
    }
  });

  it('says nothing in "why" but generated words and those of the query', async () => {
    const { matches } = await search.suggest({ query: `backup ${'x'.repeat(500)} rds`, limit: 5 });
    expect(matches.flatMap(({ why }) => why).every((reason) => reason.length < 120)).toBe(true);
  });

  it('orders by score, ties by name', async () => {
    const twins = await openSearch(['rds_backup', 'rds-backup'].map((name) => ({ ...RDS_BACKUP, name })));
    const { matches } = await twins.suggest({ query: 'rds backup', limit: 10 });
    expect(matches.map(({ name }) => name)).toEqual(['rds-backup', 'rds_backup']);
    expect(matches[0]?.score).toBe(matches[1]?.score);

    const { matches: mixed } = await search.suggest({ query: 'database', limit: 10 });
    const scores = mixed.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score >= 0.2 && score <= 1)).toBe(true);
  });

  it('finds by use_cases too', async () => {
    const withCases = await openSearch([
      ...REGISTRY,
      { name: 'x_one', description: 'Calls an operation', useCases: ['quarterly ledger reconciliation'] },
    ]);
    const { matches } = await withCases.suggest({ query: 'ledger reconciliation', limit: 1 });
    expect(matches[0]?.name).toBe('x_one');
  });

  it('takes a query of any length', async () => {
    expect((await names(`backup my RDS database ${'now '.repeat(100_000)}`))[0]).toBe('rds_backup_simple');
  });

  it('gives nothing for an empty registry', async () => {
    expect((await (await openSearch([])).suggest({ query: 'backup', limit: 5 })).matches).toEqual([]);
  });

  it('tells which registry it searched', async () => {
    const digest = async (samples: readonly SampleBytecode[]) =>
      (await (await openSearch(samples)).suggest({ query: 'a', limit: 1 })).registryDigest;
    expect(await digest(REGISTRY)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digest([...REGISTRY].reverse())).toBe(await digest(REGISTRY));
    expect(await digest([{ ...RDS_BACKUP, version: '1.1' }])).not.toBe(await digest([RDS_BACKUP]));
  });

  it('refuses an index that another model made', async () => {
    const embedder = await miniLm();
    const index = await buildIndex([], embedder);
    const other = { ...embedder, modelSha256: '0'.repeat(64) };
    expect(() => createSearch(index, other)).toThrow(/made with .* but the model loaded is .* Build the index again/);
  });
});
