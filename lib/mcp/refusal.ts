export interface RefusalOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** For programs. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The answer to a request that no tool gets to see: an HTTP status, and a JSON-RPC error for whoever reads the body. */
export function refusal(status: number, message: string, { headers = {}, data }: RefusalOptions = {}): Response {
  const error = { code: -32_000, message, ...(data && { data }) };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status, headers });
}
