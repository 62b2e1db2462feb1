import { sha256 } from '@noble/hashes/sha2';
import canonicalize from 'canonicalize';
import type { Bytecode } from './bytecode.ts';

/**
 * The one byte form of a JSON value: RFC 8785, UTF-8. Members that are `undefined` are left out.
 * Throws where JSON has no such value: numbers that are not finite, strings with lone surrogates (RFC 8785 section 3.2.2.2).
 */
export function canonicalJson(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no JSON form');
  // JSON.stringify writes a lone surrogate as an escape, and nothing else as \ud…: other readers would not agree on the bytes.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) throw new TypeError('A string is not well-formed Unicode');
  return new TextEncoder().encode(text);
}

/** The bytes of a bytecode file, complete: no newline follows. */
export function canonicalBytes(bytecode: Bytecode): Uint8Array {
  return canonicalJson(bytecode);
}

/** `sha256:` and 64 hexadecimal digits over the canonical form of everything but the checksum itself. */
export function checksumOf(bytecodeWithoutChecksum: Omit<Bytecode, 'checksum'>): string {
  const { checksum: _, ...rest } = bytecodeWithoutChecksum as Omit<Bytecode, 'checksum'> & { checksum?: unknown };
  return `sha256:${toHex(sha256(canonicalJson(rest)))}`;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
