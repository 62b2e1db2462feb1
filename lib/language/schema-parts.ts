/** Step ids, parameter names and output names are variables in expressions. */
export const IDENTIFIER = {
  type: 'string',
  pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
  'x-form': 'a name of letters, digits and underscores that starts with a letter, at most 64 characters',
} as const;

/** A text that is not empty. */
export const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '\\S' }) as const;

/** Anything but null: `key:` with nothing behind it is a mistake, not a value. */
export const ANY_VALUE = {
  type: ['string', 'number', 'boolean', 'array', 'object'],
  items: { $ref: '#/definitions/value' },
  additionalProperties: { $ref: '#/definitions/value' },
  'x-form': 'a text, a number, true, false, a list or a mapping',
} as const;

export const WORKFLOW_NAME = {
  type: 'string',
  pattern: '^[a-z][a-z0-9_-]{0,63}$',
  'x-form': 'lower-case letters, digits, hyphens and underscores, a letter first, at most 64 characters',
} as const;

export const VERSION = {
  type: 'string',
  pattern: '^(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){1,2}$',
  'x-form': 'two or three numbers with dots, in quotes, such as "1.0" or "1.2.3"',
} as const;

/** `service:Name`, as operations, waiters and IAM actions are written. */
export const SERVICE_AND_NAME = { type: 'string', pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$' } as const;

/** One `${…}` and nothing else; `check-expressions.ts` sees to that. */
export const EXPRESSION = {
  type: 'string',
  minLength: 1,
  maxLength: 8192,
  'x-form': 'one expression in ${…}',
  'x-expression': true,
} as const;

/** Texts with expressions in them, by name. */
export const OUTPUTS = {
  type: 'object',
  maxProperties: 50,
  additionalProperties: { type: 'string', maxLength: 8192, 'x-form': 'a text, most often one expression in ${…}' },
  'x-form': 'a mapping of at most 50 names to texts',
} as const;

/** A whole number in a range. */
export const wholeNumber = (minimum: number, maximum: number, unit = '') =>
  ({
    type: 'integer',
    minimum,
    maximum,
    'x-form': `a whole number${unit === '' ? '' : ` of ${unit}`} from ${minimum} to ${maximum}`,
  }) as const;
