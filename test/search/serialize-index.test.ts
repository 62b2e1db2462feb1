import { buildIndex, type SearchIndex } from '../../lib/search/build-index.ts';
import { deserializeIndex, serializeIndex } from '../../lib/search/serialize-index.ts';
import { sampleBytecode } from '../support/bytecode.ts';
import { miniLm } from '../support/minilm.ts';

const BYTECODES = [
  sampleBytecode({ name: 'rds_backup_simple', description: 'Create RDS snapshot', services: ['rds'], tags: ['rds'] }),
  sampleBytecode({ name: 'constructor', description: '__proto__ and toString', useCases: ['do it'] }),
];

describe('serializeIndex', () => {
  let index: SearchIndex;

  beforeAll(async () => {
    index = await buildIndex(BYTECODES, await miniLm());
  });

  /** The index with some members of its file replaced. */
  const altered = (change: (file: Record<string, unknown>) => object) => {
    const file = JSON.parse(Buffer.from(serializeIndex(index)).toString()) as Record<string, unknown>;
    return Buffer.from(JSON.stringify({ ...file, ...change(file) }));
  };

  it('gives back the same index', () => {
    expect(deserializeIndex(serializeIndex(index))).toEqual(index);
  });

  it('tells the catalog that the workflows were compiled against, where it is known', async () => {
    const told = await buildIndex(BYTECODES, await miniLm(), 'sha256:c');
    expect(deserializeIndex(serializeIndex(told)).catalogDigest).toBe('sha256:c');
    expect(JSON.parse(Buffer.from(serializeIndex(index)).toString())).not.toHaveProperty('catalog_digest');
  });

  it('gives the same bytes whatever order the workflows came in', async () => {
    const reversed = await buildIndex([...BYTECODES].reverse(), await miniLm());
    expect(serializeIndex(reversed)).toEqual(serializeIndex(index));
  });

  it('holds an empty registry', async () => {
    const empty = await buildIndex([], await miniLm());
    expect(deserializeIndex(serializeIndex(empty))).toEqual(empty);
  });

  it.each<[string, (file: Record<string, unknown>) => object, RegExp]>([
    ['another format', () => ({ format: 'x' }), /its format is not/],
    ['another version', () => ({ version: '1' }), /it has version 1/],
    ['no model', () => ({ model: {} }), /names no model/],
    ['other dimensions', (file) => ({ model: { ...(file.model as object), dimensions: 383 } }), /one vector per/],
    ['a cut vector', (file) => ({ vectors: (file.vectors as string).slice(8) }), /one vector per/],
    ['a missing workflow', (file) => ({ entries: (file.entries as unknown[]).slice(1) }), /one vector per/],
    ['no offers', () => ({ offers: 1 }), /tells not what/],
    ['a missing offer', (file) => ({ offers: (file.offers as unknown[]).slice(1) }), /what each workflow offers/],
    ['a strange catalog', () => ({ catalog_digest: 1 }), /names no catalog/],
    ['a posting out of range', () => ({ postings: [['a', [[2, 1]]]] }), /"a" stands in a workflow that is not there/],
  ])('refuses a file with %s', (_what, change, message) => {
    expect(() => deserializeIndex(altered(change))).toThrow(message);
  });

  it.each(['', '{', 'null', '[]'])('refuses %j', (text) => {
    expect(() => deserializeIndex(Buffer.from(text))).toThrow(/cannot be read/);
  });
});
