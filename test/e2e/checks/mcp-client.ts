import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** Which of the protocol's eras a client speaks. */
export type Era = 'auto' | 'legacy';

/** The structured content of a tool's answer. */
export type Answer = Readonly<Record<string, unknown>>;

/** The official client, connected to a server; `send` says as whom. */
export async function connect(url: URL, era: Era, send: typeof fetch): Promise<Client> {
  const client = new Client({ name: 'e2e', version: '1.0.0' }, { versionNegotiation: { mode: era } });
  await client.connect(new StreamableHTTPClientTransport(url, { fetch: send }));
  return client;
}

/** Calls a tool. `text` is the first of what it says in words. */
export async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<{ readonly output: Answer; readonly isError: boolean; readonly text: string }> {
  const { structuredContent = {}, isError = false, content = [] } = await client.callTool({ name, arguments: args });
  const [first] = content;
  return { output: structuredContent as Answer, isError, text: first?.type === 'text' ? first.text : '' };
}
