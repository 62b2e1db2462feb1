import { request as httpRequest } from 'node:http';
import { gatewayCaller } from '../../lib/mcp/api-gateway.ts';
import { serveEvent } from '../../lib/mcp/serve-event.ts';
import { serveHttp } from '../../lib/mcp/serve-http.ts';
import type { PayloadFormat } from './gateway-event.ts';
import { ALICE, type McpBench } from './mcp-bench.ts';

/** A request as an attacker writes it: nothing in it need make sense. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
  /** Sent in chunks, without a length; only over HTTP. */
  readonly chunked?: boolean;
  /** Stops half-way through the body; only over HTTP. */
  readonly abort?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A way into the server. */
export interface Door {
  readonly name: string;
  /** The host that a request to it names. */
  readonly host: string;
  send(sent: Sent, who?: string): Promise<Answer>;
  close(): Promise<void>;
}

const DOMAIN = 'abc123.execute-api.eu-west-1.amazonaws.com';

/** A request that was given up has no answer. */
const NO_ANSWER: Answer = { status: 0, headers: {}, text: '' };

/** The server of this machine, one for each caller, as it takes every caller for the same person. */
export async function httpDoor(bench: McpBench, principals: readonly string[]): Promise<Door & { port: number }> {
  const open = principals.map(async (principal) => {
    const onError = (error: unknown) => bench.faults.push({ correlationId: 'http', error });
    return [principal, await serveHttp({ handler: bench.handler, port: 0, principal, onError })] as const;
  });
  const servers = new Map(await Promise.all(open));
  const port = [...servers.values()][0]?.port ?? 0;
  return {
    name: 'HTTP',
    host: `127.0.0.1:${port}`,
    port,
    send: (sent, who = ALICE) => overHttp(servers.get(who)?.port ?? 0, sent),
    close: async () => {
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}

function overHttp(port: number, { method = 'POST', path = '/mcp', headers, body = '', ...how }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = how.chunked || body.length === 0 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', () => resolve(NO_ANSWER));
        response.once('end', () => {
          const { statusCode: status = 0, headers: given } = response;
          resolve({ status, headers: given, text: Buffer.concat(parts).toString('utf8') });
        });
      },
    );
    sent.setTimeout(20_000, () => reject(new Error(`No answer to ${method} ${path}`)));
    sent.once('error', () => resolve(NO_ANSWER));
    if (how.abort) {
      sent.write(body.slice(0, body.length / 2));
      setImmediate(() => sent.destroy());
    } else if (how.chunked) {
      sent.write(body.slice(0, body.length / 2));
      sent.end(body.slice(body.length / 2));
    } else sent.end(body);
  });
}

/** The adapter of the Lambda function, with an event written by hand. */
export function gatewayDoor(bench: McpBench, format: PayloadFormat): Door {
  return {
    name: `payload ${format}`,
    host: DOMAIN,
    async send(sent, who = ALICE) {
      const event = eventOf(sent, format, who) as never;
      const { statusCode, headers = {}, body = '' } = await serveEvent(event, gatewayCaller(event), bench.handler);
      return { status: statusCode, headers, text: body };
    },
    close: async () => {},
  };
}

function eventOf({ method = 'POST', path = '/mcp', headers, body = '' }: Sent, format: PayloadFormat, who: string) {
  const given: Readonly<Record<string, string>> = { host: DOMAIN, ...headers };
  const [rawPath = '', ...query] = path.split('?');
  const rawQueryString = query.join('?');
  // As API Gateway does with whatever is not text.
  const binary = typeof body !== 'string';
  const content = {
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  };
  if (format === '2.0') {
    const requestContext = {
      domainName: DOMAIN,
      http: { method, path: rawPath },
      authorizer: { iam: { userArn: who } },
    };
    return { version: '2.0', rawPath, rawQueryString, headers: given, requestContext, ...content };
  }
  const multiValueHeaders = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]]));
  const multiValueQueryStringParameters = query.length === 0 ? null : { [rawQueryString]: [''] };
  const requestContext = { domainName: DOMAIN, identity: { userArn: who } };
  const address = { httpMethod: method, path: rawPath, multiValueQueryStringParameters };
  return { version: '1.0', ...address, headers: given, multiValueHeaders, requestContext, ...content };
}

export const JSON_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
} as const;

type Members = Readonly<Record<string, unknown>>;

/** A call of a tool in the 2026 protocol; `more` goes into its parameters. */
export function modernCall(name: string, args: unknown, more: Members = {}, capabilities: Members = {}): Sent {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  };
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name };
  const params = { name, arguments: args, ...more, _meta };
  return {
    headers: { ...JSON_HEADERS, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  };
}

/** A call in the 2025 protocol, which needs nothing said before. */
export function legacyCall(name: string, args: unknown): Sent {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
  return { headers: JSON_HEADERS, body };
}

/** The JSON-RPC message of an answer, whichever way it came; undefined where there is none. */
export function messageOf({ text }: Answer): Members | undefined {
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === 'object' && message !== null ? (message as Members) : undefined;
  } catch {
    return undefined;
  }
}
