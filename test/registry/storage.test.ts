import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { canonicalBytes } from '../../lib/compiler/checksum.ts';
import { createFileStorage } from '../../lib/registry/file-storage.ts';
import { createS3Storage } from '../../lib/registry/s3-storage.ts';
import type { WorkflowStorage } from '../../lib/registry/workflow-storage.ts';
import { compareVersions } from '../../lib/registry/workflow-version.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';

const backup = (version: string): Bytecode =>
  checkedBytecode((content) => ({ ...content, metadata: { ...content.metadata, version } }));

type Files = Readonly<Record<string, Uint8Array | string>>;

const REGISTRY: Files = {
  'rds_backup_simple/1.9.json': canonicalBytes(backup('1.9')),
  'rds_backup_simple/1.10.json': canonicalBytes(backup('1.10')),
  'rds_backup_simple/notes.txt': 'not a version',
  'rds_backup_simple/1.11.json.tmp': 'not a version either',
  'rds_inspect/1.0.json': canonicalBytes(readOnlyBytecode()),
};

/** Both storages over the same files. */
const storages: Readonly<Record<string, (files: Files) => Promise<WorkflowStorage>>> = {
  'file storage': async (files) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'registry-'));
    directories.push(directory);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
      await writeFile(path.join(directory, name), content);
    }
    return createFileStorage(directory);
  },
  's3 storage': async (files) => createS3Storage({ client: bucketOf(files).client, bucket: 'registry' }),
};

const directories: string[] = [];
afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true }))));

/** A bucket that answers as S3 does: pages of two, ETags, 304 and NoSuchKey. */
function bucketOf(files: Files) {
  const client = new S3Client({ region: 'us-east-1' });
  const mock = mockClient(client);
  const objects = new Map(Object.entries(files).map(([name, content]) => [`workflows/${name}`, Buffer.from(content)]));
  mock.on(ListObjectsV2Command).callsFake(({ Prefix, ContinuationToken }) => {
    const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
    const start = Number(ContinuationToken ?? 0);
    const more = start + 2 < keys.length;
    const Contents = keys.slice(start, start + 2).map((Key) => ({ Key }));
    return { Contents, IsTruncated: more, ...(more && { NextContinuationToken: String(start + 2) }) };
  });
  mock.on(GetObjectCommand).callsFake(({ Key, IfNoneMatch }) => {
    const content = objects.get(Key);
    if (!content) throw new NoSuchKey({ message: 'no', $metadata: { httpStatusCode: 404 } });
    const ETag = `"${content.toString('base64').slice(-40)}"`;
    if (IfNoneMatch === ETag) {
      const $metadata = { httpStatusCode: 304 };
      throw new S3ServiceException({ name: '304', $fault: 'client', $metadata, message: 'Not Modified' });
    }
    const Body = Object.assign(Readable.from([content]), {
      transformToByteArray: async () => Uint8Array.from(content),
    });
    return { Body, ETag, ContentLength: content.byteLength };
  });
  return { client, mock, objects };
}

describe.each(Object.entries(storages))('%s', (_name, open) => {
  it('lists the newest version of every workflow, sorted by name', async () => {
    const listed = await (await open(REGISTRY)).list();
    expect(listed.map(({ metadata }) => `${metadata.name} ${metadata.version}`)).toEqual([
      'rds_backup_simple 1.10',
      'rds_inspect 1.0',
    ]);
  });

  it('loads the newest version or the one that is named', async () => {
    const storage = await open(REGISTRY);
    expect((await storage.load('rds_backup_simple'))?.metadata.version).toBe('1.10');
    expect((await storage.load('rds_backup_simple', '1.9'))?.metadata.version).toBe('1.9');
  });

  it.each([
    ['no_such', undefined],
    ['rds_backup_simple', '9.9'],
    ['../rds_inspect', undefined],
    ['rds_backup_simple/../rds_inspect', '1.0'],
    ['rds_inspect', '../rds_inspect/1.0'],
    ['rds_inspect\0', '1.0'],
    ['__proto__', undefined],
    ['', undefined],
  ])('has nothing under %j %j', async (name, version) => {
    expect(await (await open(REGISTRY)).load(name, version)).toBeUndefined();
  });

  it('refuses a workflow that stands under another name or version', async () => {
    const swapped = await open({
      'harmless/1.0.json': canonicalBytes(backup('1.0')),
      'rds_backup_simple/2.0.json': canonicalBytes(backup('1.0')),
    });
    await expect(swapped.load('harmless')).rejects.toMatchObject({ name: 'BytecodeRefused', code: 'misplaced' });
    await expect(swapped.load('rds_backup_simple')).rejects.toMatchObject({ code: 'misplaced' });
    await expect(swapped.list()).rejects.toMatchObject({ code: 'misplaced' });
  });

  it('refuses a file that was changed', async () => {
    const bytes = canonicalBytes(backup('1.0'));
    const changed = Buffer.from(bytes).toString().replace('rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot');
    const storage = await open({ 'rds_backup_simple/1.0.json': changed });
    await expect(storage.load('rds_backup_simple')).rejects.toMatchObject({ code: 'wrong-checksum' });
    await expect(storage.list()).rejects.toMatchObject({ code: 'wrong-checksum' });
  });
});

describe('s3 storage', () => {
  it('asks S3 each time, and reads again only what has changed', async () => {
    const { client, mock, objects } = bucketOf(REGISTRY);
    const storage = createS3Storage({ client, bucket: 'registry' });
    const first = await storage.load('rds_inspect', '1.0');
    expect(await storage.load('rds_inspect', '1.0')).toBe(first);
    expect(mock.commandCalls(GetObjectCommand)).toHaveLength(2);
    objects.set('workflows/rds_inspect/1.0.json', Buffer.from('{}'));
    await expect(storage.load('rds_inspect', '1.0')).rejects.toMatchObject({ code: 'not-bytecode' });
    objects.delete('workflows/rds_inspect/1.0.json');
    expect(await storage.load('rds_inspect', '1.0')).toBeUndefined();
  });

  it('does not take a refusal of access for absence', async () => {
    const { client, mock } = bucketOf(REGISTRY);
    const denied = {
      name: 'AccessDenied',
      $fault: 'client',
      $metadata: { httpStatusCode: 403 },
      message: 'no',
    } as const;
    mock.on(GetObjectCommand).rejects(new S3ServiceException(denied));
    const storage = createS3Storage({ client, bucket: 'registry' });
    await expect(storage.load('rds_inspect', '1.0')).rejects.toThrow('no');
  });
});

describe('file storage', () => {
  it('says so where there is no registry at all', async () => {
    await expect(createFileStorage(path.join(tmpdir(), 'no-such-registry')).list()).rejects.toThrow('ENOENT');
  });
});

describe('compareVersions', () => {
  const version = fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('.'));

  it('is a total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('compares numbers, not text', () => {
    expect(compareVersions('1.10', '1.9')).toBeGreaterThan(0);
    expect(compareVersions('2.0', '1.99.99')).toBeGreaterThan(0);
    expect(compareVersions('1.0.1', '1.0')).toBeGreaterThan(0);
  });
});
