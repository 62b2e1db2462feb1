import { type EngineSecurity, keysOf } from './engine-security.ts';
import { keyedHash, sameHash } from './keyed-hash.ts';

/** All that a person agrees to. A token for one of these is worth nothing for another. */
export interface Confirmable {
  readonly principal: string;
  readonly name: string;
  readonly version: string;
  readonly checksum: string;
  /** sha256 of the canonical form of the parameters. */
  readonly parametersDigest: string;
  /** The plan that was shown with it, where there was one. */
  readonly planId?: string;
  /** Where an approval is agreed to, the very question; absent where the start of a run is. */
  readonly approval?: {
    readonly executionId: string;
    readonly step: string;
    /** sha256 of what only this question has: a step that asks again asks something else. */
    readonly questionDigest: string;
  };
}

/** Ten minutes: time to read and decide, not to forget. */
export const CONFIRMATION_LIFETIME_MS = 10 * 60 * 1_000;

const MAC_BYTES = 32;
const TOKEN = /^c1\.([1-9][0-9]{0,14})\.([A-Za-z0-9_-]{1,80})\.([A-Za-z0-9_-]{43})$/;

export interface Confirmation {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * A token that says: this caller was shown this, and may start the execution of this name until then, or answer the
 * approval that it waits for. The execution's name is in the token, so a token used twice names the same execution
 * twice and starts one.
 */
export function issueConfirmation(
  key: Uint8Array,
  what: Confirmable,
  executionName: string,
  now: number,
): Confirmation {
  const expiresAt = now + CONFIRMATION_LIFETIME_MS;
  return { token: `c1.${expiresAt}.${executionName}.${macOf(key, what, executionName, expiresAt)}`, expiresAt };
}

export type ConfirmationCheck =
  | { readonly outcome: 'valid'; readonly executionName: string }
  | { readonly outcome: 'expired' }
  /** Forged, damaged, or given for another caller, workflow, version or parameters: these cannot be told apart. */
  | { readonly outcome: 'does-not-fit' };

export function checkConfirmation(key: Uint8Array, what: Confirmable, token: string, now: number): ConfirmationCheck {
  const [, expiry, executionName, mac] = TOKEN.exec(token) ?? [];
  if (expiry === undefined || executionName === undefined || mac === undefined) return { outcome: 'does-not-fit' };
  if (!sameHash(macOf(key, what, executionName, Number(expiry)), mac)) return { outcome: 'does-not-fit' };
  return now < Number(expiry) ? { outcome: 'valid', executionName } : { outcome: 'expired' };
}

/** As {@link checkConfirmation}, with whichever key the token was made; `key` is that one, where it fits. */
export function checkWithKeys(
  security: EngineSecurity,
  what: Confirmable,
  token: string,
): ConfirmationCheck & { readonly key: Uint8Array } {
  const checks = keysOf(security).map((key) => ({ ...checkConfirmation(key, what, token, security.now()), key }));
  const fitting = checks.find(({ outcome }) => outcome !== 'does-not-fit');
  return fitting ?? { outcome: 'does-not-fit', key: security.hmacKey };
}

function macOf(key: Uint8Array, what: Confirmable, executionName: string, expiresAt: number): string {
  const { principal, name, version, checksum, parametersDigest, planId, approval } = what;
  const parts = [principal, name, version, checksum, parametersDigest, executionName, expiresAt];
  if (approval === undefined) {
    return keyedHash(key, 'confirmation', planId === undefined ? parts : [...parts, planId], MAC_BYTES);
  }
  const { executionId, step, questionDigest } = approval;
  return keyedHash(key, 'approval', [...parts, executionId, step, questionDigest], MAC_BYTES);
}
