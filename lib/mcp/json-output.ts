import * as z from 'zod';

/**
 * What a workflow returns: any JSON. One schema for each type, as not every client takes a list of types; Zod makes
 * such a list of schemas that say nothing but their type, so the object says more.
 */
export const jsonOutput = z.unknown().meta({
  anyOf: [
    { type: 'object', additionalProperties: true },
    { type: 'array' },
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'null' },
  ],
});
