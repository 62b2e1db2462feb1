import { LIMITS } from './limits.ts';
import { PARAMETER } from './parameter-schema.ts';
import { ANY_VALUE, OUTPUTS, SERVICE_AND_NAME, text, VERSION, WORKFLOW_NAME } from './schema-parts.ts';
import { STEP } from './step-schemas.ts';

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
      items: { ...SERVICE_AND_NAME, 'x-form': 'one IAM action, such as rds:CreateDBSnapshot' },
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
 * The form of a workflow file, as JSON Schema draft-07, for the parser and, by `editor-schema.ts`, for editors.
 * `x-form` says in words what a value has to be, `x-example` how it is written, `x-part` what a mapping is called,
 * `x-expression` that a text is one `${…}`. What a schema cannot say is checked in `check-parameters.ts`,
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
      ...WORKFLOW_NAME,
      description: 'Unique in the registry. The state machine is called wf-<name>.',
      'x-example': 'name: rds_backup_simple',
    },
    version: {
      ...VERSION,
      description: 'Two or three numbers with dots, in quotes.',
      'x-example': 'version: "1.0"',
    },
    description: {
      ...text(1024),
      description: 'What the workflow does.',
      'x-example': 'description: "Back up a database"',
    },
    author: { ...text(128), description: 'Who wrote it.', 'x-example': 'author: "database-team"' },
    tags: {
      type: 'array',
      description: 'Words to find it by.',
      maxItems: 32,
      items: text(64),
      'x-form': 'a list of words, such as [rds, backup]',
    },
    use_cases: {
      type: 'array',
      description: 'How a person would ask for it.',
      maxItems: 32,
      items: text(256),
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
      items: STEP,
      'x-form': 'a list of steps, each starting with "- id:"',
      'x-example':
        'steps:\n  - id: find_instance\n    type: command\n    intent: "describe the RDS instance"\n    context:\n      service: rds',
    },
    outputs: {
      ...OUTPUTS,
      description: 'What a run returns, by name.',
      'x-example': 'outputs:\n  snapshot_arn: "${steps.create_snapshot.DBSnapshot.DBSnapshotArn}"',
    },
    security: SECURITY,
  },
} as const;
