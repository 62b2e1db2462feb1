import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * HMAC-SHA-256 over several parts, base64url, cut to `bytes`. The parts go in as JSON, so that no two lists of parts
 * give the same text; `purpose` keeps one use of the key apart from the others.
 */
export function keyedHash(
  key: Uint8Array,
  purpose: string,
  parts: readonly (string | number)[],
  bytes: number,
): string {
  const mac = createHmac('sha256', key)
    .update(JSON.stringify([purpose, ...parts]))
    .digest();
  return mac.subarray(0, bytes).toString('base64url');
}

/** Compares in a time that does not tell how much was right. */
export function sameHash(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
