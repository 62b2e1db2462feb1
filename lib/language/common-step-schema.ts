import { LIMITS } from './limits.ts';
import { EXPRESSION, IDENTIFIER, OUTPUTS, wholeNumber } from './schema-parts.ts';

const DAY = 86_400;

const RETRY = {
  type: 'object',
  description: 'After which errors to try again, and how often.',
  required: ['errors'],
  additionalProperties: false,
  'x-part': 'a retry',
  'x-form': 'a mapping that names the errors',
  'x-example': 'retry:\n  errors: [throttling]\n  max_attempts: 5',
  properties: {
    errors: {
      type: 'array',
      description: 'Error names as the API documents them, or throttling, timeout or any.',
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      'x-form': 'a list of 1 to 20 different error names, such as [throttling, SnapshotQuotaExceeded]',
      'x-example': 'errors: [throttling]',
      items: {
        type: 'string',
        // States.Timeout and its like are Step Functions' spelling, not the API's.
        pattern: '^(?!States\\.)[A-Za-z][A-Za-z0-9_.-]{0,127}$',
        'x-form':
          'the name of an error as the API documents it, such as SnapshotQuotaExceeded, or throttling, timeout or any',
      },
    },
    max_attempts: {
      ...wholeNumber(0, 20),
      description: 'How often to try again after the first time; 3 where it is left out.',
      'x-example': 'max_attempts: 5',
    },
    interval: {
      ...wholeNumber(1, 3600, 'seconds'),
      description: 'Seconds before the first retry; 2 where it is left out.',
      'x-example': 'interval: 5',
    },
    backoff_rate: {
      type: 'number',
      minimum: 1,
      maximum: 10,
      description: 'What the interval is multiplied by each time; 2 where it is left out.',
      'x-form': 'a number from 1 to 10',
      'x-example': 'backoff_rate: 2',
    },
    max_interval: {
      ...wholeNumber(1, DAY, 'seconds'),
      description: 'The most seconds between two tries.',
      'x-example': 'max_interval: 60',
    },
    jitter: {
      type: 'boolean',
      description:
        'Waits a random part of the interval, so that many runs do not come back at once; true where it is left out.',
      'x-example': 'jitter: true',
    },
  },
} as const;

/** `id` and `type`, which a step of any type has. */
export const STEP_HEAD = {
  id: {
    ...IDENTIFIER,
    description: 'Unique in the workflow; read as ${steps.<id>}.',
    'x-example': 'id: create_snapshot',
  },
  type: {
    enum: ['command', 'wait_for', 'sleep', 'approval', 'assert', 'workflow'],
    description:
      'command: one AWS call. wait_for: looks until a state holds. sleep: a pause. approval: a person decides. assert: stops unless something is true. workflow: another workflow.',
    'x-example': 'type: command',
  },
} as const;

/** What a step of any type can say besides what it does. */
export const COMMON_FIELDS = {
  depends_on: {
    type: 'array',
    description: 'Steps that have to be done first. Reading a step with ${steps.<id>} says so already.',
    maxItems: LIMITS.steps,
    items: IDENTIFIER,
    'x-form': 'a list of step ids, such as [find_instance]',
    'x-example': 'depends_on: [find_instance]',
  },
  when: {
    ...EXPRESSION,
    description: 'The step is skipped unless this is true.',
    'x-example': 'when: "${params.backup}"',
  },
  for_each: {
    ...EXPRESSION,
    description: 'A list: the step runs once for each entry, which ${item} is. The result is the list of results.',
    'x-example': 'for_each: "${steps.find_volumes.Volumes}"',
  },
  max_concurrency: {
    ...wholeNumber(1, 40),
    description: 'How many entries of for_each at once; one after the other where it is left out.',
    'x-example': 'max_concurrency: 5',
  },
  retry: RETRY,
  timeout: {
    ...wholeNumber(1, 7 * DAY, 'seconds'),
    description: 'Seconds for one attempt, of a wait for one look; of an approval, until it counts as refused.',
    'x-example': 'timeout: 300',
  },
  on_error: {
    enum: ['fail', 'continue', 'rollback'],
    description:
      'rollback, the default: undo what the run has done, then fail. fail: leave it and fail. continue: go on without a result.',
    'x-example': 'on_error: continue',
  },
  output: {
    ...OUTPUTS,
    description: 'What to keep of the result, by name, read from ${result}; all of it where it is left out.',
    'x-example': 'output:\n  arn: "${result.DBSnapshot.DBSnapshotArn}"',
  },
} as const;
