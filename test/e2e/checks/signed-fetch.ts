import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { endpoint } from './deployment.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A `fetch` that signs what it sends for API Gateway (SigV4), as any client of the deployed API must. */
export function signedFetch(credentials: Credentials, region: string): typeof fetch {
  const signer = new SignatureV4({ credentials, region, service: 'execute-api', sha256: Sha256 });
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = await request.clone().text();
    const { headers } = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      body,
    });
    return emulatedFetch(new Request(request, { headers }));
  };
}

/**
 * Sends a request for a deployed API to the emulator, which tells APIs apart by the Host header. No DNS knows the name,
 * and `fetch` does not let its caller choose the header.
 */
export async function emulatedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { host, pathname, search } = new URL(request.url);
  const { method, signal } = request;
  const headers = { ...Object.fromEntries(request.headers), host };
  const body = await request.text();
  return new Promise((resolve, reject) => {
    // The certificate is for the address, not for the name in the header.
    const options = { method, headers, signal, servername: '' };
    const sent = httpsRequest(new URL(pathname + search, endpoint()), options, async (answer) => {
      try {
        const content = await buffer(answer);
        const { statusCode: status = 0 } = answer;
        const received = Object.entries(answer.headers).map(
          ([name, value]) => [name, String(value)] as [string, string],
        );
        resolve(new Response(content.length > 0 ? new Uint8Array(content) : null, { status, headers: received }));
      } catch (error) {
        reject(error);
      }
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
