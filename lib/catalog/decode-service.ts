import type {
  CatalogService,
  ErrorShape,
  Member,
  Operation,
  ScalarType,
  Shape,
  StringConstraint,
  Structure,
} from './catalog.ts';
import type { MemberData, OperationData, ServiceData, ServiceEntry, ShapeText } from './service-data.ts';

/**
 * A service as the catalog offers it, over the data of its file. Operations and structures are decoded when first
 * asked for: a workflow uses a few of hundreds.
 */
export function decodeService(entry: ServiceEntry, data: ServiceData): CatalogService {
  const structure = memoized((name: string): Structure | undefined => {
    const found = own(data.structures, name);
    if (found === undefined) return undefined;
    const members = found.members.map((member) => decodeMember(data, member));
    return found.union === true ? { name, members, union: true } : { name, members };
  });
  const operation = memoized((name: string): Operation | undefined => {
    const found = own(data.operations, name);
    return found === undefined ? undefined : decodeOperation(entry, name, found, structure);
  });
  return {
    name: entry.name,
    serviceId: entry.serviceId,
    cliName: entry.cliName,
    iamPrefix: entry.iamPrefix,
    operations: Object.keys(data.operations),
    waiters: data.waiters,
    operation,
    structure,
    error: (nameOrCode) => decodeError(data, nameOrCode),
  };
}

function decodeOperation(
  entry: ServiceEntry,
  name: string,
  data: OperationData,
  structure: (name: string) => Structure | undefined,
): Operation {
  const [input, output] = [structure(data.in), structure(data.out)];
  if (input === undefined || output === undefined) {
    throw new Error(`catalog data of ${entry.name}: ${name} refers to a structure that is not there`);
  }
  return {
    name,
    documentation: data.doc,
    input,
    output,
    errors: data.errors ?? [],
    iamActions: data.iam ?? [],
    ...(data.deprecated === true ? { deprecated: true } : {}),
    ...(data.unsupported === undefined ? {} : { unsupportedByStepFunctions: data.unsupported }),
  };
}

function decodeMember(data: ServiceData, [name, shape, flags, documentation, constraintName]: MemberData): Member {
  const constraint: StringConstraint | undefined =
    constraintName === undefined ? undefined : own(data.constraints, constraintName);
  return {
    name,
    shape: decodeShape(data, shape),
    required: flags.includes('r'),
    documentation,
    ...(flags.includes('d') ? { deprecated: true } : {}),
    ...(flags.includes('s') ? { sensitive: true } : {}),
    ...(flags.includes('t') ? { idempotencyToken: true } : {}),
    ...(constraint === undefined ? {} : { constraint }),
  };
}

function decodeShape(data: ServiceData, text: ShapeText): Shape {
  const rest = text.slice(1);
  switch (text[0]) {
    case '[':
      return { kind: 'list', item: decodeShape(data, rest) };
    case '{':
      return { kind: 'map', value: decodeShape(data, rest) };
    case '@':
      return { kind: 'structure', name: rest };
    case '#':
      return { kind: 'scalar', type: 'string', enum: own(data.enums, rest) ?? [] };
    default:
      return { kind: 'scalar', type: text as ScalarType };
  }
}

function decodeError(data: ServiceData, nameOrCode: string): ErrorShape | undefined {
  const name =
    own(data.errors, nameOrCode) === undefined
      ? Object.keys(data.errors).find((candidate) => data.errors[candidate]?.[1] === nameOrCode)
      : nameOrCode;
  const found = name === undefined ? undefined : own(data.errors, name);
  if (name === undefined || found === undefined) return undefined;
  return { name, code: found[1] ?? name, httpStatus: found[0] };
}

/** Names come from workflow authors: `constructor` must not find what every object has. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** Remembers each answer, so that the same name always gives the same object. */
function memoized<T>(decode: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const decoded = decode(name);
    known.set(name, decoded);
    return decoded;
  };
}
