import { LIMITS } from './limits.ts';

/** Step ids and parameter names are variables in expressions. */
const IDENTIFIER = {
  type: 'string',
  pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
  'x-form': 'a name of letters, digits and underscores that starts with a letter, at most 64 characters',
} as const;

const TEXT = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' }) as const;

/** Anything but null: `key:` with nothing behind it is a mistake, not a value. */
const ANY_VALUE = {
  type: ['string', 'number', 'boolean', 'array', 'object'],
  items: { $ref: '#/definitions/value' },
  additionalProperties: { $ref: '#/definitions/value' },
  'x-form': 'a text, a number, true, false, a list or a mapping',
} as const;

const PARAMETER = {
  type: 'object',
  description: 'A value that whoever starts the workflow gives.',
  required: ['name', 'type'],
  additionalProperties: false,
  'x-example': '- name: instance_id\n  type: string\n  required: true',
  properties: {
    name: { ...IDENTIFIER, description: 'Read as ${params.<name>}.', 'x-example': 'name: instance_id' },
    type: {
      enum: ['string', 'integer', 'number', 'boolean', 'string_list'],
      description: 'What kind of value it is.',
      'x-example': 'type: string',
    },
    required: { type: 'boolean', description: 'Whether a run must give it.' },
    default: { description: 'The value where a run gives none. A fixed value, not an expression.' },
    description: { ...TEXT(1024), description: 'What it means, for people.' },
    enum: {
      type: 'array',
      description: 'The only values allowed; for string, integer and number.',
      minItems: 1,
      maxItems: 100,
      items: { type: ['string', 'number'], maxLength: 1024 },
    },
    pattern: {
      type: 'string',
      minLength: 1,
      description: 'A regular expression that the whole value must match; for string.',
    },
    min: { type: 'number', description: 'The smallest value; for integer and number.' },
    max: { type: 'number', description: 'The greatest value; for integer and number.' },
    min_length: { type: 'integer', minimum: 0, description: 'The fewest characters; for string.' },
    max_length: { type: 'integer', minimum: 0, description: 'The most characters; for string.' },
  },
} as const;

const COMMAND_STEP = {
  type: 'object',
  description: 'One AWS call: in words (intent and context), or pinned (action and parameters).',
  required: ['id', 'type'],
  // For editors; checkSteps says it better.
  oneOf: [{ required: ['intent', 'context'] }, { required: ['action'] }],
  additionalProperties: false,
  'x-example':
    '- id: find_instance\n  type: command\n  intent: "describe the RDS instance"\n  context:\n    service: rds',
  properties: {
    id: {
      ...IDENTIFIER,
      description: 'Unique in the workflow; read as ${steps.<id>}.',
      'x-example': 'id: create_snapshot',
    },
    type: { enum: ['command'], description: 'command: one AWS call.', 'x-example': 'type: command' },
    intent: {
      ...TEXT(300),
      description: 'What the call does, in words. The build finds the one AWS operation that is meant, or refuses.',
      'x-example': 'intent: "create RDS snapshot for database instance"',
    },
    context: {
      type: 'object',
      description: 'The service, and the values of the call under names of your own.',
      required: ['service'],
      additionalProperties: { $ref: '#/definitions/value' },
      'x-example': 'context:\n  service: rds',
      properties: {
        service: {
          type: 'string',
          pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$',
          description: 'The AWS service, such as rds.',
          'x-form': 'the name of an AWS service, such as rds; it is fixed when the workflow is built, so no ${…}',
          'x-example': 'service: rds',
        },
      },
    },
    action: {
      type: 'string',
      pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
      description: 'The AWS operation, as service:Operation.',
      'x-form': 'a service and an operation of its API, such as rds:CreateDBSnapshot',
      'x-example': 'action: rds:CreateDBSnapshot',
    },
    parameters: {
      type: 'object',
      description: "The call's input, with the member names of the AWS API reference.",
      additionalProperties: { $ref: '#/definitions/value' },
      'x-example': 'parameters:\n  DBInstanceIdentifier: "${params.instance_id}"',
    },
    iam_actions: {
      type: 'array',
      description: 'For a pinned call whose IAM actions are not known: what it needs, after AWS documentation.',
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      items: {
        type: 'string',
        pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
        'x-form': 'one IAM action, such as rds:CreateDBSnapshot',
      },
      'x-form': 'a list of IAM actions, such as ["rds:DescribeDBInstances"]',
    },
    depends_on: {
      type: 'array',
      description: 'Steps that have to be done first. Reading a step with ${steps.<id>} says so already.',
      maxItems: LIMITS.steps,
      items: IDENTIFIER,
      'x-form': 'a list of step ids, such as [find_instance]',
    },
  },
} as const;

