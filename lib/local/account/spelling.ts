import type { CatalogService, Shape, Structure } from '../../catalog/catalog.ts';
import { toStateMachineMember } from '../../catalog/step-functions-names.ts';

/**
 * Reads the arguments of a task as Step Functions does: keyed by its own spelling, checked against the input's
 * structure at every depth. Gives them under AWS's names, and what is wrong in the words of Step Functions.
 */
export function readArguments(
  service: CatalogService,
  input: Structure,
  given: unknown,
): { readonly input: Readonly<Record<string, unknown>>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const value = readStructure(service, input, given, 'Arguments', problems);
  return { input: isRecord(value) ? value : {}, problems };
}

function readStructure(
  service: CatalogService,
  structure: Structure,
  given: unknown,
  field: string,
  problems: string[],
): unknown {
  if (!isRecord(given)) {
    problems.push(invalid(field));
    return undefined;
  }
  const members = membersOf(structure);
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const member = members.get(name);
    if (member === undefined) problems.push(`The field "${name}" is not supported by Step Functions`);
    else if (value !== null) read[member.name] = readValue(service, member.shape, value, name, problems);
  }
  for (const [name, member] of members) {
    if (member.required && (given[name] ?? null) === null)
      problems.push(`The field "${name}" is required but was missing`);
  }
  return read;
}

function readValue(service: CatalogService, shape: Shape, value: unknown, field: string, problems: string[]): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(service, structureOf(service, shape.name), value, field, problems);
    case 'list':
      if (Array.isArray(value)) return value.map((item) => readValue(service, shape.item, item, field, problems));
      break;
    case 'map':
      if (isRecord(value)) {
        const entries = Object.entries(value).map(([key, item]) => [
          key,
          readValue(service, shape.value, item, field, problems),
        ]);
        return Object.fromEntries(entries);
      }
      break;
    case 'scalar':
      if (isScalar(shape.type, value)) return value;
  }
  problems.push(invalid(field));
  return undefined;
}

function isScalar(type: Extract<Shape, { kind: 'scalar' }>['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'timestamp':
      return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
    // A blob takes text or JSON, which is sent as JSON text.
    case 'blob':
    case 'document':
      return true;
  }
}

/**
 * A result in the spelling of Step Functions, with the members of the output's structure in their order. Throws for a
 * member that the structure does not have: a service's behaviour must not make one up.
 */
export function writeResult(
  service: CatalogService,
  structure: Structure,
  result: Readonly<Record<string, unknown>>,
): unknown {
  const written: Record<string, unknown> = {};
  let count = 0;
  for (const [spelt, { name, shape }] of membersOf(structure)) {
    const value = result[name];
    if (Object.hasOwn(result, name)) count += 1;
    if (value !== undefined) written[spelt] = writeValue(service, shape, value);
  }
  const names = Object.keys(result);
  if (names.length === count) return written;
  const unknown = names.find((name) => !structure.members.some((member) => member.name === name));
  throw new Error(`${structure.name} has no member ${unknown}`);
}

type Members = ReadonlyMap<string, Structure['members'][number]>;

/** Members by the spelling of Step Functions, worked out once for each structure. */
const members = new WeakMap<Structure, Members>();

function membersOf(structure: Structure): Members {
  const known = members.get(structure);
  if (known !== undefined) return known;
  const spelt = new Map(structure.members.map((member) => [toStateMachineMember(member.name), member]));
  members.set(structure, spelt);
  return spelt;
}

function writeValue(service: CatalogService, shape: Shape, value: unknown): unknown {
  if (shape.kind === 'structure')
    return writeResult(service, structureOf(service, shape.name), value as Readonly<Record<string, unknown>>);
  if (shape.kind === 'list') return (value as readonly unknown[]).map((item) => writeValue(service, shape.item, item));
  if (shape.kind === 'map') {
    return Object.fromEntries(
      Object.entries(value as object).map(([key, item]) => [key, writeValue(service, shape.value, item)]),
    );
  }
  return value;
}

function structureOf(service: CatalogService, name: string): Structure {
  const structure = service.structure(name);
  if (structure === undefined) throw new Error(`The catalog of ${service.name} lacks the structure ${name}`);
  return structure;
}

const invalid = (field: string): string => `The value of the field '${field}' has an invalid format`;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
