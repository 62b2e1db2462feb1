import Ajv from 'ajv';
import { parse } from 'yaml';
import type { FaultRule } from '../local/account/faults.ts';
import type { WorldData } from '../local/account/plant-world.ts';
import type { RunCase } from '../local/run-case.ts';

export interface Expectation {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly error?: string;
  /** A part of the cause. */
  readonly cause?: string;
  readonly failed_step?: string;
  readonly undone?: readonly string[];
  readonly unchanged?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface TestCase {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly world?: WorldData;
  readonly faults?: readonly FaultRule[];
  readonly approvals?: NonNullable<RunCase['approvals']>;
  readonly expect: Expectation;
}

const TEST_FILE = {
  type: 'object',
  additionalProperties: false,
  required: ['cases'],
  properties: {
    cases: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'parameters', 'expect'],
        properties: {
          name: { type: 'string' },
          parameters: { type: 'object' },
          world: { type: 'object' },
          faults: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['fault'],
              properties: {
                operation: { type: 'string' },
                step: { type: 'string' },
                times: { type: 'integer', minimum: 1 },
                after: { type: 'integer', minimum: 0 },
                fault: { enum: ['throttling', 'server-error', 'timeout', 'access-denied', 'slow', 'stale'] },
                seconds: { type: 'number', minimum: 0 },
                done: { type: 'boolean' },
                error: { type: 'object' },
              },
            },
          },
          approvals: { type: 'object', additionalProperties: { enum: ['approve', 'refuse', 'none'] } },
          expect: {
            type: 'object',
            additionalProperties: false,
            required: ['status'],
            properties: {
              status: { enum: ['SUCCEEDED', 'FAILED', 'TIMED_OUT'] },
              error: { type: 'string' },
              cause: { type: 'string' },
              failed_step: { type: 'string' },
              undone: { type: 'array', items: { type: 'string' } },
              unchanged: { type: 'boolean' },
              outputs: { type: 'object' },
            },
          },
        },
      },
    },
  },
} as const;

/** Made when the first file is read; it keeps what it has compiled. */
let validator: Ajv | undefined;

/** The cases of a `<name>.test.yaml`, or one sentence on what is wrong with it. */
export function readTestFile(file: string, text: string): readonly TestCase[] | string {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    return `${file} is not valid YAML: ${error instanceof Error ? error.message : String(error)}`;
  }
  validator ??= new Ajv({ allErrors: true });
  const validate = validator.compile<{ readonly cases: readonly TestCase[] }>(TEST_FILE);
  if (validate(content)) return content.cases;
  return `${file}: ${validator.errorsText(validate.errors, { dataVar: 'file' })}`;
}
