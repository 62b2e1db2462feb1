import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { MCP_PATH } from './check-request.ts';
import type { McpHandler } from './guard-requests.ts';

export interface ServeHttpOptions {
  readonly handler: McpHandler;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: '127.0.0.1' | '::1';
  /** Who calls: everyone who can reach the loopback interface is the person at this machine. */
  readonly principal?: string;
  readonly onError?: (error: unknown) => void;
}

export interface HttpServer {
  /** Where the endpoint is, e.g. `http://127.0.0.1:8080/mcp`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, lets those under way finish for two seconds, then ends them. */
  close(): Promise<void>;
}

/** Somebody else listens there already. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly port: number;
  readonly hint: string;

  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is taken`, options);
    this.port = port;
    this.hint = `choose another one, e.g. --port ${port < 65_535 ? port + 1 : port - 1}`;
  }
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const CLOSE_GRACE_MS = 2_000;
const KEEP_ALIVE_MS = 60_000;

/** Serves MCP to this machine only. Throws {@link PortTaken} where the port is in use. */
export async function serveHttp(options: ServeHttpOptions): Promise<HttpServer> {
  const { handler, port, host = '127.0.0.1', principal = 'local', onError = () => {} } = options;
  const caller = { principal, hosts: LOOPBACK_NAMES, origins: LOOPBACK_NAMES };
  const server = createServer((incoming, outgoing) => {
    exchange(incoming, outgoing, (request) => handler(request, caller)).catch((error: unknown) => {
      onError(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  });
  // Clients keep connections for later calls: one that is closed just when they send costs them the call.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  const name = host === '::1' ? '[::1]' : host;
  return { url: `http://${name}:${address.port}${MCP_PATH}`, port: address.port, close: () => close(server) };
}

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    // After a complete answer there is nothing left to give up.
    if (!outgoing.writableFinished) gone.abort();
  });
  const request = toRequest(incoming, gone.signal);
  if (!request) {
    outgoing.writeHead(400).end();
    return;
  }
  const response = await handle(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  const body = Readable.fromWeb(response.body as ReadableStream);
  await pipeline(body, outgoing).catch((error: unknown) => {
    // A client that goes away in the middle is no fault.
    if (!gone.signal.aborted) throw error;
  });
}

/** `undefined` where no request may have such an address, method or header. */
function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  try {
    return readRequest(incoming, signal);
  } catch {
    return undefined;
  }
}

function readRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url = '/', headersDistinct } = incoming;
  const host = incoming.headers.host ?? 'unknown.invalid';
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value);
  const address = URL.canParse(url, `http://${host}`) ? new URL(url, `http://${host}`) : undefined;
  if (!address) return undefined;
  if (method === 'GET' || method === 'HEAD') return new Request(address, { method, headers, signal });
  const body = Readable.toWeb(incoming) as unknown as globalThis.ReadableStream;
  return new Request(address, { method, headers, signal, body, duplex: 'half' } as RequestInit);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, { cause: error }) : error),
    );
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close((error) => {
      clearTimeout(end);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
