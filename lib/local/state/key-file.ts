import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { MIN_KEY_BYTES } from '../../engine/engine-security.ts';

/** The file with the key holds something else. */
export class KeyDamaged extends Error {
  override readonly name = 'KeyDamaged';
  readonly hint = 'delete the file for a new key; the ids of earlier executions are worth nothing then';

  constructor(file: string) {
    super(`${file} does not hold a key`);
  }
}

/**
 * The secret that execution ids and confirmations are signed with, the same after each start. Made where there is
 * none; readable by its owner alone. Call it with the folder locked. Throws {@link KeyDamaged}.
 */
export function readOrMakeKey(file: string): Uint8Array {
  if (!existsSync(file)) makeKey(file);
  const text = readFileSync(file, 'utf8').trim();
  const key = Buffer.from(text, 'base64url');
  if (key.byteLength !== MIN_KEY_BYTES || key.toString('base64url') !== text) throw new KeyDamaged(file);
  chmodSync(file, 0o600);
  return key;
}

/** Under another name first: a key that is written in part must never be taken for one. */
function makeKey(file: string): void {
  const draft = `${file}.${randomUUID()}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(MIN_KEY_BYTES).toString('base64url')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
