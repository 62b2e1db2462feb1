import type { ErrorData, ShapeText, StructureData } from '../service-data.ts';
import { toParagraphs, trimText } from './plain-text.ts';
import type { Declarations } from './read-declarations.ts';

/** A Smithy schema as the SDK's clients export it (`@smithy/types`, schema/static-schemas.d.ts): a number or a tuple. */
export type Schema = unknown;

export interface SchemaMember {
  readonly name: string;
  /** AWS's whole documentation, as paragraphs: constraints are read from this, before trimming. */
  readonly paragraphs: readonly string[];
}

export interface SchemaOperation {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly inputIsEventStream: boolean;
  readonly outputIsEventStream: boolean;
  readonly outputIsStreamingBlob: boolean;
  /** GET, PUT…; absent where the protocol has one method for all. */
  readonly httpMethod?: string;
}

export interface ServiceSchemas {
  readonly operations: readonly SchemaOperation[];
  readonly structures: ReadonlyMap<string, StructureData>;
  /** Structure → its members' full documentation, in the order of the structure's members. */
  readonly documentation: ReadonlyMap<string, readonly SchemaMember[]>;
  readonly errors: ReadonlyMap<string, ErrorData>;
  /** The enums that a structure refers to. */
  readonly usedEnums: ReadonlySet<string>;
}

const STRUCTURE = 3;
const UNION = 4;
const LIST = 1;
const MAP = 2;
const OPERATION = 9;
const ERROR = -3;
const STREAMING_BLOB = 42;
const MEMBER_DOCUMENTATION_LIMIT = 200;
/** What an operation without input or output has. */
const UNIT = 'Unit';

/** Reads all operations that a client's module exports, and every structure that they reach. */
export function readSchemas(module: Readonly<Record<string, unknown>>, declarations: Declarations): ServiceSchemas {
  const walk: Walk = {
    declarations,
    structures: new Map([[UNIT, { members: [] }]]),
    documentation: new Map(),
    usedEnums: new Set(),
    numberTypes: new Map([...declarations.operations.values()].flatMap((operation) => [...operation.numberTypes])),
  };
  const operations: SchemaOperation[] = [];
  const errors = new Map<string, ErrorData>();
  const exported = Object.entries(module).filter(([name]) => name.endsWith('$'));
  for (const [, schema] of exported.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!Array.isArray(schema)) continue;
    if (schema[0] === OPERATION) operations.push(readOperation(walk, schema));
    if (schema[0] === ERROR && !isSynthetic(schema)) errors.set(String(schema[2]), readError(schema));
  }
  const { structures, documentation, usedEnums } = walk;
  return { operations, structures, documentation, errors, usedEnums };
}

interface Walk {
  readonly declarations: Declarations;
  readonly structures: Map<string, StructureData>;
  readonly documentation: Map<string, SchemaMember[]>;
  readonly usedEnums: Set<string>;
  readonly numberTypes: ReadonlyMap<string, string>;
}

/** Follows a reference to the schema that it means; references are functions because shapes can be recursive. */
function dereference(reference: unknown): Schema {
  return typeof reference === 'function' ? dereference(reference()) : reference;
}

function readOperation(walk: Walk, schema: readonly unknown[]): SchemaOperation {
  const [input, output] = [dereference(schema[4]), dereference(schema[5])];
  const isEventStream = (message: Schema): boolean => memberSchemas(message).some(isStreamingUnion);
  const http = traitOf(schema[3], 'http');
  return {
    name: String(schema[2]),
    input: readStructure(walk, input),
    output: readStructure(walk, output),
    inputIsEventStream: isEventStream(input),
    outputIsEventStream: isEventStream(output),
    outputIsStreamingBlob: memberSchemas(output).some((member) => simple(member) === STREAMING_BLOB),
    ...(Array.isArray(http) ? { httpMethod: String(http[0]) } : {}),
  };
}

/** The client's own base class for errors, which no service returns. */
const isSynthetic = (schema: readonly unknown[]): boolean => String(schema[1]).startsWith('smithy.ts.sdk.synthetic');

function readError(schema: readonly unknown[]): ErrorData {
  const name = String(schema[2]);
  const query = traitOf(schema[3], 'awsQueryError');
  const [code, status] = Array.isArray(query) ? [String(query[0]), Number(query[1])] : [name, undefined];
  const httpStatus =
    status ?? Number(traitOf(schema[3], 'httpError') ?? (traitOf(schema[3], 'error') === 'server' ? 500 : 400));
  return code === name ? [httpStatus] : [httpStatus, code];
}

const memberSchemas = (structure: Schema): Schema[] =>
  Array.isArray(structure) && Array.isArray(structure[5])
    ? structure[5].map((member: unknown) => dereference(splitMember(member).reference))
    : [];

const isStreamingUnion = (schema: Schema): boolean =>
  Array.isArray(schema) && schema[0] === UNION && traitOf(schema[3], 'streaming') !== undefined;

