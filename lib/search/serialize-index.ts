import type { SearchIndex } from './build-index.ts';
import type { Posting } from './lexical-index.ts';
import type { Offer } from './offer.ts';
import type { SearchEntry } from './search-document.ts';

const FORMAT = 'aws-mcp-search-index';
/** Raised when words are split, weighted, read or embedded in another way: code and index have to agree on it. */
const VERSION = '2';

/** The file: JSON in a fixed order of keys; vectors are little-endian 32-bit floats in base64. */
interface IndexFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly model: SearchIndex['model'];
  readonly registry_digest: string;
  readonly catalog_digest?: string;
  readonly entries: readonly SearchEntry[];
  readonly offers: readonly Offer[];
  readonly vectors: string;
  readonly lengths: readonly number[];
  readonly postings: readonly (readonly [stem: string, postings: readonly Posting[]])[];
}

/** The index as a file. Equal indexes give equal bytes. */
export function serializeIndex(index: SearchIndex): Uint8Array {
  const { buffer, byteOffset, byteLength } = index.vectors;
  const file: IndexFile = {
    format: FORMAT,
    version: VERSION,
    model: { id: index.model.id, sha256: index.model.sha256, dimensions: index.model.dimensions },
    registry_digest: index.registryDigest,
    ...(index.catalogDigest === undefined ? {} : { catalog_digest: index.catalogDigest }),
    entries: index.entries,
    offers: index.offers,
    vectors: Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    lengths: index.lexical.lengths,
    postings: [...index.lexical.postings].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  return Buffer.from(JSON.stringify(file));
}

/**
 * Reads an index file back.
 * @throws Error where it is not an index, is of another version, or its parts do not fit each other
 */
export function deserializeIndex(bytes: Uint8Array): SearchIndex {
  const file = parse(bytes);
  const vectors = Uint8Array.from(Buffer.from(file.vectors, 'base64'));
  const documents = file.entries.length;
  requireThat(vectors.byteLength === documents * file.model.dimensions * 4, 'it has not one vector per workflow');
  requireThat(file.offers.length === documents, 'it does not tell what each workflow offers');
  requireThat(file.lengths.length === documents, 'it has not one length per workflow');
  for (const [stem, postings] of file.postings) {
    const fits = postings.every(([document]) => Number.isInteger(document) && document >= 0 && document < documents);
    requireThat(fits, `"${stem}" stands in a workflow that is not there`);
  }
  return {
    model: file.model,
    registryDigest: file.registry_digest,
    ...(file.catalog_digest === undefined ? {} : { catalogDigest: file.catalog_digest }),
    entries: file.entries,
    offers: file.offers,
    vectors: new Float32Array(vectors.buffer),
    lexical: { lengths: file.lengths, postings: new Map(file.postings) },
  };
}

function parse(bytes: Uint8Array): IndexFile {
  let file: Partial<IndexFile> | null;
  try {
    file = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Error('The search index cannot be read: it is not JSON. Build it again.', { cause });
  }
  requireThat(file?.format === FORMAT, `its format is not ${FORMAT}`);
  requireThat(file.version === VERSION, `it has version ${file.version}, and this program reads version ${VERSION}`);
  requireThat(typeof file.model?.sha256 === 'string' && Number.isInteger(file.model.dimensions), 'it names no model');
  requireThat(typeof file.registry_digest === 'string', 'it names no registry');
  requireThat(Array.isArray(file.entries) && typeof file.vectors === 'string', 'it holds no workflows');
  requireThat(file.catalog_digest === undefined || typeof file.catalog_digest === 'string', 'it names no catalog');
  requireThat(Array.isArray(file.offers), 'it tells not what the workflows offer');
  requireThat(Array.isArray(file.lengths) && Array.isArray(file.postings), 'it holds no words');
  return file as IndexFile;
}

function requireThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`The search index cannot be read: ${otherwise}. Build it again.`);
}
