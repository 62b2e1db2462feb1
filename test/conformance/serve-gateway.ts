import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GatewayEvent, toRequest, toResult } from '../../lib/mcp/api-gateway.ts';
import type { McpHandler } from '../../lib/mcp/guard-requests.ts';

export type Format = '1.0' | '2.0';

const LOOPBACK = ['localhost', '127.0.0.1'];

/** The handler on loopback, each request as an event of API Gateway: answers are complete, never streamed. */
export async function serveGateway(handler: McpHandler, format: Format) {
  const server = createServer(async (incoming, outgoing) => {
    const event = eventOf(incoming, await bodyOf(incoming), format);
    const caller = { principal: 'local', hosts: LOOPBACK, origins: LOOPBACK };
    const result = await toResult(await handler(toRequest(event), caller));
    outgoing.writeHead(result.statusCode ?? 500, result.headers as Record<string, string>).end(result.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/mcp`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('base64');
}

function eventOf({ method = 'GET', url = '/', headersDistinct }: IncomingMessage, body: string, format: Format) {
  const path = url.split('?')[0] ?? '/';
  const several = Object.fromEntries(Object.entries(headersDistinct).map(([name, values = []]) => [name, values]));
  const headers = Object.fromEntries(Object.entries(several).map(([name, values]) => [name, values.join(',')]));
  const base = { headers, body, isBase64Encoded: true };
  const event =
    format === '2.0'
      ? {
          ...base,
          version: '2.0',
          rawPath: path,
          rawQueryString: '',
          requestContext: { domainName: headers.host, http: { method, path } },
        }
      : { ...base, httpMethod: method, path, multiValueHeaders: several, requestContext: { domainName: headers.host } };
  return event as unknown as GatewayEvent;
}
