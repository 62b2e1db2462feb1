import { CALL_FIELDS, UNDO } from './call-schema.ts';
import { COMMON_FIELDS, STEP_HEAD } from './common-step-schema.ts';
import { EXPRESSION, SERVICE_AND_NAME, text, VERSION, WORKFLOW_NAME, wholeNumber } from './schema-parts.ts';
import type { StepSource } from './source.ts';

const MESSAGE = text(1024);

/** What steps of each type have besides {@link COMMON_FIELDS}, and what of it they need. */
const TYPES = {
  command: {
    description: 'One AWS call: in words (intent and context), or pinned (action and parameters).',
    required: [],
    properties: {
      ...CALL_FIELDS,
      undo: UNDO,
      irreversible: {
        type: 'boolean',
        description: 'There is no call that takes the step back: an approval has to stand before it.',
        'x-example': 'irreversible: true',
      },
    },
  },
  wait_for: {
    description: 'Looks until a state holds: a waiter of the AWS SDK, or a call of its own with until.',
    required: [],
    properties: {
      waiter: {
        ...SERVICE_AND_NAME,
        description: 'A waiter of the AWS SDK, as service:Waiter.',
        'x-form': 'a service and a waiter of the AWS SDK, such as rds:DBSnapshotAvailable',
        'x-example': 'waiter: rds:DBSnapshotAvailable',
      },
      ...CALL_FIELDS,
      until: {
        ...EXPRESSION,
        description: 'The wait is over when this is true of ${result}, what the call gave.',
        'x-example': 'until: \'${result.DBSnapshots[0].Status = "available"}\'',
      },
      fail_when: {
        ...EXPRESSION,
        description: 'The step fails when this is true of ${result}: there is nothing left to wait for.',
        'x-example': 'fail_when: \'${result.DBSnapshots[0].Status = "failed"}\'',
      },
      interval: {
        ...wholeNumber(1, 3600, 'seconds'),
        description: "Seconds between two looks; where it is left out the waiter's own, with until 15.",
        'x-example': 'interval: 15',
      },
      max_attempts: {
        ...wholeNumber(1, 1000),
        description: "How often to look before the step fails; where it is left out the waiter's own, with until 40.",
        'x-example': 'max_attempts: 40',
      },
    },
  },
  sleep: {
    description: 'A pause.',
    required: ['seconds'],
    properties: {
      seconds: {
        type: ['integer', 'string'],
        minimum: 0,
        maximum: 31_536_000,
        description: 'How long; a number, or an expression that gives one.',
        'x-form': 'a whole number of seconds from 0 to 31536000 (one year), or one expression in ${…}',
        'x-expression': true,
        'x-example': 'seconds: 30',
      },
    },
  },
  approval: {
    description: 'Asks a person, and goes on when the answer is yes.',
    required: ['message'],
    properties: {
      message: {
        ...MESSAGE,
        description: 'What the person is asked.',
        'x-example': 'message: "Delete the volume ${params.volume_id}?"',
      },
    },
  },
  assert: {
    description: 'Stops the run unless something is true.',
    required: ['that', 'message'],
    properties: {
      that: {
        ...EXPRESSION,
        description: 'What has to be true.',
        'x-example': 'that: \'${steps.find.DBInstances[0].DBInstanceStatus = "available"}\'',
      },
      message: {
        ...MESSAGE,
        description: 'What is said where it is not.',
        'x-example': 'message: "The database ${params.instance_id} is not available"',
      },
    },
  },
  workflow: {
    description: 'Another workflow of the registry, put in place of the step when this one is built.',
    required: ['workflow'],
    properties: {
      workflow: { ...WORKFLOW_NAME, description: 'Its name.', 'x-example': 'workflow: rds_backup_simple' },
      version: {
        ...VERSION,
        description: 'Its version; the newest where it is left out.',
        'x-example': 'version: "1.0"',
      },
      parameters: {
        type: 'object',
        description: 'Its parameters, by name.',
        additionalProperties: { $ref: '#/definitions/value' },
        'x-example': 'parameters:\n  instance_id: "${params.instance_id}"',
      },
    },
  },
} as const satisfies Record<StepSource['type'], object>;

const article = (type: string): string => (/^[aeiou]/.test(type) ? 'an' : 'a');

/** A step: its `id` and `type`, and with them the form of that type. */
export const STEP = {
  type: 'object',
  required: ['id', 'type'],
  properties: STEP_HEAD,
  'x-example':
    '- id: find_instance\n  type: command\n  intent: "describe the RDS instance"\n  context:\n    service: rds',
  // An `if` each, rather than a `oneOf`: what is wrong is said of the type that is written, not of all six.
  allOf: Object.entries(TYPES).map(([type, { description, required, properties }]) => ({
    if: { type: 'object', properties: { type: { const: type } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      type: 'object',
      description,
      required,
      additionalProperties: false,
      'x-part': `${article(type)} ${type} step`,
      properties: { id: true, type: true, ...properties, ...COMMON_FIELDS },
    },
  })),
} as const;
