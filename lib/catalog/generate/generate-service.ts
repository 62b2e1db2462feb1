import type { StringConstraint, Waiter } from '../catalog.ts';
import type { IamData, MemberData, OperationData, ServiceData, ServiceEntry, StructureData } from '../service-data.ts';
import { constrainMembers } from './constrain-members.ts';
import { checkOverrides, iamActionsOf } from './map-iam-actions.ts';
import { toParagraphs, trimText } from './plain-text.ts';
import { type DeclaredOperation, readDeclarations } from './read-declarations.ts';
import { readSchemas, type SchemaOperation } from './read-schemas.ts';
import { unsupportedReason } from './step-functions-support.ts';

const OPERATION_DOCUMENTATION_LIMIT = 400;

export interface ServiceSources {
  readonly entry: ServiceEntry;
  /** The `@aws-sdk/client-*` package: where it is, and what it exports. */
  readonly packageDirectory: string;
  readonly module: Readonly<Record<string, unknown>>;
  readonly iam: IamData;
  readonly waiters: readonly Waiter[];
}

/** Everything that `data/<service>.json` holds. */
export function generateService({ entry, packageDirectory, module, iam, waiters }: ServiceSources): ServiceData {
  const declarations = readDeclarations(packageDirectory);
  const schemas = readSchemas(module, declarations);
  checkOverrides(
    entry.name,
    schemas.operations.map(({ name }) => name),
  );
  const operations = schemas.operations.map((operation): [string, OperationData] => {
    const declared = declarations.operations.get(operation.name);
    if (declared === undefined) throw new Error(`${entry.name}:${operation.name} has no declaration`);
    const errors = declared.errors.filter((error) => schemas.errors.has(error)).sort();
    return [operation.name, operationData(entry, operation, declared, errors, iam)];
  });
  const constraints = constrainMembers(schemas, declarations.examples);
  const inputs = reachableFrom(
    schemas.operations.map(({ input }) => input),
    schemas.structures,
  );
  const structures = [...schemas.structures].map(([name, structure]): [string, StructureData] => [
    name,
    {
      ...structure,
      members: structure.members.map((member) =>
        inputs.has(name)
          ? withConstraint(member, constraints.byMember.get(`${name}.${member[0]}`))
          : withoutDocumentation(member),
      ),
    },
  ]);
  return {
    enums: sortedRecord([...declarations.enums].filter(([name]) => schemas.usedEnums.has(name))),
    constraints: sortedRecord<StringConstraint>([...constraints.named]),
    errors: sortedRecord([...schemas.errors]),
    operations: sortedRecord(operations),
    structures: sortedRecord(structures),
    waiters,
  };
}

function operationData(
  entry: ServiceEntry,
  operation: SchemaOperation,
  declared: DeclaredOperation,
  errors: readonly string[],
  iam: IamData,
): OperationData {
  const actions = iamActionsOf(iam, entry, operation);
  const unsupported = unsupportedReason(entry.serviceId, operation);
  return {
    doc: trimText(toParagraphs(declared.documentation), OPERATION_DOCUMENTATION_LIMIT),
    in: operation.input,
    out: operation.output,
    ...(errors.length === 0 ? {} : { errors }),
    ...(actions.length === 0 ? {} : { iam: actions }),
    ...(declared.deprecated ? { deprecated: true } : {}),
    ...(unsupported === undefined ? {} : { unsupported }),
  };
}

/** The structures that some of `roots` holds, at whatever depth, and the roots themselves. */
function reachableFrom(roots: readonly string[], structures: ReadonlyMap<string, StructureData>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, shape] of structures.get(name)?.members ?? []) {
      const at = shape.indexOf('@');
      if (at >= 0) visit(shape.slice(at + 1));
    }
  };
  roots.forEach(visit);
  return found;
}

/** Members of results are named and typed in workflows, never explained: their documentation would be half of the data. */
const withoutDocumentation = ([name, shape, flags]: MemberData): MemberData => [name, shape, flags, ''];

const withConstraint = ([name, shape, flags, doc]: MemberData, constraint: string | undefined): MemberData =>
  constraint === undefined ? [name, shape, flags, doc] : [name, shape, flags, doc, constraint];

/** Keys in code-unit order, which no locale changes. */
const sortedRecord = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
