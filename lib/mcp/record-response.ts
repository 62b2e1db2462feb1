import type { Message } from './messages.ts';
import { isHandshake } from './scopes.ts';

/** A JSON-RPC error stands at the beginning of an answer; those of tools have words for codes, not numbers. */
const HEAD_CHARACTERS = 4_096;
const RPC_ERROR = /"error":\{"code":(-?[0-9]+)/;
const INTERNAL_ERROR = '-32603';

/**
 * Writes the lines that no tool has written, once the answer is complete: an answer may be a stream, and the tool may
 * still run when it begins. The answer itself is passed on as it comes.
 */
export function recordResponse(
  response: Response,
  messages: readonly Message[],
  toolLines: { readonly count: number },
  write: (decision: string, message?: Message) => void,
): Response {
  const { status } = response;
  const calls = messages.filter(({ method }) => method === 'tools/call');
  const others = messages.filter(({ method }) => method !== 'tools/call' && !isHandshake(method));
  if (others.length === 0 && calls.length > 0 && calls.length === toolLines.count) return response;
  if (calls.length + others.length === 0) {
    if (status >= 400) write(`refused:HTTP_${status}`, messages[0]);
    return response;
  }
  const finish = (head: string) => {
    const decision = decisionOf(status, head);
    for (const message of others) write(decision, message);
    for (const message of calls.slice(toolLines.count)) write(decision, message);
  };
  return whenComplete(response, finish);
}

function decisionOf(status: number, head: string): string {
  const [, code] = RPC_ERROR.exec(head) ?? [];
  if (code === INTERNAL_ERROR || status >= 500) return 'fault';
  if (code !== undefined) return `refused:${code}`;
  return status >= 400 ? `refused:HTTP_${status}` : 'allowed';
}

/** The same answer; `finish` is called with how it begins when all of it has been read. */
function whenComplete(response: Response, finish: (head: string) => void): Response {
  if (!response.body) {
    finish('');
    return response;
  }
  const decoder = new TextDecoder();
  let head = '';
  const watched = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (head.length < HEAD_CHARACTERS) head += decoder.decode(chunk, { stream: true });
        controller.enqueue(chunk);
      },
      flush: () => finish(head),
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(watched, { status, statusText, headers });
}
