import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalBytes, checksumOf } from '../compiler/checksum.ts';
import { showValue } from '../diagnostics/show-value.ts';
import { hasTheForm } from './has-the-form.ts';

/** Four times the largest state machine definition: what is larger was not made by the compiler. */
export const MAX_BYTECODE_BYTES = 4 * 1024 * 1024;

export type RefusalCode =
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'not-bytecode'
  | 'unknown-version'
  | 'wrong-form'
  | 'not-canonical'
  | 'wrong-checksum'
  | 'misplaced';

/** A file that claims to be bytecode and is not to be trusted. Nothing of it may be used. */
export class BytecodeRefused extends Error {
  override readonly name = 'BytecodeRefused';
  readonly code: RefusalCode;
  /** Which file or object, as far as is known. */
  readonly where: string;

  constructor(code: RefusalCode, where: string, why: string, options?: ErrorOptions) {
    super(`${where} is refused: ${why}`, options);
    this.code = code;
    this.where = where;
  }
}

/**
 * The one way from bytes to bytecode. The bytes must be the canonical JSON of valid bytecode 1.x and nothing else, so
 * that two different files are never the same workflow. Throws {@link BytecodeRefused} on the first thing that does not hold.
 *
 * @param where names the source in errors, e.g. a path or an S3 address
 */
export function readBytecode(bytes: Uint8Array | string, where = 'The bytecode'): Bytecode {
  const raw = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  if (raw.byteLength > MAX_BYTECODE_BYTES) {
    throw new BytecodeRefused('too-large', where, `${raw.byteLength} bytes; the limit is ${MAX_BYTECODE_BYTES}`);
  }
  const value = parse(raw, where);
  checkHeader(value, where);
  const bytecode = checkForm(value, where);
  if (!sameBytes(canonical(bytecode, where), raw)) {
    throw new BytecodeRefused('not-canonical', where, 'its bytes are not the canonical form (RFC 8785) of its content');
  }
  const computed = checksumOf(bytecode);
  if (computed !== bytecode.checksum) {
    throw new BytecodeRefused('wrong-checksum', where, `it says ${bytecode.checksum}, its content gives ${computed}`);
  }
  return bytecode;
}

function parse(raw: Uint8Array, where: string): unknown {
  let text: string;
  try {
    // A byte order mark must stay visible, so that JSON.parse refuses it.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch (cause) {
    throw new BytecodeRefused('not-utf8', where, 'it is not UTF-8', { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BytecodeRefused(
      'not-json',
      where,
      `it is not JSON (${cause instanceof Error ? cause.message : 'unknown'})`,
    );
  }
}

/** Before the schema, because "a newer format" is worth more to the reader than a list of unknown properties. */
function checkHeader(value: unknown, where: string): void {
  const header = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (header.format !== 'aws-mcp-bytecode') {
    throw new BytecodeRefused('not-bytecode', where, `"format" is ${showValue(header.format)}, not "aws-mcp-bytecode"`);
  }
  if (header.version !== '1.0') {
    throw new BytecodeRefused(
      'unknown-version',
      where,
      `this reader knows bytecode 1.0, not ${showValue(header.version)}`,
    );
  }
}

function checkForm(value: unknown, where: string): Bytecode {
  let holds: boolean;
  try {
    holds = hasTheForm(value);
  } catch (cause) {
    // The only way a check of plain JSON can fail: arguments nested until the stack ends.
    throw new BytecodeRefused('wrong-form', where, 'it is nested too deeply', { cause });
  }
  if (!holds) throw new BytecodeRefused('wrong-form', where, describe(hasTheForm.errors?.[0]));
  return value as Bytecode;
}

function canonical(bytecode: Bytecode, where: string): Uint8Array {
  try {
    return canonicalBytes(bytecode);
  } catch (cause) {
    throw new BytecodeRefused('not-canonical', where, 'it has no canonical form', { cause });
  }
}

function describe(error: ErrorObject | undefined): string {
  if (!error) return 'it does not have the form of bytecode 1.0';
  const extra = 'additionalProperty' in error.params ? ` ${showValue(error.params.additionalProperty)}` : '';
  return `${error.instancePath || '/'} ${error.message ?? 'is wrong'}${extra}`;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index]);
}
