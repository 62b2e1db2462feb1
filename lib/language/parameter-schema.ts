import { IDENTIFIER, text } from './schema-parts.ts';

/** One entry of `parameters`. `check-parameters.ts` checks how its rules fit its type and one another. */
export const PARAMETER = {
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
    description: { ...text(1024), description: 'What it means, for people.' },
    enum: {
      type: 'array',
      description: 'The only values allowed, in a list for each entry; for string, integer, number and string_list.',
      minItems: 1,
      maxItems: 100,
      items: { type: ['string', 'number'], maxLength: 1024 },
    },
    pattern: {
      type: 'string',
      minLength: 1,
      description:
        'A regular expression that the whole value, in a list each entry, must match; for string and string_list.',
    },
    min: { type: 'number', description: 'The smallest value; for integer and number.' },
    max: { type: 'number', description: 'The greatest value; for integer and number.' },
    min_length: {
      type: 'integer',
      minimum: 0,
      description: 'The fewest characters of a string, or entries of a string_list.',
    },
    max_length: {
      type: 'integer',
      minimum: 0,
      description: 'The most characters of a string, or entries of a string_list.',
    },
  },
} as const;
