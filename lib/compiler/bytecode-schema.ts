/**
 * The form of bytecode 1.0 as JSON Schema (draft 2020-12), closed everywhere: what `bytecode.ts` does not name, a
 * reader refuses. `bytecode.ts` says what the parts mean.
 */

type Schema = Readonly<Record<string, unknown>>;

/** Long texts are bounded by what a reader takes as a whole, not one by one. */
const TEXT: Schema = { type: 'string' };
const SOME_TEXT: Schema = { type: 'string', minLength: 1 };
const textUpTo = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const listOf = (items: Schema, limits: Schema = {}): Schema => ({ type: 'array', items, ...limits });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** A closed object; `optional` names the properties that may be missing. */
function record(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values };
}

/** Becomes a folder, an S3 key and the name of a state machine, `wf-<name>`. One case only: some folders ignore case. */
export const WORKFLOW_NAME_PATTERN = '^[a-z][a-z0-9_-]{0,63}$';
/** Two or three numbers. */
export const WORKFLOW_VERSION_PATTERN = '^(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){1,2}$';

const WORKFLOW_NAME: Schema = { type: 'string', pattern: WORKFLOW_NAME_PATTERN };
const WORKFLOW_VERSION: Schema = { type: 'string', pattern: WORKFLOW_VERSION_PATTERN };
/** Step ids and parameter names are variables in expressions. */
const IDENTIFIER: Schema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' };
const IAM_ACTION: Schema = { type: 'string', pattern: '^[a-z0-9-]{1,64}:[A-Za-z0-9]{1,128}$' };
const CHECKSUM: Schema = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };
const EFFECT: Schema = { enum: ['read', 'write', 'destructive'] };
const scalar: Schema = { type: ['string', 'number', 'boolean'] };

const parameter = record(
  {
    name: IDENTIFIER,
    type: { enum: ['string', 'integer', 'number', 'boolean', 'string_list'] },
    required: { type: 'boolean' },
    default: { anyOf: [scalar, listOf({ type: 'string' })] },
    description: textUpTo(1_024),
    enum: listOf({ type: ['string', 'number'] }, { minItems: 1 }),
    patterns: listOf(record({ pattern: SOME_TEXT, description: TEXT }), { minItems: 1 }),
    min: { type: 'number' },
    max: { type: 'number' },
    min_length: { type: 'integer', minimum: 0 },
    max_length: { type: 'integer', minimum: 0 },
    sensitive: { const: true },
  },
  ['default', 'description', 'enum', 'patterns', 'min', 'max', 'min_length', 'max_length', 'sensitive'],
);

const argument: Schema = {
  oneOf: [
    record({ kind: { const: 'literal' }, value: { type: ['string', 'number', 'boolean', 'null'] } }),
    record({ kind: { const: 'expression' }, source: TEXT, jsonata: SOME_TEXT, optional: { const: true } }, [
      'optional',
    ]),
    record({ kind: { const: 'list' }, items: listOf(ref('argument')) }),
    record({ kind: { const: 'structure' }, members: mapOf(ref('argument')) }),
  ],
};

const permission = record(
  {
    action: IAM_ACTION,
    resources: listOf(SOME_TEXT, { minItems: 1 }),
    reason: SOME_TEXT,
    condition: mapOf(mapOf({ anyOf: [{ type: 'string' }, listOf({ type: 'string' })] })),
  },
  ['condition'],
);

const call = record({
  service: SOME_TEXT,
  operation: SOME_TEXT,
  state_machine_service: { type: 'string', pattern: '^[a-z0-9]{1,128}$' },
  state_machine_action: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,255}$' },
  arguments: mapOf(ref('argument')),
  state_machine_arguments: mapOf(ref('argument')),
  permissions: listOf(permission),
  effect: EFFECT,
  cli: SOME_TEXT,
});

const resolution: Schema = {
  oneOf: [
    record({ how: { const: 'pinned' } }),
    record({
      how: { const: 'matched' },
      score: { type: 'number' },
      margin: { type: 'number' },
      runner_up: { type: ['string', 'null'] },
    }),
  ],
};

const expression = record({ source: SOME_TEXT, jsonata: SOME_TEXT });
const POSITIVE = { type: 'number', exclusiveMinimum: 0 } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

const retry = record(
  {
    error_equals: listOf(SOME_TEXT, { minItems: 1 }),
    max_attempts: COUNT,
    interval_seconds: { type: 'integer', minimum: 1 },
    backoff_rate: { type: 'number', minimum: 1 },
    max_interval_seconds: { type: 'integer', minimum: 1 },
    jitter: { type: 'boolean' },
  },
  ['max_interval_seconds'],
);

const wait = record(
  {
    interval_seconds: { type: 'integer', minimum: 1 },
    max_attempts: { type: 'integer', minimum: 1 },
    done: SOME_TEXT,
    failed: SOME_TEXT,
    errors: listOf(record({ error_equals: SOME_TEXT, means: { enum: ['done', 'failed', 'again'] } })),
  },
  ['failed'],
);

const planEntry = record(
  {
    step_id: IDENTIFIER,
    from: record({ workflow: WORKFLOW_NAME, version: WORKFLOW_VERSION, checksum: CHECKSUM }),
    type: { enum: ['aws_command', 'wait_for', 'sleep', 'assert', 'approval'] },
    intent: { type: ['string', 'null'] },
    context: { type: 'object' },
    depends_on: listOf(IDENTIFIER),
    next_step: { anyOf: [IDENTIFIER, { type: 'null' }] },
    call: ref('call'),
    resolution,
    result_used: { type: 'boolean' },
    when: expression,
    for_each: record(
      {
        source: SOME_TEXT,
        jsonata: SOME_TEXT,
        max_concurrency: { type: 'integer', minimum: 1 },
        undo_reads: SOME_TEXT,
      },
      ['undo_reads'],
    ),
    retry,
    timeout_seconds: POSITIVE,
    on_error: { enum: ['continue', 'fail'] },
    output: mapOf(ref('argument')),
    undo: ref('call'),
    wait,
    seconds: ref('argument'),
    that: expression,
    message: ref('argument'),
  },
  [
    ...['call', 'resolution', 'when', 'for_each', 'retry', 'timeout_seconds', 'on_error', 'output', 'undo', 'wait'],
    ...['seconds', 'that', 'message', 'from'],
  ],
);

const metadata = record({
  name: WORKFLOW_NAME,
  version: WORKFLOW_VERSION,
  description: textUpTo(1_024),
  author: textUpTo(128),
  tier: { enum: ['community', 'verified', 'enterprise'] },
  tags: listOf(textUpTo(64)),
  use_cases: listOf(textUpTo(256)),
  summary: SOME_TEXT,
  services: listOf(SOME_TEXT),
});

const security = record({
  risk_score: { type: 'number', minimum: 0, maximum: 10 },
  risk_reasons: listOf(SOME_TEXT),
  max_duration: { type: 'integer', minimum: 1, maximum: 31_536_000 },
  effect: EFFECT,
});

/** Published with the format; every reader checks against it on every load. */
export const BYTECODE_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'AWS MCP workflow bytecode 1.0',
  ...record(
    {
      version: { const: '1.0' },
      format: { const: 'aws-mcp-bytecode' },
      workflow_id: WORKFLOW_NAME,
      checksum: CHECKSUM,
      metadata,
      parameters: listOf(parameter),
      execution_plan: listOf(planEntry, { minItems: 1 }),
      outputs: mapOf(ref('argument')),
      required_permissions: listOf(IAM_ACTION),
      security,
    },
    ['outputs'],
  ),
  $defs: { argument, call },
};
