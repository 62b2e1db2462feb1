import { parse } from 'yaml';
import { WORKFLOW_SCHEMA } from './workflow-schema.ts';

/** The name of the schema, whatever place it is read from. */
export const EDITOR_SCHEMA_ID = 'urn:aws-mcp-workflows:workflow:1';

/** One `${…}` with nothing before and behind it; what stands inside is for `workflow check` to say. */
const ONE_EXPRESSION = '^\\$\\{[\\s\\S]*\\}$';

/**
 * The form of a workflow file as plain JSON Schema draft-07, for editors (`# yaml-language-server: $schema=…`): what
 * the parser checks by, with our own keywords put into `description`, `examples` and `pattern`.
 */
export function editorSchema(): object {
  const { $schema, ...rest } = WORKFLOW_SCHEMA;
  const plain = plainSchema(rest) as Readonly<Record<string, unknown>>;
  return {
    $schema,
    $id: EDITOR_SCHEMA_ID,
    ...plain,
    description: 'A workflow of AWS operations. Expressions stand in ${…}.',
  };
}

/** @param name The key that the value with this schema has, where it is a field. */
function plainSchema(schema: unknown, name?: string): unknown {
  if (Array.isArray(schema)) return schema.map((part) => plainSchema(part));
  if (typeof schema !== 'object' || schema === null) return schema;
  const plain: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith('x-')) continue;
    plain[keyword] = keyword === 'properties' || keyword === 'definitions' ? plainFields(value) : plainSchema(value);
  }
  const { 'x-form': form, 'x-example': example, 'x-expression': isExpression } = schema as Record<string, unknown>;
  if (typeof form === 'string') {
    plain.description = plain.description === undefined ? inSentence(form) : `${plain.description} ${inSentence(form)}`;
  }
  if (typeof example === 'string') plain.examples = [valueOfExample(example, name)];
  if (isExpression === true) plain.pattern = ONE_EXPRESSION;
  return plain;
}

function plainFields(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, plainSchema(field, name)]));
}

function inSentence(form: string): string {
  return `It is ${form}.`;
}

/** Examples are written as a field with its key, or as an entry with its dash. */
function valueOfExample(example: string, name: string | undefined): unknown {
  const value: unknown = parse(example);
  if (Array.isArray(value)) return value[0];
  return name === undefined ? value : (value as Readonly<Record<string, unknown>>)[name];
}
