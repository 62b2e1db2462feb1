import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type * as z from 'zod';

type Standard = StandardSchemaWithJSON['~standard'];

/**
 * A schema as the SDK publishes it. The SDK makes a server for each request and asks each time for the JSON Schema
 * of every tool: here it is made once, and frozen, as all requests share it.
 */
export function publishedSchema(schema: z.ZodObject, change: Partial<Standard> = {}): StandardSchemaWithJSON {
  const standard = (schema as unknown as StandardSchemaWithJSON)['~standard'];
  const { input, output } = standard.jsonSchema;
  return { '~standard': { ...standard, ...change, jsonSchema: { input: once(input), output: once(output) } } };
}

function once(make: Standard['jsonSchema']['input']): Standard['jsonSchema']['input'] {
  const made = new Map<string, Record<string, unknown>>();
  return (options) => {
    const known = made.get(options.target) ?? frozen(make(options));
    made.set(options.target, known);
    return known;
  };
}

function frozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) frozen(member);
  return Object.freeze(value);
}
