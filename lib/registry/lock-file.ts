import Ajv from 'ajv';
import type { ResolutionLock } from '../compiler/resolution-lock.ts';

/** Where it stands inside a registry. */
export const LOCK_FILE = 'workflows.lock.json';

const ENTRY = {
  type: 'object',
  additionalProperties: false,
  required: ['intent', 'service', 'keys', 'operation', 'bindings', 'score', 'margin', 'runner_up'],
  properties: {
    intent: { type: 'string' },
    service: { type: 'string' },
    keys: { type: 'array', items: { type: 'string' } },
    operation: { type: 'string' },
    bindings: { type: 'object', additionalProperties: { type: 'string' } },
    score: { type: 'number' },
    margin: { type: 'number' },
    runner_up: { type: ['string', 'null'] },
  },
} as const;

const LOCK = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'resolutions'],
  properties: {
    version: { const: 1 },
    resolutions: { type: 'object', additionalProperties: { type: 'object', additionalProperties: ENTRY } },
  },
} as const;

/** Reads a lock file. Throws where it is not one: a lock that cannot be read must not be taken for none. */
export function parseLock(file: string, text: string): ResolutionLock {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON; restore it from version control, or remove it and run workflow compile`, {
      cause,
    });
  }
  const validate = ajv.compile<{ resolutions: ResolutionLock }>(LOCK);
  if (!validate(lock)) throw new Error(`${file}: ${ajv.errorsText(validate.errors, { dataVar: 'lock' })}`);
  return lock.resolutions;
}

/** The file's text: sorted, one field a line, so that a change can be read as a diff. */
export function formatLock(resolutions: ResolutionLock): string {
  return `${JSON.stringify({ version: 1, resolutions: sorted(resolutions) }, null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