/** A member is a reference or `[reference, traits]`; a list such as `[0, ns, …]` is a schema and longer. */
function splitMember(member: unknown): { reference: unknown; traits: unknown } {
  return Array.isArray(member) && member.length === 2
    ? { reference: member[0], traits: member[1] }
    : { reference: member, traits: 0 };
}

/** Traits are a bit mask of the commonest ones or an object; bits as `translateTraits` of @smithy/core numbers them. */
const TRAIT_BITS: Readonly<Record<string, number>> = { idempotencyToken: 4, sensitive: 8 };

function traitOf(traits: unknown, name: string): unknown {
  if (typeof traits === 'number') return (traits & (TRAIT_BITS[name] ?? 0)) !== 0 ? 1 : undefined;
  return typeof traits === 'object' && traits !== null ? (traits as Record<string, unknown>)[name] : undefined;
}

/** The sentinel number behind named simple shapes `[0, namespace, name, traits, sentinel]`. */
function simple(schema: Schema): unknown {
  return Array.isArray(schema) && schema[0] === 0 ? dereference(schema[4]) : schema;
}

function readStructure(walk: Walk, schema: Schema): string {
  if (!Array.isArray(schema)) return UNIT;
  // Errors are structures as well: event streams carry them as members.
  if (![STRUCTURE, UNION, ERROR].includes(Number(schema[0])))
    throw new Error(`not a structure: ${JSON.stringify(schema)}`);
  const name = String(schema[2]);
  if (walk.structures.has(name)) return name;
  // Entered before its members are read, because a structure can contain itself.
  walk.structures.set(name, { members: [] });
  const names = schema[4] as readonly string[];
  const requiredCount = typeof schema[6] === 'number' ? schema[6] : 0;
  const docs: SchemaMember[] = [];
  const members = names.map((member, index): StructureData['members'][number] => {
    const { reference, traits } = splitMember((schema[5] as readonly unknown[])[index]);
    const target = dereference(reference);
    const declared = walk.declarations.members.get(name)?.get(member);
    const paragraphs = toParagraphs(declared?.documentation ?? '');
    docs.push({ name: member, paragraphs });
    const has = (trait: string): boolean =>
      traitOf(traits, trait) !== undefined || (Array.isArray(target) && traitOf(target[3], trait) !== undefined);
    const flags = [
      index < requiredCount ? 'r' : '',
      declared?.deprecated === true ? 'd' : '',
      has('sensitive') ? 's' : '',
      has('idempotencyToken') ? 't' : '',
    ].join('');
    const shape = shapeText(walk, target, `${name}.${member}`, declared?.leafType);
    return [member, shape, flags, trimText(paragraphs, MEMBER_DOCUMENTATION_LIMIT)];
  });
  walk.structures.set(name, schema[0] === UNION ? { members, union: true } : { members });
  walk.documentation.set(name, docs);
  return name;
}

function shapeText(walk: Walk, schema: Schema, path: string, leafType: string | undefined): ShapeText {
  const inner = (reference: unknown): ShapeText =>
    shapeText(walk, dereference(splitMember(reference).reference), path, leafType);
  if (typeof schema === 'number') {
    if ((schema & 64) !== 0) return `[${scalarText(walk, schema & ~64, path, leafType)}`;
    if ((schema & 128) !== 0) return `{${scalarText(walk, schema & ~128, path, leafType)}`;
    return scalarText(walk, schema, path, leafType);
  }
  if (!Array.isArray(schema)) throw new Error(`unknown schema at ${path}: ${String(schema)}`);
  if (schema[0] === LIST) return `[${inner(schema[4])}`;
  if (schema[0] === MAP) return `{${inner(schema[5])}`;
  if (schema[0] === 0) return inner(schema[4]);
  return `@${readStructure(walk, schema)}`;
}

/** Sentinels of `@smithy/types`: 0 string, 1 numeric, 2 boolean, 4–7 timestamp, 15 document, 17 and 19 big numbers, 21 and 42 blob. */
function scalarText(walk: Walk, sentinel: number, path: string, leafType: string | undefined): ShapeText {
  if (sentinel === 0) {
    if (leafType === undefined || !walk.declarations.enums.has(leafType)) return 'string';
    walk.usedEnums.add(leafType);
    return `#${leafType}`;
  }
  if (sentinel === 1) return ['float', 'double'].includes(walk.numberTypes.get(path) ?? '') ? 'number' : 'integer';
  if (sentinel === 2) return 'boolean';
  if (sentinel >= 4 && sentinel <= 7) return 'timestamp';
  if (sentinel === 15) return 'document';
  if (sentinel === 17) return 'integer';
  if (sentinel === 19) return 'number';
  if (sentinel === 21 || sentinel === STREAMING_BLOB) return 'blob';
  throw new Error(`unknown schema number ${sentinel} at ${path}`);
}
