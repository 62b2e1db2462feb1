import { SERVICE_AND_NAME, text } from './schema-parts.ts';

/** The keys that say an AWS call: in words, or pinned. `check-calls.ts` sees that it is one of the two. */
export const CALL_FIELDS = {
  intent: {
    ...text(300),
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
    ...SERVICE_AND_NAME,
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
    items: { ...SERVICE_AND_NAME, 'x-form': 'one IAM action, such as rds:CreateDBSnapshot' },
    'x-form': 'a list of IAM actions, such as ["rds:DescribeDBInstances"]',
    'x-example': 'iam_actions: ["rds:DescribeDBInstances"]',
  },
} as const;

/** The inverse of a command step. */
export const UNDO = {
  type: 'object',
  description: 'The call that takes the step back, made when the run fails later. ${result} is what the step gave.',
  additionalProperties: false,
  'x-part': 'an undo',
  'x-form': 'a call: intent and context, or action and parameters',
  'x-example':
    'undo:\n  action: rds:DeleteDBSnapshot\n  parameters:\n    DBSnapshotIdentifier: "${result.DBSnapshot.DBSnapshotIdentifier}"',
  properties: CALL_FIELDS,
} as const;
