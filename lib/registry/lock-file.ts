import Ajv from 'ajv';
import type { ResolutionLock, WorkflowLock } from '../compiler/resolution-lock.ts';
import { RegistryUnreadable } from './registry-unreadable.ts';

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

const DRAWN = {
  type: 'object',
  additionalProperties: false,
  required: ['workflow', 'version', 'checksum'],
  properties: {
    workflow: { type: 'string' },
    version: { type: 'string' },
    checksum: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
  },
} as const;

const LOCK = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'resolutions'],
  properties: {
    version: { const: 1 },
    resolutions: { type: 'object', additionalProperties: { type: 'object', additionalProperties: ENTRY } },
    workflows: { type: 'object', additionalProperties: { type: 'object', additionalProperties: DRAWN } },
  },
} as const;

/** What a registry has decided, and what other workflows stand in its workflows. */
export interface Lock {
  readonly resolutions: ResolutionLock;
  /** Left out of the file where there are none. */
  readonly workflows: WorkflowLock;
}

const RESTORE = 'restore it from version control, or remove it and run workflow compile';

/** Reads a lock file. Throws where it is not one: a lock that cannot be read must not be taken for none. */
export function parseLock(file: string, text: string): Lock {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (cause) {
    throw new RegistryUnreadable(`${file} is not JSON`, { cause, hint: RESTORE });
  }
  const validate = ajv.compile<{ resolutions: ResolutionLock; workflows?: WorkflowLock }>(LOCK);
  if (!validate(lock))
    throw new RegistryUnreadable(`${file}: ${ajv.errorsText(validate.errors, { dataVar: 'lock' })}`, { hint: RESTORE });
  return { resolutions: lock.resolutions, workflows: lock.workflows ?? {} };
}

/** The file's text: sorted, one field a line, so that a change can be read as a diff. */
export function formatLock({ resolutions, workflows }: Lock): string {
  const drawn = Object.keys(workflows).length === 0 ? {} : { workflows: sorted(workflows) };
  return `${JSON.stringify({ version: 1, resolutions: sorted(resolutions), ...drawn }, null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