const SECURITY = {
  type: 'object',
  description: 'What the workflow may do at most.',
  required: ['required_permissions', 'max_duration'],
  additionalProperties: false,
  'x-example': 'security:\n  required_permissions:\n    - "rds:DescribeDBInstances"\n  max_duration: 600',
  properties: {
    required_permissions: {
      type: 'array',
      description: 'The IAM actions that its calls need: all of them, and no others.',
      maxItems: 200,
      'x-form': 'a list of IAM actions, such as ["rds:DescribeDBInstances"]',
      'x-example': 'required_permissions:\n  - "rds:DescribeDBInstances"',
      items: {
        type: 'string',
        pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$',
        'x-form': 'one IAM action, such as rds:CreateDBSnapshot',
      },
    },
    max_duration: {
      type: 'integer',
      minimum: 1,
      maximum: 31_536_000,
      description: 'Seconds after which a run is stopped; one year at most, as in Step Functions.',
      'x-form': 'a whole number of seconds from 1 to 31536000 (one year)',
      'x-example': 'max_duration: 600',
    },
  },
} as const;

/**
 * The form of a workflow file, as JSON Schema draft-07, for the parser and for editors. `x-form` says in words what
 * a value has to be, `x-example` how it is written. What a schema cannot say is checked in `check-parameters.ts`,
 * `check-steps.ts` and the compiler.
 */
export const WORKFLOW_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'AWS MCP workflow',
  type: 'object',
  required: ['name', 'version', 'description', 'author', 'steps', 'security'],
  additionalProperties: false,
  definitions: { value: ANY_VALUE },
  properties: {
    name: {
      type: 'string',
      pattern: '^[a-z][a-z0-9_-]{0,63}$',
      description: 'Unique in the registry. The state machine is called wf-<name>.',
      'x-form': 'lower-case letters, digits, hyphens and underscores, a letter first, at most 64 characters',
      'x-example': 'name: rds_backup_simple',
    },
    version: {
      type: 'string',
      pattern: '^(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){1,2}$',
      description: 'Two or three numbers with dots, in quotes.',
      'x-form': 'two or three numbers with dots, in quotes, such as "1.0" or "1.2.3"',
      'x-example': 'version: "1.0"',
    },
    description: {
      ...TEXT(1024),
      description: 'What the workflow does.',
      'x-example': 'description: "Back up a database"',
    },
    author: { ...TEXT(128), description: 'Who wrote it.', 'x-example': 'author: "database-team"' },
    tags: {
      type: 'array',
      description: 'Words to find it by.',
      maxItems: 32,
      items: TEXT(64),
      'x-form': 'a list of words, such as [rds, backup]',
    },
    use_cases: {
      type: 'array',
      description: 'How a person would ask for it.',
      maxItems: 32,
      items: TEXT(256),
      'x-form': 'a list of sentences',
    },
    parameters: {
      type: 'array',
      description: 'What a run takes.',
      maxItems: LIMITS.parameters,
      items: PARAMETER,
      'x-form': 'a list of parameters, each starting with "- name:"',
    },
    steps: {
      type: 'array',
      description: 'What it does. Steps run as soon as the steps they depend on are done.',
      minItems: 1,
      maxItems: LIMITS.steps,
      items: COMMAND_STEP,
      'x-form': 'a list of steps, each starting with "- id:"',
      'x-example':
        'steps:\n  - id: find_instance\n    type: command\n    intent: "describe the RDS instance"\n    context:\n      service: rds',
    },
    security: SECURITY,
  },
} as const;
