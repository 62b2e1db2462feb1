/** A compiled workflow as it goes into the registry. */
export interface RegistryFile {
  /** `workflows/<name>/<version>.json` */
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** The two things that publishing asks of an object store. */
export interface WriteOnceStore {
  /** False, with nothing changed, where an object with this key exists. */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  get(key: string): Promise<Uint8Array>;
}

export interface Publication {
  readonly published: readonly string[];
  /** Were there before, with the same bytes. */
  readonly unchanged: readonly string[];
}

/** A published version never changes: the deployment must stop, and its author raise the version. */
export class PublishedVersionDiffers extends Error {
  override readonly name = 'PublishedVersionDiffers';
}

/**
 * Writes every file that is not there yet, and nothing else; never deletes.
 * Throws {@link PublishedVersionDiffers}, naming every such file, where one is there with other bytes; the files
 * beside it may be written by then, which is harmless: they are new versions, written whole.
 */
export async function publishWorkflows(files: readonly RegistryFile[], store: WriteOnceStore): Promise<Publication> {
  const outcomes: { key: string; outcome: Outcome }[] = [];
  for (let start = 0; start < files.length; start += CONCURRENT_WRITES) {
    const batch = files.slice(start, start + CONCURRENT_WRITES);
    outcomes.push(
      ...(await Promise.all(batch.map(async (file) => ({ key: file.key, outcome: await publish(file, store) })))),
    );
  }
  const keysOf = (wanted: Outcome) => outcomes.filter(({ outcome }) => outcome === wanted).map(({ key }) => key);
  const differing = keysOf('differs');
  if (differing.length > 0) {
    throw new PublishedVersionDiffers(
      `Already published with other content: ${differing.join(', ')}. A published version never changes; raise the workflow's version.`,
    );
  }
  return { published: keysOf('published'), unchanged: keysOf('unchanged') };
}

type Outcome = 'published' | 'unchanged' | 'differs';

const CONCURRENT_WRITES = 16;

async function publish({ key, bytes }: RegistryFile, store: WriteOnceStore): Promise<Outcome> {
  if (await store.putNew(key, bytes)) return 'published';
  return Buffer.compare(await store.get(key), bytes) === 0 ? 'unchanged' : 'differs';
}
