import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { createFileStorage } from '../../lib/registry/file-storage.ts';
import { createS3Storage } from '../../lib/registry/s3-storage.ts';
import { compareVersions } from '../../lib/registry/workflow-version.ts';
import { BUCKET, type S3Server, startS3Server } from '../support/s3-server.ts';
import { type Files, REGISTRY, storageContract } from './storage-contract.ts';

const cleaning: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(cleaning.map((clean) => clean())));

storageContract('file storage', async (files) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'registry-'));
  cleaning.push(() => rm(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), content);
  }
  return createFileStorage(directory);
});

async function bucketOf(files: Files): Promise<S3Server> {
  const keys = Object.entries(files).map(([name, content]) => [`workflows/${name}`, content]);
  const server = await startS3Server(Object.fromEntries(keys) as Files);
  cleaning.push(server.close);
  return server;
}

storageContract('s3 storage', async (files) =>
  createS3Storage({ client: (await bucketOf(files)).client, bucket: BUCKET }),
);

describe('s3 storage', () => {
  it('asks S3 each time, and reads again only what has changed', async () => {
    const { client, objects, answers } = await bucketOf(REGISTRY);
    const storage = createS3Storage({ client, bucket: BUCKET });
    const first = await storage.load('rds_inspect', '1.0');
    expect(await storage.load('rds_inspect', '1.0')).toBe(first);
    expect(answers).toEqual([200, 304]);
    objects.set('workflows/rds_inspect/1.0.json', Buffer.from('{}'));
    await expect(storage.load('rds_inspect', '1.0')).rejects.toMatchObject({ code: 'not-bytecode' });
    objects.delete('workflows/rds_inspect/1.0.json');
    expect(await storage.load('rds_inspect', '1.0')).toBeUndefined();
    expect(answers).toEqual([200, 304, 200, 404]);
  });

  it('does not take a refusal of access for absence', async () => {
    const { client, deny } = await bucketOf(REGISTRY);
    deny();
    const storage = createS3Storage({ client, bucket: BUCKET });
    await expect(storage.load('rds_inspect', '1.0')).rejects.toMatchObject({ name: 'AccessDenied' });
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
