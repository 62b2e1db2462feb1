import type { CodeEntry } from './code-entry.ts';
import { CALL_CODES } from './codes/calls.ts';
import { LIMIT_CODES } from './codes/limits.ts';
import { PERMISSION_CODES } from './codes/permissions.ts';
import { REFERENCE_CODES } from './codes/references.ts';
import { TEXT_CODES } from './codes/text.ts';

/**
 * Every diagnostic that the compiler can give, in order. Numbers are never reused.
 * 1xxx the text · 2xxx references and graph · 3xxx AWS calls and types · 4xxx permissions and safety · 5xxx limits.
 */
export const CODES = {
  ...TEXT_CODES,
  ...REFERENCE_CODES,
  ...CALL_CODES,
  ...PERMISSION_CODES,
  ...LIMIT_CODES,
};

export type DiagnosticCode = keyof typeof CODES;

/** What there is to know of a code. */
export function codeEntry(code: DiagnosticCode): CodeEntry {
  return CODES[code];
}
