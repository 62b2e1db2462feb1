import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

export const BUCKET = 'registry';

export interface S3Server {
  /** A real client of it. */
  readonly client: S3Client;
  /** By their keys; what is changed here has changed in the bucket. */
  readonly objects: Map<string, Buffer>;
  /** Answers to GetObject, as status codes in their order. */
  readonly answers: number[];
  /** From now on, reading objects is refused. */
  deny(): void;
  close(): Promise<void>;
}

/** Keys in a page of a list. */
const PAGE = 2;

/**
 * One bucket by S3's own protocol on a loopback port, as far as reading goes: pages, ETags, 304, NoSuchKey, AccessDenied.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function startS3Server(files: Readonly<Record<string, Uint8Array | string>>): Promise<S3Server> {
  const objects = new Map(Object.entries(files).map(([key, content]) => [key, Buffer.from(content)]));
  const answers: number[] = [];
  let denied = false;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const key = decodeURIComponent(pathname).slice(`/${BUCKET}/`.length);
    if (searchParams.get('list-type') === '2') {
      sendXml(response, 200, listOf([...objects.keys()], searchParams));
      return;
    }
    if (denied) sendXml(response, 403, '<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
    else sendObject(response, objects.get(key), request.headers['if-none-match']);
    answers.push(response.statusCode);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    objects,
    answers,
    deny() {
      denied = true;
    },
    close: () =>
      new Promise((resolve) => {
        client.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendObject(response: ServerResponse, content: Buffer | undefined, known: string | undefined): void {
  if (content === undefined) {
    sendXml(response, 404, '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>');
    return;
  }
  const etag = `"${createHash('md5').update(content).digest('hex')}"`;
  if (known === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag, 'content-length': content.byteLength }).end(content);
}

function listOf(keys: readonly string[], query: URLSearchParams): string {
  const matching = keys.filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const from = Number(query.get('continuation-token') ?? 0);
  const more = from + PAGE < matching.length;
  const contents = matching.slice(from, from + PAGE).map((key) => `<Contents><Key>${escapeXml(key)}</Key></Contents>`);
  const next = more ? `<NextContinuationToken>${from + PAGE}</NextContinuationToken>` : '';
  return `<ListBucketResult>${contents.join('')}<IsTruncated>${more}</IsTruncated>${next}</ListBucketResult>`;
}

function sendXml(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
