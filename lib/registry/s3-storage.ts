import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Bytecode } from '../compiler/bytecode.ts';
import { inItsPlace } from './place.ts';
import { BytecodeRefused, MAX_BYTECODE_BYTES, readBytecode } from './read-bytecode.ts';
import type { WorkflowStorage } from './workflow-storage.ts';
import { isWorkflowName, isWorkflowVersion, newestVersion } from './workflow-version.ts';

export interface S3StorageOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** What the keys begin with, `workflows/` where not given; `<prefix><name>/<version>.json` follows. */
  readonly prefix?: string;
}

interface Cached {
  readonly etag: string;
  readonly bytecode: Bytecode;
}

/** Bytecode is a few kilobytes: enough to keep a whole registry of the size that brute-force search serves. */
const MAX_CACHED = 1_000;

/**
 * Workflows in a bucket. Every load asks S3 whether the object is still the one that was checked (`If-None-Match`), so a
 * cached workflow is never older than the bucket. The role needs `s3:GetObject` and `s3:ListBucket` on the prefix.
 */
export function createS3Storage(options: S3StorageOptions): WorkflowStorage {
  const { client, bucket, prefix = 'workflows/' } = options;
  const cache = new Map<string, Cached>();

  async function keysUnder(start: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: start })) {
      for (const { Key } of page.Contents ?? []) if (Key) keys.push(Key.slice(start.length));
    }
    return keys;
  }

  async function read(name: string, version: string): Promise<Bytecode | undefined> {
    const key = `${prefix}${name}/${version}.json`;
    const known = cache.get(key);
    const answer = await fetchObject(client, bucket, key, known?.etag);
    if (answer === 'unchanged') return known?.bytecode;
    if (answer === undefined) {
      cache.delete(key);
      return undefined;
    }
    const where = `s3://${bucket}/${key}`;
    const bytecode = inItsPlace(readBytecode(await bodyOf(answer, where), where), name, version, where);
    if (cache.size >= MAX_CACHED) cache.clear();
    if (answer.ETag) cache.set(key, { etag: answer.ETag, bytecode });
    return bytecode;
  }

  async function load(name: string, version?: string): Promise<Bytecode | undefined> {
    if (!isWorkflowName(name)) return undefined;
    const wanted = version ?? newestVersion(await keysUnder(`${prefix}${name}/`));
    return wanted !== undefined && isWorkflowVersion(wanted) ? read(name, wanted) : undefined;
  }

  async function list(): Promise<readonly Bytecode[]> {
    const newest = newestOfEach(await keysUnder(prefix));
    const workflows = await inBatches([...newest], 20, ([name, version]) => read(name, version));
    return workflows.filter((workflow) => workflow !== undefined);
  }

  return { list, load };
}

/** name → newest version, sorted by name, from keys like `<name>/<version>.json`. */
function newestOfEach(keys: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string[]>();
  for (const key of [...keys].sort()) {
    const [name, file, ...rest] = key.split('/');
    if (name === undefined || file === undefined || rest.length > 0 || !isWorkflowName(name)) continue;
    files.set(name, [...(files.get(name) ?? []), file]);
  }
  const newest = new Map<string, string>();
  for (const [name, names] of files) {
    const version = newestVersion(names);
    if (version !== undefined) newest.set(name, version);
  }
  return newest;
}

async function fetchObject(
  client: S3Client,
  bucket: string,
  key: string,
  etag: string | undefined,
): Promise<GetObjectCommandOutput | 'unchanged' | undefined> {
  try {
    return await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...(etag === undefined ? {} : { IfNoneMatch: etag }) }),
    );
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    if (error.$metadata.httpStatusCode === 304 && etag !== undefined) return 'unchanged';
    if (error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function bodyOf(answer: GetObjectCommandOutput, where: string): Promise<Uint8Array> {
  if ((answer.ContentLength ?? 0) > MAX_BYTECODE_BYTES) {
    throw new BytecodeRefused('too-large', where, `${answer.ContentLength} bytes; the limit is ${MAX_BYTECODE_BYTES}`);
  }
  return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
}

async function inBatches<T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return results;
}
