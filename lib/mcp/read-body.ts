/** What a request brought along, as far as it is JSON. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  /** It says of itself that it is something else, and was not read. */
  | { readonly kind: 'other' }
  | { readonly kind: 'not-json'; readonly text: string }
  | { readonly kind: 'too-large' }
  /** It ended before its end, or is not UTF-8. */
  | { readonly kind: 'broken' };

/** Reads the body once, and never more of it than `maxBytes`. */
export async function readBody(request: Request, maxBytes: number): Promise<Body> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return { kind: 'other' };
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return { kind: 'too-large' };
  const text = await textOf(request, maxBytes).catch(() => ({ kind: 'broken' }) as const);
  if (typeof text !== 'string') return text;
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'not-json', text };
  }
}

async function textOf({ body }: Request, maxBytes: number): Promise<string | Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
